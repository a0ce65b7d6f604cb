"""The package in src/python, with nothing but Python's standard library. torch, notebooks and Sphinx: tests/heavy."""
import base64
import os
import pathlib
import re
import sys

import support

SOURCE = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(SOURCE / "src/python"))
sys.dont_write_bytecode = True

import convreel  # noqa: E402
import convreel.magic  # noqa: E402


class Package(support.Case):
    def setUp(self):
        super().setUp()
        os.environ["CONVREEL"] = support.BINARY
        os.environ["XDG_CONFIG_HOME"] = self.path("no-config")

    def test_a_layer_by_its_parameters(self):
        made = convreel.conv2d(input_size=5, stride=2, padding=(1, 0), theme="dark", numbers=False, steps=(1, 2))
        self.assertEqual(made.trace["layer"]["padding"], [[1, 1], [0, 0]])
        self.assertIn("stride 2", made.alt_text)
        self.assertTrue(made.transcript.startswith("step 1:"))
        self.assertIn("kernel", made.explain())
        self.assertIn(made.alt_text, repr(made))

    def test_every_kind_and_word_has_its_trace(self):
        for name in ("conv1d", "conv2d", "conv_transpose1d", "conv_transpose2d", "max_pool1d", "max_pool2d", "avg_pool1d",
                     "avg_pool2d", "conv3d", "max_pool3d"):
            with self.subTest(name):
                self.assertIn("output", getattr(convreel, name)(input_size=4, kernel_size=2).trace)
        self.assertEqual(convreel.render("Conv2d(1, 1, 3)").trace["layer"]["kind"], "conv")
        self.assertEqual(len(convreel.stack("Conv2d(1, 1, 3)", "ReLU()", input_size=5).trace["stages"]), 2)
        self.assertIn(b"GIF89a", convreel.compare("conv2d -i 3 -k 2", "conv2d -i 3 -k 1", steps=1).bytes("gif")[:6])

    def test_values_of_python(self):
        made = convreel.conv2d(input_values=[[1, 2], [3, 4]], kernel_values=[[2]], kernel_size=1, bias=1)
        self.assertEqual(made.trace["output"]["values"], [3, 5, 7, 9])
        self.assertEqual(convreel.conv2d(input_values="ramp", input_size=2, kernel_size=1, kernel_values="1").trace["output"]["values"],
                         [1, 2, 3, 4])
        self.assertEqual(convreel.conv2d(4, padding=((1, 2), (0, 1))).trace["layer"]["padding"], [[1, 2], [0, 1]])

    def test_files_and_what_a_notebook_shows(self):
        made = convreel.conv2d(3, kernel_size=2, step="300ms").save(self.path("a.gif"), self.path("b.png") + ":scale=0.5")
        self.assertEqual(self.files(), ["a.gif", "b.png"])
        bundle = made._repr_mimebundle_()
        self.assertEqual(base64.b64decode(bundle["image/png"])[:4], b"\x89PNG")
        self.assertIn("<iframe srcdoc=", bundle["text/html"])
        self.assertNotIn("<script>", bundle["text/html"], "the page is escaped within its frame")
        self.assertEqual(list(made._repr_mimebundle_(include=["text/plain"])), ["text/plain"])

    def test_a_notebook_says_a_mistake_once(self):
        for wrong in (convreel.conv2d(2, kernel_size=3), convreel.conv2d(3, theme="drak")):
            bundle = wrong._repr_mimebundle_()
            self.assertEqual(sorted(bundle), ["text/html", "text/plain"])
            for shown in bundle.values():
                self.assertRegex(shown, "pad by 1 more|did you mean")

    def test_mistakes_are_exceptions_with_a_hint(self):
        for call, kind, says, code in (
                (lambda: convreel.conv2d(2, kernel_size=3).trace, convreel.ImpossibleLayer, "pad by 1 more", 3),
                (lambda: convreel.conv2d(strid=2).trace, convreel.UsageError, "did you mean --stride?", 2),
                (lambda: convreel.render("nothing.toml").trace, convreel.UsageError, "preset:NAME", 2),
                (lambda: convreel.conv2d(3).save(self.path("a.gof")), convreel.UsageError, ".gif", 2)):
            with self.assertRaises(kind) as caught:
                call()
            self.assertIn(says, caught.exception.hint)
            self.assertEqual(caught.exception.code, code)
        os.environ["PATH"], path = "", os.environ["PATH"]
        del os.environ["CONVREEL"]
        try:
            with self.assertRaises(convreel.Missing):
                convreel.version()
        finally:
            os.environ["PATH"] = path

    def test_a_sweep_is_a_table(self):
        table = convreel.sweep("conv2d", {"stride": [1, 2], "kernel_size": [(2, 1), 3]}, input_size=4, steps=1)
        self.assertEqual([(row["stride"], row["kernel_size"], row["output"]) for row in _underscored(table.rows)],
                         [("1", "2x1", [1, 3, 4]), ("1", "3", [1, 2, 2]), ("2", "2x1", [1, 2, 2]), ("2", "3", [1, 1, 1])])
        self.assertTrue(all(os.path.getsize(row["file"]) for row in table.rows))
        self.assertIn("<table>", table._repr_html_())
        kept = convreel.sweep("conv2d", {"stride": [1]}, output=self.path("out/s{stride}.png"), input_size=3)
        self.assertEqual(kept[0]["files"][0]["path"], "s1.png")

    def test_the_magic(self):
        class Shell:
            def register_magic_function(self, function, magic_kind, magic_name):
                self.known = (function, magic_kind, magic_name)

        shell = Shell()
        convreel.load_ipython_extension(shell)
        magic, kind, name = shell.known
        self.assertEqual((kind, name), ("line_cell", "convreel"))
        self.assertIn("3×3 kernel", magic("conv2d -i 5 -s 2").alt_text)
        self.assertEqual(magic("--steps 1", "Conv2d(1, 1, 2)\nReLU()\n").trace["stages"][1]["layer"]["kind"], "relu")
        self.assertEqual(magic("", 'layer = "conv1d"\ninput-size = 4\n').trace["layer"]["dims"], 1)
        self.assertIsNone(magic(f"conv2d -i 3 -o {self.path('a.txt')}"))
        self.assertEqual(self.files(), ["a.txt"])


