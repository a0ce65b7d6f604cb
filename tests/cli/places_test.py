"""--for PLACE: the files, the snippet, and that both fit; presentations and strips as the program writes them."""
import html.parser
import io
import os
import re
import zipfile
from xml.etree import ElementTree

import support

LAYER = ["conv2d", "-i", "4", "-k", "3", "--step", "0.2s", "--hold-end", "0.4s"]
FILES = {
    "powerpoint": [".mp4", ".png", ".pptx"], "keynote": [".mp4", ".png"], "google-slides": [".gif", ".png"],
    "impress": [".gif", ".png", ".pptx"], "beamer": [".pdf"], "revealjs": [".html", ".mp4", ".png"],
    "github": [".gif", ".png"], "blog": [".mp4", ".png", ".vtt", ".webp"],
}
ALT = "3×3 kernel, stride 1, padding 0 over a 4×4 input"


class Tags(html.parser.HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.tags, self.open = [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))
        if tag not in ("source", "img", "track"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag, tag

    def urls(self):
        return [value for _, attributes in self.tags for name, value in attributes.items()
                if name in ("src", "srcset", "poster", "data-src")]


class Places(support.Case):
    def snippet(self, place, stem="talk/conv", *more):
        return self.ok(*LAYER, "-o", stem, "--for", place, *more).stdout.decode()

    def test_every_place_gets_its_files_and_the_alt_text(self):
        for place, endings in FILES.items():
            with self.subTest(place):
                text = self.snippet(place, place + "/conv")
                self.assertEqual([f for f in self.files() if f.startswith(place + "/")], ["%s/conv%s" % (place, e) for e in endings])
                self.assertIn(ALT.replace("×", "x") if place == "beamer" else ALT, text)

    def test_html_names_files_that_are_there(self):
        for place in ("revealjs", "blog", "github"):
            with self.subTest(place):
                tags = Tags(self.snippet(place, "a page/my conv"))
                self.assertEqual(tags.open, [])
                self.assertTrue(tags.urls())
                for url in tags.urls():
                    self.assertTrue(os.path.exists(self.path(url.split("?")[0].replace("%20", " "))), url)
        tags = Tags(self.snippet("blog"))
        still = [a for tag, a in tags.tags if tag == "source" and "reduced-motion" in a.get("media", "")]
        self.assertEqual([a["srcset"] for a in still], ["talk/conv.png"])
        image = next(a for tag, a in tags.tags if tag == "img")
        self.assertEqual((int(image["width"]), int(image["height"])), support.png_size(self.read("talk/conv.png")))

    def test_titles_are_escaped(self):
        self.assertIn("A &lt;b&gt; &amp; &quot;c&quot;", self.snippet("blog", "x", "--title", 'A <b> & "c"'))
        self.assertIn(r"50\% of \_x\_ \#1 \& \{y\}", self.snippet("beamer", "x", "--title", "50% of _x_ #1 & {y}"))
        self.assertIn(r"{a \textless{} b \textbar{} {\ttfamily\char34}c{\ttfamily\char34} \textgreater{} -{}-{}- d}",
                      self.snippet("beamer", "x", "--title", 'a < b | "c" > --- d'))

    def test_beamer_counts_the_pages(self):
        text = self.snippet("beamer")
        self.assertIn(r"\foreach \n in {1,...,5}", text)  # four steps and the result
        self.assertIn("{5}{talk/conv}{}{}", text)  # steps of 0.2 s

    def test_other_outputs_and_names(self):
        self.ok(*LAYER, "-o", "{name}-x", "-o", "also.txt", "--for", "github", "--name", "n")
        self.assertEqual(self.files(), ["also.txt", "n-x.gif", "n-x.png"])

    def test_job_files_may_say_it(self):
        self.write("job.toml", 'layer = "conv2d"\ninput_size = 4\nfor = "beamer"\noutput = ["deck"]\n')
        self.assertIn("{deck.pdf}", self.ok("render", "job.toml").stdout.decode())

    def test_refusals(self):
        self.refused(2, *LAYER, "-o", "a.gif", "--for", "blog", says=["no output is a name without an ending", "-o talk/conv"])
        self.refused(2, *LAYER, "-o", "a", "--for", "blogg", says=["blogg", "did you mean blog"])
        self.refused(2, *LAYER, "-o", "a%b", "--for", "beamer", says="LaTeX cannot read")
        self.refused(2, *LAYER, "-o", "folder/", "--for", "blog", says="folder")
        self.refused(2, *LAYER, "-o", "a", says="no ending")


class Presentations(support.Case):
    def archive(self, *arguments):
        self.ok(*LAYER, *arguments)
        return zipfile.ZipFile(io.BytesIO(self.read("a.pptx")))

    def check_package(self, archive):
        """Every part parses, every relation leads to a part, every part has a content type."""
        names = set(archive.namelist())
        self.assertEqual(archive.testzip(), None)
        self.assertEqual({i.date_time for i in archive.infolist()}, {(1980, 1, 1, 0, 0, 0)})
        types = ElementTree.fromstring(archive.read("[Content_Types].xml"))
        known = {e.get("Extension") for e in types} | {e.get("PartName") for e in types}
        for name in names:
            if name.endswith((".xml", ".rels")):
                root = ElementTree.fromstring(archive.read(name))
                ids = [e.get("id") for e in root.iter() if e.tag.endswith("}cNvPr")]
                self.assertEqual(len(ids), len(set(ids)), name)
            self.assertTrue(name.rsplit(".", 1)[1] in known or "/" + name in known, name)
            if name.endswith(".rels"):
                folder = os.path.dirname(os.path.dirname(name))
                for relation in ElementTree.fromstring(archive.read(name)):
                    self.assertIn(os.path.normpath(os.path.join(folder, relation.get("Target"))), names)

    def test_animation(self):
        archive = self.archive("-o", "a.pptx")
        self.check_package(archive)
        slide = archive.read("ppt/slides/slide1.xml").decode()
        for words in (ALT, 'repeatCount="indefinite"', 'cmd="playFrom(0.0)"', 'evt="onBegin"', "<a:t>Convolution</a:t>"):
            self.assertIn(words, slide)
        self.assertEqual(archive.read("ppt/media/media1.mp4")[4:8], b"ftyp")
        self.assertEqual(support.png_size(archive.read("ppt/media/image1.png"))[0], 1920)

    def test_gif_click_and_loops(self):
        archive = self.archive("-o", "a.pptx:media=gif:fps=5", "--motion", "step")
        self.check_package(archive)
        self.assertEqual(len(support.gif_frames(archive.read("ppt/media/media1.gif"))["delays"]), 5)
        slide = self.archive("-o", "a.pptx:start=click", "--loop", "3").read("ppt/slides/slide1.xml").decode()
        self.assertIn('repeatCount="3000"', slide)
        self.assertNotIn('evt="onBegin"', slide)

    def test_a_slide_a_step(self):
        archive = self.archive("-o", "a.pptx:slides=steps")
        self.check_package(archive)
        slides = [n for n in archive.namelist() if re.fullmatch(r"ppt/slides/slide\d+\.xml", n)]
        self.assertEqual(len(slides), 5)
        self.assertIn("Convolution, step 2", archive.read("ppt/slides/slide2.xml").decode())
        self.assertNotIn("p:timing", archive.read("ppt/slides/slide2.xml").decode())
        self.assertEqual(len({archive.read("ppt/media/image%d.png" % n) for n in range(1, 6)}), 5)

    def test_same_bytes_in_any_time_zone(self):
        self.ok(*LAYER, "-o", "a.pptx", environment={"TZ": "Asia/Tokyo"})
        first = self.read("a.pptx")
        self.ok(*LAYER, "-o", "a.pptx", "-j", "1", environment={"TZ": "America/Lima"})
        self.assertEqual(first == self.read("a.pptx"), True)

    def test_refusals(self):
        self.refused(2, *LAYER, "-o", "a.pptx:slides=steps:media=gif", says="still pictures only")
        self.refused(2, *LAYER, "-o", "a.pptx:media=webm", says="one of mp4, gif")


class Strips(support.Case):
    def size(self, options, *more):
        self.ok(*LAYER, "-o", "a.png" + options, *more)
        return support.png_size(self.read("a.png"))

    def test_rows_and_grids(self):
        width, height = self.size("")
        self.assertEqual(self.size(":grid=1x3")[0], 3 * width + 2 * 24)
        self.assertEqual(self.size(":grid=2x2")[0], 2 * width + 24)
        self.assertLess(self.size(":grid=2x2")[1], 2 * height)  # title and formula stand there once
        across, down = self.size(":strip=6")  # a page, upright or lying
        self.assertTrue(0.6 < across / down < 2, (across, down))
        self.assertEqual(self.size(":strip=64"), self.size(":strip=5"))  # there are five
        self.assertEqual(self.size(":grid=2x2", "--size", "800x600"), (800, 600))

    def test_refusals(self):
        self.refused(2, *LAYER, "-o", "a.png:strip=0", says="from 1 to 64")
        self.refused(2, *LAYER, "-o", "a.png:grid=3", says="rows x columns")
        self.refused(2, *LAYER, "-o", "a.png:strip=3:grid=2x2", says="contradict")
        self.refused(2, *LAYER, "-o", "a.png:strip=3:still=first", says="many pictures")
        self.refused(2, *LAYER, "-o", "a{n}.png:strip=3", says="one file")
        self.refused(3, *LAYER, "-o", "a.png:strip=5:scale=8", says="--limit pixels=")


if __name__ == "__main__":
    support.main()
