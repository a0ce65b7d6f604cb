"""The same command gives the same bytes: twice, on one thread or several, in another locale, time zone, folder, home,
as another user, alone or beside other outputs. The table of docs/trust.md is printed from the one here."""
import os
import tempfile

import support

DOCUMENT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "docs", "trust.md")
OWN = ("convreel itself", "the same bytes, given the same fonts")
LOSSLESS = "the same pictures once decoded"
ALIKE = "pictures alike, not equal: the encoder chooses"

# Who decides a format's bytes, and what stays when a library's version is another one. On one machine every format
# gives the same bytes, which is what is tested below.
TABLE = {
    "gif": OWN,
    "svg": OWN,
    "html": OWN,
    "json": OWN,
    "txt": OWN,
    "vtt": OWN,
    "png": ("zlib", LOSSLESS),
    "apng": ("zlib", LOSSLESS),
    "webp": ("libwebp", LOSSLESS),
    "pdf": ("Cairo and zlib", "the same pages once drawn"),
    "jpg": ("libjpeg", ALIKE),
    "mp4": ("x264, FFmpeg", ALIKE),
    "webm": ("libvpx or SVT-AV1, FFmpeg", ALIKE),
    "pptx": ("libzip, zlib and, for the video in it, x264", "the same slides; the video as in `.mp4`"),
}


def table():
    """As it stands in docs/trust.md."""
    lines = ["| format | bytes are decided by | with other versions of those |", "|---|---|---|"]
    return "\n".join(lines + ["| `.%s` | %s | %s |" % (name, *row) for name, row in TABLE.items()]) + "\n"


# What a format's options have made by other code: another coder, scripts in the vector, every frame as a page.
BESIDES = ("b.webm:codec=av1", "b.svg:animated", "b.pdf:pages=frames")


class Same(support.Case):
    OUTPUTS = tuple("a." + name for name in TABLE) + tuple(output.split(":")[0] for output in BESIDES)
    WRITTEN = tuple("a." + name for name in TABLE) + BESIDES
    SMALL = ("--size", "320x240", "--speed", "8")

    def bytes_of(self, *extra, layer=("conv-transpose2d", "-i", "2", "-s", "2", "--motion", "smooth"), **more):
        with tempfile.TemporaryDirectory(prefix="convreel-same-") as folder:
            os.chmod(folder, 0o777)
            outputs = [word for output in self.WRITTEN for word in ("-o", os.path.join(folder, output))]
            self.ok(*layer, *self.SMALL, *extra, *outputs, **more)
            answer = {}
            for name in self.OUTPUTS:
                with open(os.path.join(folder, name), "rb") as file:
                    answer[name] = file.read()
            return answer

    def test_every_format_is_in_the_table(self):
        formats = support.load_json(self.ok("list", "formats", "--json").stdout)
        self.assertEqual(sorted(row["name"] for row in formats), sorted(TABLE))
        with open(DOCUMENT) as file:
            self.assertIn(table(), file.read(), "docs/trust.md has another table:\n" + table())

    def others(self):
        os.mkdir(self.path("home"))
        yield "twice", self.bytes_of("-j", "1")
        yield "two threads", self.bytes_of("-j", "2")
        yield "five threads", self.bytes_of("-j", "5")
        yield "another locale", self.bytes_of(environment={"LC_ALL": "de_DE.UTF-8", "LANG": "de_DE", "LANGUAGE": "tr"})
        yield "another time zone", self.bytes_of(environment={"TZ": "Asia/Tokyo", "SOURCE_DATE_EPOCH": "86400"})
        yield "another folder", self.bytes_of(folder="/")
        yield "another home", self.bytes_of(environment={"HOME": self.path("home"), "USER": "somebody", "LOGNAME": "x",
                                                         "XDG_CACHE_HOME": self.path("home"), "TMPDIR": self.path("home")})
        if os.geteuid() == 0:
            os.chmod(self.folder, 0o755)
            yield "another user", self.bytes_of(user=65534)

    def test_twice_threads_locale_time_folder_home_user(self):
        first = self.bytes_of("-j", "1")
        for name, data in first.items():
            self.assertGreater(len(data), 100, name)
        for label, other in self.others():
            for name in self.OUTPUTS:
                with self.subTest((label, name)):
                    self.assertEqual(other[name] == first[name], True, "%s differs: %s" % (name, label))

    def test_stacks_and_comparisons(self):
        """Laid out and told by other rooms than one layer is."""
        for job in (("stack", "Conv2d(1, 2, 3)", "ReLU()", "MaxPool2d(2)", "-i", "6"),
                    ("compare", "conv2d -i 4", "transpose -i 2 -s 2")):
            first = self.bytes_of("-j", "1", layer=job)
            other = self.bytes_of("-j", "5", layer=job, environment={"LC_ALL": "de_DE.UTF-8", "TZ": "Asia/Tokyo"})
            for name in self.OUTPUTS:
                with self.subTest((job[0], name)):
                    self.assertEqual(other[name] == first[name], True, name)

    def test_other_layers_differ(self):
        """The comparison above can fail."""
        one, other = (self.bytes_of(layer=("conv2d", "-i", size, "-k", "2")) for size in ("3", "4"))
        for name in self.OUTPUTS:
            self.assertNotEqual(one[name], other[name], name)

    def test_outputs_do_not_change_each_other(self):
        """Painted together or alone: the same file."""
        together = self.bytes_of(layer=("conv2d", "-i", "3", "-k", "2"))
        for name, output in zip(self.OUTPUTS, self.WRITTEN):
            self.ok("conv2d", "-i", "3", "-k", "2", *self.SMALL, "-o", output)
            self.assertEqual(self.read(name) == together[name], True, name)


if __name__ == "__main__":
    support.main()
