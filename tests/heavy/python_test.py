"""The Python package with Debian's torch, IPython, nbconvert, Sphinx and MyST, notebooks looked at in Chromium.

Needs python3-torch, python3-venv, python3-setuptools, python3-wheel, python3-ipython, python3-ipykernel, jupyter-nbconvert,
python3-sphinx, python3-myst-parser, chromium; and latexmk's TeX (texlive-latex-extra, tex-gyre) for a PDF."""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import textwrap
import unittest

SOURCE = pathlib.Path(__file__).resolve().parents[2]
PYTHON = "/usr/bin/python3"  # Debian's, which has Debian's packages


class Case(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="convreel-python-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.environment = dict(os.environ, CONVREEL=BINARY, PYTHONPATH=str(SOURCE / "src/python"), PYTHONDONTWRITEBYTECODE="1",
                                HOME=folder.name, XDG_CONFIG_HOME=str(self.folder / "none"))

    def run_within(self, *words, **more):
        done = subprocess.run([str(word) for word in words], cwd=self.folder, env=self.environment, capture_output=True, text=True,
                              timeout=600, **more)
        self.assertEqual(done.returncode, 0, f"{words}\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}")
        return done.stdout + done.stderr

    def python(self, text):
        return self.run_within(PYTHON, "-c", textwrap.dedent(text))

    def shot(self, url, name, size="900,900"):
        """A page as Chromium shows it, and how many colours the picture has."""
        self.run_within("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", f"--window-size={size}",
                        "--virtual-time-budget=3000", f"--screenshot={self.folder / name}", url)
        told = self.run_within(PYTHON, "-c", f"from PIL import Image; print(len(set(Image.open({str(self.folder / name)!r}).convert('RGB').getdata())))")
        return int(told.split()[-1])


class Installed(Case):
    def test_pip_install_in_a_new_environment(self):
        """Without network: what builds the package is Debian's, as docs/guide/python.md says."""
        shutil.copytree(SOURCE / "src/python", self.folder / "source", ignore=shutil.ignore_patterns("build", "*.egg-info"))
        self.run_within(PYTHON, "-m", "venv", "--system-site-packages", "new")
        self.run_within("new/bin/pip", "install", "--no-build-isolation", "./source")
        del self.environment["PYTHONPATH"]
        where = self.run_within("new/bin/python", "-c", "import convreel; convreel.conv2d(3).save('a.png'); print(convreel.__file__)")
        self.assertIn("/new/lib/", where)
        self.assertTrue((self.folder / "a.png").is_file())


class Torch(Case):
    def test_modules_say_what_torch_says(self):
        self.python("""
            import convreel, torch
            from torch import nn
            torch.manual_seed(1)
            for layer in (nn.Conv2d(2, 3, 3, padding=1, stride=2), nn.ConvTranspose2d(2, 1, 3, stride=2, output_padding=1), nn.MaxPool2d(2),
                          nn.AvgPool2d(3, padding=1), nn.Conv2d(4, 4, 2, groups=2, bias=False)):
                x = torch.randn(1, 4 if getattr(layer, "groups", 1) == 2 else 2, 6, 5)
                ours, theirs = convreel.show(layer, x).trace["output"]["values"], layer(x).flatten().tolist()
                assert len(ours) == len(theirs) and max(abs(a - b) for a, b in zip(ours, theirs)) < 1e-5, layer
            net = nn.Sequential(nn.Conv2d(1, 2, 3), nn.Sequential(nn.BatchNorm2d(2), nn.ReLU()), nn.MaxPool2d(2), nn.ConvTranspose2d(2, 1, 2, stride=2)).eval()
            net[1][0].running_mean += torch.rand(2)
            x = torch.randn(1, 1, 8, 8)
            ours, theirs = convreel.show(net, x).trace["stages"][-1]["output"]["values"], net(x).flatten().tolist()
            assert max(abs(a - b) for a, b in zip(ours, theirs)) < 1e-5
            convreel.show(net, x, steps=(1, 2)).save("net.gif")
            try:
                convreel.show(nn.Conv2d(3, 1, 3), x).trace
                raise SystemExit("not refused")
            except convreel.ConvreelError as error:
                assert error.hint or error.message
            try:
                convreel.show(nn.ReLU(), torch.zeros(2, 1, 3, 3))
                raise SystemExit("not refused")
            except convreel.UsageError as error:
                assert "x[0]" in error.hint
        """)
        self.assertTrue((self.folder / "net.gif").is_file())

    def test_numpy_arrays(self):
        self.python("""
            import convreel, numpy
            x = numpy.asfortranarray(numpy.arange(12, dtype=">i2").reshape(3, 4))
            assert convreel.conv2d(input_values=x, kernel_values=numpy.float32([[1]]), kernel_size=1).trace["output"]["values"] == list(range(12))
        """)


