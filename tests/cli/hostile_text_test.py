"""Titles, names and data are text and nothing else: a list of hostile strings is walked over every format, the gallery,
the live page and the snippets of --for. Each file is decoded again; its structure is that of a harmless title's file,
and the string stands in it as it was written."""
import html.parser
import io
import json
import re
import subprocess
import xml.etree.ElementTree as xml
import zipfile
import zlib

import support
import watch_test

HARMLESS = "A harmless title"
HOSTILE = (
    "<script>alert(1)</script>",
    "</script><script>alert(1)//",
    "</title><svg onload=alert(1)>",
    "\"><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)",
    "]]><b>&x;</b>",
    "--><b><!--",
    "&lt;b&gt; &amp;amp; &#60;",
    "${7*7} {{7*7}} {0} {title} %s %n",
    "\\input{/etc/passwd}\\write18{x} $x$ % # _ ^ ~ ^^5cinput",
    "**b** _i_ [l](javascript:x) ![i](y) `c` ~~s~~ | https://evil.example",
    "00:00:00.000 --> 00:00:09.000",
    "<v Roger>hi</v> <c.x> &nbsp;",
    "=cmd|' /C calc'!A0",
    "javascript:alert(1)",
    "\\u003cb\\u003e \\x3c",
    "evil \u202e txt.exe \u2066 \u200b",
    "(paren) /Title (x) >> endobj",
)
SMALL = ("conv2d", "-i", "3", "-k", "2", "--chapters", "none", "--step", "0.1s", "--hold-end", "0.1s")