class Gallery(support.Case):
    def test_no_permalink_ever_vanishes(self):
        os.environ["CONVREEL"] = support.BINARY
        from convreel.gallery import Site
        promised = (SOURCE / "tests/fixtures/permalinks.txt").read_text().split()
        known = Site(self.path("site")).presets
        self.assertEqual([name for name in promised if name not in known], [], "somebody links to it")
        self.assertEqual(sorted(set(known) - set(promised)), [], "a new page: add it to tests/fixtures/permalinks.txt")

    def test_a_page_is_whole(self):
        os.environ["CONVREEL"] = support.BINARY
        from convreel.gallery import FILES, Site
        Site(self.path("site"), "https://example.org/", "guide/no-padding-no-strides").make()
        page = pathlib.Path(self.path("site/guide/no-padding-no-strides/index.html")).read_text()
        for ending in FILES:
            self.assertIn(f'href="animation.{ending}"', page)
        for part in ('srcset="dark.webp"', "prefers-reduced-motion", "nn.Conv2d", "convreel render preset:guide/no-padding-no-strides", "CC0",
                     'property="og:image" content="https://example.org/guide/no-padding-no-strides/animation.png"'):
            self.assertIn(part, page)
        for path in pathlib.Path(self.path("site")).rglob("*.html"):
            asked = re.findall(r'(?:src|srcset|href)="(?!data:|#)([^"]+)"', path.read_text())
            missing = [link for link in asked if not link.startswith("https://example.org/") and not (path.parent / link).exists()]
            self.assertEqual(missing, [], path)
        with self.assertRaises(convreel.ConvreelError):
            Site(self.path("site"), only="article/conv-s2p0").make()


def _underscored(rows):
    return [{name.replace("-", "_"): value for name, value in row.items()} for row in rows]


class Modules(support.Case):
    """What show() asks of a module, which is no more than its text, children and numbers."""

    class Tensor:
        def __init__(self, values):
            self.values = values
            self.shape = ()

        def detach(self):
            return self

        def cpu(self):
            return self

        def numpy(self):
            return self.values

    def module(self, text, children=(), **numbers):
        kind = type(text.split("(")[0], (), {"__repr__": lambda self: text, "children": lambda self: list(children)})
        layer = kind()
        for name, value in numbers.items():
            setattr(layer, name, self.Tensor(value))
        return layer

    def test_weights_are_the_modules_own(self):
        os.environ["CONVREEL"] = support.BINARY
        layer = self.module("Conv2d(1, 1, kernel_size=(1, 1), stride=(1, 1))", weight=[[[[3]]]], bias=[1])
        self.assertEqual(convreel.show(layer, [[1, 2], [3, 4]]).trace["output"]["values"], [4, 7, 10, 13])
        net = self.module("Sequential(...)", [layer, self.module("ReLU()")])
        self.assertEqual(convreel.show(net, [[-1, 2], [3, 4]]).trace["stages"][-1]["output"]["values"], [0, 7, 10, 13])
        with self.assertRaises(convreel.UsageError):
            convreel.show(self.module("Net(...)", [layer]))


if __name__ == "__main__":
    support.main()