class Notebook(Case):
    def test_it_is_executed_and_seen(self):
        sources = ["import convreel, torch", "convreel.conv2d(input_size=4, stride=2, padding=1)",
                   "convreel.show(torch.nn.Conv2d(1, 1, 2), torch.ones(1, 1, 3, 3))", "%load_ext convreel", "%convreel transpose -i 2",
                   "%%convreel --theme dark\nConv2d(1, 1, 2)\nReLU()", "%convreel explain conv2d -i 5",
                   "convreel.sweep('conv2d', {'stride': [1, 2]}, input_size=3, steps=1)"]
        cells = [{"cell_type": "code", "metadata": {}, "source": text, "outputs": [], "execution_count": None} for text in sources]
        notebook = {"cells": cells, "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3"}}, "nbformat": 4, "nbformat_minor": 4}
        (self.folder / "a.ipynb").write_text(json.dumps(notebook))
        self.run_within("jupyter-nbconvert", "--to", "notebook", "--execute", "--output", "done.ipynb", "a.ipynb")
        done = json.loads((self.folder / "done.ipynb").read_text())["cells"]
        shown = [cell["outputs"][0]["data"] for cell in done if cell["outputs"] and "data" in cell["outputs"][0]]
        self.assertEqual([sorted(data) for data in shown[:-1]], [["image/png", "text/html", "text/plain"]] * 4)
        self.assertIn("<table>", "".join(shown[-1]["text/html"]))
        self.assertIn("kernel", "".join(done[6]["outputs"][0]["text"]))
        self.run_within("jupyter-nbconvert", "--to", "html", "done.ipynb")
        page = (self.folder / "done.html").read_text()
        self.assertEqual(page.count("<iframe srcdoc="), 4)
        self.assertGreater(self.shot((self.folder / "done.html").as_uri(), "notebook.png", "1000,2600"), 50)


INDEX = """
Doc
===

.. convreel:: conv2d -i 4 -s 2 -p 1
   :caption: A window that moves by *two*

.. convreel:: --theme guide

   layer = "conv2d"
   input-size = 3

.. convreel::
   :width: 50%

   Conv2d(1, 1, 2)
   ReLU()

.. toctree::

   other
"""
OTHER = "# Other\n\n```{convreel} transpose -i 2\n:alt: My own words\n:format: mp4\n```\n"


class Sphinx(Case):
    def setUp(self):
        super().setUp()
        (self.folder / "conf.py").write_text('project = "Doc"\nextensions = ["convreel.sphinx", "myst_parser"]\n')
        (self.folder / "index.rst").write_text(INDEX)
        (self.folder / "other.md").write_text(OTHER)

    def build(self, builder, *more):
        return self.run_within(PYTHON, "-m", "sphinx", "-b", builder, *more, "-d", "trees", ".", builder)

    def test_html(self):
        self.build("html", "-W")
        page = (self.folder / "html/index.html").read_text()
        first = re.search(r"<picture>.*?</picture>", page)[0]
        self.assertEqual(re.findall(r'media="([^"]*)"', first),
                         ["(prefers-reduced-motion: reduce) and (prefers-color-scheme: dark)", "(prefers-reduced-motion: reduce)", "(prefers-color-scheme: dark)"])
        for path in re.findall(r'(?:src|srcset)="(_images/[^"]*)"', page):
            self.assertGreater((self.folder / "html" / path).stat().st_size, 500)
        self.assertIn('alt="Convolution: 3×3 kernel, stride 2', first)
        self.assertIn('aria-label="My own words"', (self.folder / "html/other.html").read_text())
        shown = page + (self.folder / "html/other.html").read_text()
        self.assertEqual(shown.count("max-width: 100%"), 4)  # else a video is as wide as its file
        self.assertGreater(self.shot((self.folder / "html/index.html").as_uri(), "html.png", "900,1500"), 20)

    def test_what_is_made_is_kept(self):
        self.build("html")
        kept = {path: path.stat().st_mtime_ns for path in (self.folder / "trees/convreel").iterdir()}
        (self.folder / "index.rst").write_text(INDEX.replace("*two*", "*2*"))
        self.build("html", "-E")
        self.assertEqual({path: path.stat().st_mtime_ns for path in (self.folder / "trees/convreel").iterdir() if path.suffix != ".toml"},
                         {path: time for path, time in kept.items() if path.suffix != ".toml"})

    def test_latex_and_text(self):
        self.build("latex")
        text = (self.folder / "latex/doc.tex").read_text()
        self.assertEqual(text.count("sphinxincludegraphics[width="), 4)
        if shutil.which("pdflatex"):
            subprocess.run(["pdflatex", "-interaction=nonstopmode", "doc.tex"], cwd=self.folder / "latex", capture_output=True, timeout=300)
            self.assertTrue((self.folder / "latex/doc.pdf").is_file())
        self.build("text")
        self.assertIn("My own words", (self.folder / "text/other.txt").read_text())

    def test_a_mistake_is_told_with_its_line(self):
        (self.folder / "index.rst").write_text("Doc\n===\n\n.. convreel:: conv2d --strid 2\n")
        said = self.build("html")
        self.assertIn("index.rst:4", said)
        self.assertIn("did you mean --stride?", said)


if __name__ == "__main__":
    BINARY = os.path.abspath(sys.argv[1])
    unittest.main(argv=sys.argv[:1])
