"""Every form of .pptx against the standard's schema and the Open XML SDK's further rules (ids, relations, references), by
Microsoft's validator. Needs `npm ci` in this folder. Usage: pptx_schema_test.py PATH-OF-CONVREEL"""
import json
import os
import subprocess
import sys
import tempfile
import unittest
import zipfile

# The program itself: npm cannot lock the package around it, whose parts for other machines it does not see.
VALIDATOR = os.path.join(os.path.dirname(os.path.abspath(__file__)), "node_modules", "@xarsh",
                         "ooxml-validator-linux-x64", "ooxml-validator")
LAYER = ["conv2d", "-i", "4", "-k", "3", "--step", "0.2s", "--hold-end", "0.4s", "-q"]
FORMS = {
    "animation": ["-o", "a.pptx"],
    "gif": ["-o", "a.pptx:media=gif:fps=5"],
    "at a click": ["-o", "a.pptx:start=click"],
    "three times": ["-o", "a.pptx", "--loop", "3"],
    "a slide a step": ["-o", "a.pptx:slides=steps"],
    "dark": ["-o", "a.pptx", "--theme", "dark"],
    "hostile words": ["-o", "a.pptx", "--title", 'A <b> & "c" \N{RIGHTWARDS ARROW} ]]>'],
}


class Schema(unittest.TestCase):
    def setUp(self):
        self.assertTrue(os.path.exists(VALIDATOR), "npm ci in tests/heavy comes first")
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.file = os.path.join(folder.name, "a.pptx")

    def make(self, words):
        subprocess.run([BINARY, *LAYER, *words], cwd=os.path.dirname(self.file), check=True)

    def faults(self, version):
        done = subprocess.run([VALIDATOR, self.file, version], stdout=subprocess.PIPE, timeout=120)
        told = json.loads(done.stdout)
        self.assertEqual(told["ok"], not told["errors"])
        return told["errors"]

    def test_every_form_is_valid(self):
        for name, words in FORMS.items():
            self.make(words)
            for version in ("Office2010", "Microsoft365"):
                with self.subTest(name, version=version):
                    self.assertEqual(self.faults(version), [])

    def spoil(self, part, old, new):
        with zipfile.ZipFile(self.file) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        self.assertIn(old, parts[part])
        parts[part] = parts[part].replace(old, new, 1)
        with zipfile.ZipFile(self.file, "w") as archive:
            for name, content in parts.items():
                archive.writestr(name, content)

    def test_faults_are_seen(self):
        slide = "ppt/slides/slide1.xml"
        for part, old, new in ((slide, b"<p:nvPr/>", b""), (slide, b'descr="', b'describe="'),
                               (slide, b'r:embed="rId2"', b'r:embed="rId9"')):
            with self.subTest(old):
                self.make(["-o", "a.pptx:slides=steps"])
                self.spoil(part, old, new)
                self.assertNotEqual(self.faults("Microsoft365"), [])


if __name__ == "__main__":
    BINARY = os.path.abspath(sys.argv.pop(1))
    unittest.main()
