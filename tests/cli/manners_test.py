"""Small manners: what somebody types who has not read the manual, and what is understood or explained."""
import json
import subprocess
import zipfile

import support


class Manners(support.Case):
    def trace(self, *arguments, **more):
        self.ok(*arguments, "-o", "t.json", **more)
        return json.loads(self.read("t.json"))

    def test_what_render_takes_needs_no_command(self):
        self.assertEqual(self.trace("Conv2d(1, 1, 3)")["layer"]["kind"], "conv")
        self.assertEqual(self.trace("-q", "nn.MaxPool2d(2)", "-i", "4")["layer"]["kind"], "max_pool")
        self.assertEqual(self.trace("preset:article/transposed-s2p1")["output"]["shape"], [1, 5, 5])
        self.write("job.toml", 'layer = "conv1d"\n')
        self.assertEqual(self.trace("job.toml")["layer"]["dims"], 1)
        self.assertEqual(len(self.trace("Sequential((0): Conv2d(1, 1, 3), (1): ReLU())")["stages"]), 2)

    def test_tuples_as_python_writes_them(self):
        for text in ("3x2", "3,2", "(3, 2)", "[3,2]"):
            with self.subTest(text):
                self.assertEqual(self.trace("conv2d", "-k", text)["kernel"]["shape"], [1, 1, 3, 2])
        self.assertEqual(self.trace("conv1d", "-k", "(3,)")["kernel"]["shape"], [1, 1, 3])
        self.assertEqual(self.trace("conv2d", "-p", "(1, 2)")["layer"]["padding"], [[1, 1], [2, 2]])
        self.assertEqual(self.trace("conv2d", "-p", "(1, 2, 3, 4)")["layer"]["padding"], [[1, 2], [3, 4]])
        self.assertEqual(self.trace("conv1d", "-p", "2,0")["layer"]["padding"], [[2, 0]])
        for text in ("3,", "(3", "3,x", "(3,3,3,3)", "()"):
            with self.subTest(text):
                self.refused(2, "conv2d", "-k", text, "-o", "a.gif", says="--kernel-size takes")

    def test_help_and_version_are_commands_too(self):
        self.assertEqual(self.ok("help", "conv2d").stdout, self.ok("conv2d", "--help").stdout)
        self.assertEqual(self.ok("help").stdout, self.ok().stdout)
        self.assertEqual(self.ok("version").stdout, self.ok("--version").stdout)
        self.refused(2, "help", "conv2f", says="did you mean conv2d?")

    def test_near_misses(self):
        for arguments, says in {("conv2d", "--kernal", "3"): "--kernel-size?", ("conv2d", "--pad", "1"): "--padding?",
                                ("conv2d", "--input", "5"): "--input-size or --input-values?",
                                ("conv2d", "--weights", "x.npy"): "--kernel-values?", ("conv2d", "--delay", "1"): "--step?",
                                ("pool2d",): "max-pool2d or avg-pool2d?", ("unpool",): "MaxUnpool2d",
                                ("animate",): "render?"}.items():
            with self.subTest(arguments):
                self.refused(2, *arguments, "-o", "a.gif", says=f"did you mean {says}" if says.endswith("?") else says)

    def test_an_input_file_as_a_word_is_explained(self):
        self.write("photo.png", support.tiny_png())
        for arguments in (("photo.png",), ("conv2d", "photo.png"), ("render", "photo.png"), ("compare", "photo.png", "conv2d")):
            with self.subTest(arguments):
                self.refused(2, *arguments, "-o", "a.gif", says="--input-values photo.png")

    def test_a_time_without_a_unit_that_is_too_long_to_be_meant(self):
        self.assertIn("--step 600ms", self.ok("conv2d", "-i", "3", "--step", "600", "-o", "a.txt").stderr.decode())
        self.assertIn("--hold-end is 33.3 minutes", self.ok("conv2d", "-i", "3", "--hold-end", "2000", "-o", "a.txt").stderr.decode())
        self.assertNotIn("minutes", self.ok("conv2d", "-i", "3", "--step", "30", "-o", "a.txt").stderr.decode())

    def test_a_jpeg_still(self):
        self.ok("conv2d", "-i", "4", "-o", "a.jpg", "-o", "small.jpg:quality=20", "-o", "{n}.jpg", "-o", "a.png")
        for name in ("a.jpg", "small.jpg", "1.jpg"):
            self.assertEqual((self.read(name)[:3], self.read(name)[-2:]), (b"\xff\xd8\xff", b"\xff\xd9"))
        self.assertLess(len(self.read("small.jpg")), len(self.read("a.jpg")))
        # What was written is what was drawn: read back, the two stills differ by no more than JPEG's own noise.
        values = [self.trace("conv2d", "--input-values", name, "-i", "30x60", "-k", "1")["input"]["values"]
                  for name in ("a.jpg", "a.png")]
        self.assertLess(max(abs(a - b) for a, b in zip(*values)), 6)
        self.refused(2, "conv2d", "--transparent", "-o", "a.jpg", says="no transparency")