class Structure(html.parser.HTMLParser):
    """Tags with the names of their attributes; what a reader or a script would see of text and values."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.tags, self.texts, self.scripts = [], [], []
        self.inside = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, tuple(name for name, _ in attributes)))
        self.texts += [value for _, value in attributes if value]
        self.inside = tag

    def handle_endtag(self, tag):
        self.tags.append(("/" + tag, ()))
        self.inside = ""

    def handle_comment(self, text):
        self.tags.append(("comment", ()))

    def handle_data(self, data):
        (self.scripts if self.inside == "script" else self.texts).append(data)

    def holds(self, string):
        return any(string in text for text in self.texts)


def tags_of(document):
    return [(element.tag, tuple(sorted(element.attrib))) for element in xml.fromstring(document).iter()]


def strings_of(document):
    for element in xml.fromstring(document).iter():
        yield element.text or ""
        yield from element.attrib.values()


class HostileText(support.Case):
    def made(self, title, name, *more):
        self.ok(*SMALL, "--title", title, "-o", name, *more)
        return self.read(name)

    def walked(self, name, *more):
        """(string, its file, the harmless one's) of every string."""
        harmless = self.made(HARMLESS, name, *more)
        for string in HOSTILE:
            yield string, self.made(string, name, *more), harmless

    def test_pages(self):
        for string, page, harmless in self.walked("a.html"):
            with self.subTest(string):
                found, expected = Structure(page.decode()), Structure(harmless.decode())
                self.assertEqual(found.tags, expected.tags)
                self.assertTrue(found.holds(string))
                self.assertEqual(len(found.scripts), len(expected.scripts))

    def test_vectors(self):
        for name in ("a.svg", "b.svg:animated"):
            file = name.split(":")[0]
            self.ok(*SMALL, "--title", HARMLESS, "-o", name)
            harmless = self.read(file)
            for string in HOSTILE:
                with self.subTest((name, string)):
                    self.ok(*SMALL, "--title", string, "-o", name)
                    picture = self.read(file)
                    # Glyphs are outlines; another title has others of them, but elements of the same kinds.
                    self.assertLessEqual({tag for tag, _ in tags_of(picture)}, {tag for tag, _ in tags_of(harmless)})
                    self.assertFalse([kind for _, names in tags_of(picture) for kind in names if kind.startswith("on")])
                    self.assertTrue(any(string in text for text in strings_of(picture)))

    def test_presentations(self):
        def parts(data):
            archive = zipfile.ZipFile(io.BytesIO(data))
            return {name: archive.read(name) for name in archive.namelist() if name.endswith((".xml", ".rels"))}
        for string, file, harmless in self.walked("a.pptx"):
            with self.subTest(string):
                found, expected = parts(file), parts(harmless)
                self.assertEqual(sorted(found), sorted(expected))
                for name, document in found.items():
                    self.assertEqual(tags_of(document), tags_of(expected[name]), name)
                self.assertTrue(any(string in text for document in found.values() for text in strings_of(document)))

    def test_captions(self):
        for string, file, harmless in self.walked("a.vtt"):
            with self.subTest(string):
                lines, expected = file.decode().splitlines(), harmless.decode().splitlines()
                self.assertEqual([line for line in lines if "-->" in line], [line for line in expected if "-->" in line])
                self.assertEqual(re.findall(r"<[^>]*>", file.decode()), re.findall(r"<[^>]*>", harmless.decode()))

    def test_traces(self):
        for string, file, harmless in self.walked("a.json"):
            with self.subTest(string):
                self.assertEqual(list(json.loads(file)), list(json.loads(harmless)))

    def test_documents(self):
        for string, file, _ in self.walked("a.pdf"):
            with self.subTest(string):
                told = subprocess.run(["pdfinfo", self.path("a.pdf")], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
                self.assertEqual((told.returncode, told.stderr), (0, b""))
                self.assertIn(string, told.stdout.decode())

    def test_pictures(self):
        for string, file, _ in self.walked("a.png"):
            with self.subTest(string):
                self.assertTrue(any(string in text for text in self.png_texts(file)), string)

    @staticmethod
    def png_texts(data):
        """The texts of a PNG's iTXt and tEXt parts."""
        at, found = 8, []
        while at < len(data):
            size, kind = int.from_bytes(data[at:at + 4], "big"), data[at + 4:at + 8]
            body = data[at + 8:at + 8 + size]
            assert zlib.crc32(kind + body) == int.from_bytes(data[at + 8 + size:at + 12 + size], "big")
            if kind == b"iTXt":
                found.append(body.split(b"\0", 5)[-1].decode())
            elif kind == b"tEXt":
                found.append(body.split(b"\0", 1)[1].decode("latin-1"))
            at += size + 12
        return found

    def test_galleries(self):
        def gallery(title):
            self.write("sweep.toml", "layer = \"conv2d\"\ninput-size = 3\nkernel-size = 2\nname = %s\n[axes]\ntitle = [%s, \"b\"]\n"
                       % (json.dumps(title), json.dumps(title)))
            self.ok("sweep", "sweep.toml", "-o", "out/{i}.png", "--size", "160x120", "--force")
            manifest = json.loads(self.read("out/manifest.json"))
            self.assertEqual([case["title"] for case in manifest["cases"]], [title, "b"])
            return Structure(self.read("out/index.html").decode())
        expected = gallery(HARMLESS)
        for string in HOSTILE:
            with self.subTest(string):
                found = gallery(string)
                self.assertEqual(found.tags, expected.tags)
                self.assertTrue(found.holds(string))

    def test_names_become_files_of_the_folder(self):
        for string in HOSTILE:
            with self.subTest(string):
                self.ok(*SMALL, "--name", string, "-o", "out/{name}.json")
        self.assertEqual({path.split("/")[0] for path in self.files()}, {"out"})
        self.assertTrue(all(path.count("/") == 1 for path in self.files()))

    def snippet(self, title, place):
        return self.ok(*SMALL, "--title", title, "--size", "160x120", "--for", place, "-o", "talk/a").stdout.decode()

    def test_snippets_of_html(self):
        for place in ("revealjs", "blog", "github"):
            expected = Structure(self.snippet(HARMLESS, place))
            for string in HOSTILE:
                with self.subTest((place, string)):
                    found = Structure(self.snippet(string, place))
                    self.assertEqual(found.tags, expected.tags)
                    self.assertEqual(found.scripts, expected.scripts)
                    self.assertEqual(found.holds(string), expected.holds(HARMLESS))

    def test_snippets_of_latex(self):
        for string in HOSTILE:
            with self.subTest(string):
                text = self.snippet(string, "beamer")
                title = re.search(r"\\begin\{frame\}\{(.*)\}$", text, re.MULTILINE)[1]
                self.assertEqual(self.from_latex(title), string)

    @staticmethod
    def from_latex(text):
        """What LaTeX would print; fails at a command, brace or special character that is no escape."""
        escapes = {"\\textbackslash{}": "\\", "\\textasciicircum{}": "^", "\\textasciitilde{}": "~", "-{}-{}": "--",
                   "\\textless{}": "<", "\\textgreater{}": ">", "\\textbar{}": "|", "{\\ttfamily\\char34}": '"',
                   **{"\\" + char: char for char in "{}%#&$_"}}
        plain = ""
        while text:
            escape = next((key for key in escapes if text.startswith(key)), None)
            if escape is None and (text[0] in "\\{}%#&$_^~<>|\"" or text.startswith("--")):
                raise AssertionError("LaTeX reads a command at: " + text)
            plain += escapes[escape] if escape else text[0]
            text = text[len(escape or " "):]
        return plain

    def test_snippets_of_markdown(self):
        """The alternative text is the layer's, so words of Markdown come in by a layer's own name only: none of them is a
        link, an image or HTML."""
        for string in HOSTILE:
            with self.subTest(string):
                text = self.snippet(string, "github")
                images = re.findall(r"(?<!\\)!(?<!\\)\[", text)
                self.assertEqual(len(images), 1)
                self.assertEqual(len(re.findall(r"(?<!\\)\]\(", text)), 1)

    def test_the_live_page(self):
        def page(title):
            self.write("job.toml", "layer = \"conv2d\"\ninput-size = 3\nkernel-size = 2\ntitle = %s\n" % json.dumps(title))
            watching = watch_test.Watching(self.folder, "render", "job.toml", "-o", "live.svg")
            try:
                watching.wait_said("shows what is made")
                return Structure(watching.get("/")[1].decode())
            finally:
                watching.end()
        expected = page(HARMLESS)
        for string in HOSTILE[:6]:
            with self.subTest(string):
                found = page(string)
                self.assertEqual(found.tags, expected.tags)
                self.assertEqual(len(found.scripts), len(expected.scripts))

    def test_the_comparison_can_fail(self):
        self.assertNotEqual(Structure("<p>a</p>").tags, Structure("<p><b>a</b></p>").tags)
        with self.assertRaises(AssertionError):
            self.from_latex("\\input{x}")
        with self.assertRaises(AssertionError):
            self.from_latex("a < b")


if __name__ == "__main__":
    support.main()