class Credit(support.Case):
    """What a file says of who may use it."""

    def says(self, name):
        if name.endswith(".pdf"):
            return "CC0-1.0" in subprocess.run(["pdfinfo", self.path(name)], capture_output=True, text=True, check=True).stdout
        if name.endswith(".pptx"):
            with zipfile.ZipFile(self.path(name)) as archive:
                return b"CC0-1.0" in archive.read("docProps/core.xml")
        return b"CC0-1.0" in self.read(name)

    def test_every_format_that_has_a_place_for_it(self):
        names = ["a" + ending for ending in (".gif", ".mp4", ".webm", ".webp", ".apng", ".png", ".jpg", ".svg", ".pdf", ".html", ".pptx")]
        arguments = ["conv2d", "-i", "3", "-k", "2", "--size", "320x200", *(word for name in names for word in ("-o", name))]
        self.ok(*arguments)
        self.assertEqual([name for name in names if not self.says(name)], [])
        self.ok(*arguments, "--no-credit")
        self.assertEqual([name for name in names if self.says(name)], [])
        self.assertIn("--credit changes nothing in this format", self.ok("conv2d", "-o", "a.txt", "--no-credit").stderr.decode())


class Portrait(support.Case):
    def test_the_page_is_narrow_and_the_grids_stand_below_each_other(self):
        for arguments in (("conv2d", "-i", "5", "-s", "2", "-p", "1"), ("transpose", "-i", "3", "-s", "2", "-p", "1"), ("max-pool2d", "-i", "4"),
                          ("conv2d", "-i", "4", "--in-channels", "2"), ("transpose", "-i", "2", "--view", "stamp"),
                          ("stack", "Conv2d(1, 1, 2)", "ReLU()", "-i", "4")):
            with self.subTest(arguments):
                self.ok(*arguments, "--layout", "portrait", "-o", "a.png", "-o", "a.svg")
                width, height = support.png_size(self.read("a.png"))
                self.assertEqual(width, 480) if "--in-channels" not in arguments else self.assertLess(width, 700)
                if "--view" not in arguments and arguments[0] != "stack":
                    self.assertGreater(height, 480)


class Piped(support.Case):
    def values(self, piped, *arguments):
        self.ok("conv2d", "-k", "1", "--kernel-values", "1", *arguments, "--input-values", "-", "-o", "t.json", input=piped)
        return json.loads(self.read("t.json"))["input"]["values"]

    def test_text_json_npy_and_pictures(self):
        nine = [float(n) for n in range(1, 10)]
        for piped in (b"1 2 3; 4 5 6; 7 8 9", b"1 2 3\n4 5 6\n7 8 9\n", b"1,2,3\r\n4,5,6\r\n7,8,9\r\n", b"[[1,2,3],[4,5,6],[7,8,9]]",
                      support.npy(nine, [3, 3])):
            with self.subTest(piped[:8]):
                self.assertEqual(self.values(piped), nine)
        self.assertEqual(self.values(support.tiny_png()), [16.0 * n for n in range(16)])

    def test_lines_are_rows_however_they_come(self):
        piped = b"1 2\n3 4\n|\n5 6\n7 8\n"
        self.values(piped)
        self.assertEqual(json.loads(self.read("t.json"))["input"]["shape"], [2, 2, 2])
        self.write("job.toml", 'layer = "conv2d"\nkernel-size = 1\ninput-values = """1 2\n3 4"""\n')
        for arguments in (("conv2d", "-k", 1, "--input-values", "1 2\n3 4"), ("render", "job.toml"),
                          ("conv2d", "-i", 2, "--kernel-values", "1 2\n3 4")):
            self.ok(*arguments, "-o", "l.json")
            trace = json.loads(self.read("l.json"))
            of = "kernel" if "--kernel-values" in arguments else "input"
            self.assertEqual((trace[of]["shape"][-2:], trace[of]["values"]), ([2, 2], [1, 2, 3, 4]), arguments)

    def test_a_jpeg_is_upright_and_whole(self):
        self.ok("conv2d", "-i", 4, "-o", "a.jpg", "-o", "a.gif")
        jpeg, gif = self.read("a.jpg"), self.read("a.gif")
        lying = self.values(jpeg, "-i", "6x8")
        exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0"
        turned = jpeg[:2] + b"\xff\xe1\0" + bytes([len(exif) + 2]) + exif + jpeg[2:]
        self.assertEqual(self.values(turned, "-i", "8x6"), [lying[(5 - x) * 8 + y] for y in range(8) for x in range(6)])
        self.refused(3, "conv2d", "--input-values", "-", "-o", "b.json", says="the JPEG is cut short", input=jpeg[:-13])
        self.assertEqual(self.values(jpeg + b"more", "-i", "6x8"), lying)
        self.ok("conv2d", "-i", 6, "--input-values", "a.gif", "-o", "g.json")
        self.assertEqual(self.values(gif, "-i", 6), json.loads(self.read("g.json"))["input"]["values"])

    def test_what_cannot_be_read(self):
        arguments = ("conv2d", "-o", "a.json", "--input-values", "-")
        self.refused(3, *arguments, says="a number is missing beside a comma in row 1", input=b"1,,2")
        self.refused(2, *arguments, says="stdin is empty", input=b"")
        self.refused(2, *arguments, "--kernel-values", "-", says="both read stdin", input=b"1")
        self.refused(3, *arguments, "--limit", "data-file=1M", says="the limit is 1 MB", input=bytes(1 << 21))
        self.refused(3, *arguments, says="not a number", input=b"1 2; a b")


class Settings(support.Case):
    def setUp(self):
        super().setUp()
        self.home = {"XDG_CONFIG_HOME": self.path("home")}

    def dark(self, name):
        """Whether the picture's first pixel is dark."""
        data = self.read(name)
        first = support.png_rows(data)[0][0]
        if b"PLTE" in data:
            index = first if isinstance(first, int) else first[0]
            first = data[data.index(b"PLTE") + 4:][3 * index:3 * index + 3]
        return sum(first[:3]) < 380

    def picture(self, *arguments):
        self.ok("conv2d", "-i", "3", "--size", "320x200", *arguments, "-o", "a.png", environment=self.home)
        return self.dark("a.png")

    def settings(self, name, text):
        import os
        os.makedirs(os.path.dirname(self.path(name)), exist_ok=True)
        self.write(name, text)

    def test_the_nearest_wins_and_flags_win_over_all(self):
        self.assertFalse(self.picture())
        self.settings("home/convreel/config.toml", 'theme = "dark"\n')
        self.assertTrue(self.picture())
        self.assertFalse(self.picture("--no-config"))
        self.assertFalse(self.picture("--theme", "light"))
        self.settings("convreel.toml", '[show]\ntheme = "light"\n')
        self.assertFalse(self.picture())
        self.settings("below/deep/here", "")
        self.ok("conv2d", "-i", "3", "--size", "320x200", "-o", "../../a.png", environment=self.home, folder=self.path("below/deep"))
        self.assertFalse(self.dark("a.png"))

    def test_presets_and_job_files_win(self):
        self.settings("convreel.toml", 'theme = "dark"\n')
        self.write("job.toml", 'layer = "conv2d"\ninput-size = 3\ntheme = "light"\nsize = "320x200"\n')
        self.ok("render", "job.toml", "-o", "a.png")
        self.assertFalse(self.dark("a.png"))

    def test_a_sweep_and_a_comparison_heed_them(self):
        self.settings("convreel.toml", 'theme = "dark"\nsize = "320x200"\n')
        self.ok("sweep", "conv2d", "-i", "3", "-L", "stride=1,2", "-o", "s{stride}.png")
        self.ok("compare", "conv2d -i 3", "conv2d -i 4", "-o", "c.png")
        for name in ("s1.png", "s2.png", "c.png"):
            self.assertTrue(self.dark(name), name)
        again = self.ok("sweep", "conv2d", "-i", "3", "-L", "stride=1,2", "-o", "s{stride}.png", "--resume", "--no-config")
        self.assertFalse(self.dark("s1.png"), again.stderr)

    def test_what_does_not_belong_there(self):
        for text in ("input-size = 3\n", 'title = "A"\n', 'outputs = ["a.gif"]\n'):
            self.settings("convreel.toml", text)
            self.refused(3, "conv2d", "-o", "a.png", says=("convreel.toml", "no setting for all pictures"))
        self.settings("convreel.toml", "them = 1\n")
        self.refused(3, "conv2d", "-o", "a.png", says=("convreel.toml:1:1", "did you mean theme?"))
        self.ok("conv2d", "-i", "3", "-o", "a.txt", "--no-config")

    def test_doctor_shows_them(self):
        self.settings("convreel.toml", 'theme = "dark"\nstep = "300ms"\n')
        self.assertIn("convreel.toml: theme = dark, step = 300ms", self.run_tool("doctor").stdout.decode())
        self.assertEqual(json.loads(self.run_tool("doctor", "--json").stdout)["settings"], [self.path("convreel.toml")])
        self.assertEqual(json.loads(self.run_tool("doctor", "--json", "--no-config").stdout)["settings"], [])


if __name__ == "__main__":
    support.main()
