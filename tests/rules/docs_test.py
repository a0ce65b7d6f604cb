#!/usr/bin/env python3
"""Holds the README and docs/ to what is there: links and pictures exist, pictures come from job files, commands run.

docs_test.py CONVREEL

A command is a line of a ```sh block that begins with `convreel`, in README.md or docs/guide. It is run as it stands in a
folder that has assets/ as a checkout has. A block after `<!-- not run: why -->` is left out. Ten commands that make
videos take nine tenths of the time: they get a small --size, unless CONVREEL_THOROUGH is set.
"""

import concurrent.futures
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

SOURCE = pathlib.Path(__file__).resolve().parents[2]
PAGES = [SOURCE / "README.md", *sorted((SOURCE / "docs").rglob("*.md"))]
COMMAND_PAGES = [SOURCE / "README.md", *sorted((SOURCE / "docs/guide").glob("*.md"))]
LARGEST_PICTURE = 150 * 1024
MAKES_VIDEO = r"\.(mp4|webm|pptx)\b|--for (powerpoint|revealjs|blog)\b"


def links_of(text):
    """Targets of Markdown links and pictures, code left out."""
    text = re.sub(r"^```.*?^```", "", text, flags=re.S | re.M)
    text = re.sub(r"`[^`\n]*`", "", text)
    return re.findall(r"\]\(([^)\s]+)\)", text)


def pictures_of(text):
    return re.findall(r"!\[[^\]]*\]\(([^)\s]+)\)", text)


def dead_links(page, text):
    """Targets inside the repository that are not there."""
    local = [link.split("#")[0] for link in links_of(text) if not re.match(r"[a-z]+:", link)]
    return [link for link in local if link and not (page.parent / link).exists()]


def commands_of(text):
    """Logical lines that begin with convreel, in sh blocks that are not marked."""
    found = []
    for mark, body in re.findall(r"(<!-- not run: [^\n]*-->\n+)?^```sh\n(.*?)^```", text, re.S | re.M):
        lines = [line[0] for line in re.finditer(r"(?:'[^']*'|[^'\n])+", body.replace("\\\n", " "))]
        found += [] if mark else [line.strip() for line in lines if line.startswith("convreel ")]
    return found


def gallery_of(text):
    """(picture's name, command) of table rows of pictures and the rows of commands below them."""
    rows = [re.findall(r"[^|]+", line) for line in text.splitlines() if line.startswith("|")]
    pairs = []
    for above, below in zip(rows, rows[1:]):
        for picture, command in zip(above, below):
            name, line = re.search(r"!\[[^\]]*\]\(([^)]+)\)", picture), re.search(r"`(convreel [^`]*)`", command)
            pairs += [(pathlib.Path(name[1]).stem, line[1])] if name and line else []
    return pairs


def furnish(folder):
    """What stands at the top of a checkout, where the documents' commands are typed."""
    (folder / "assets").symlink_to(SOURCE / "assets")


def smaller(line):
    """The command with a small picture where it makes a video of the usual size."""
    if not re.search(MAKES_VIDEO, line) or "--size" in line:
        return line
    return re.sub(r"^(convreel \S+)", r"\1 --size 320x200", line)


def run(binary, line, folder):
    """What is wrong with the command; empty when it runs."""
    environment = dict(os.environ, PATH=f"{binary.parent}:{os.environ['PATH']}")
    answer = subprocess.run(["bash", "-euo", "pipefail", "-c", line], cwd=folder, env=environment, capture_output=True,
                            text=True, timeout=280, stdin=subprocess.DEVNULL)
    return "" if answer.returncode == 0 else f"{line}\n  exit {answer.returncode}: {answer.stderr.strip()}"


def faults_of_page(binary, text):
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        furnish(folder)
        lines = commands_of(text)
        if "CONVREEL_THOROUGH" not in os.environ:
            lines = [smaller(line) for line in lines]
        return [fault for line in lines if (fault := run(binary, line, folder))]


class Links(unittest.TestCase):
    def test_every_link_and_picture_is_there(self):
        dead = [f"{page.relative_to(SOURCE)}: {link}" for page in PAGES for link in dead_links(page, page.read_text())]
        self.assertEqual(dead, [])

    def test_every_decision_is_in_the_list(self):
        folder = SOURCE / "docs/decisions"
        listed = {link.split("#")[0] for link in links_of((folder / "README.md").read_text())}
        self.assertEqual(listed, {page.name for page in folder.glob("*.md")} - {"README.md"})

    def test_the_check_can_fail(self):
        text = "[a](docs/nowhere.md) ![b](b.gif) [c](README.md#x) [d](https://example.org) `[e](e.md)`"
        self.assertEqual(dead_links(SOURCE / "README.md", text), ["docs/nowhere.md", "b.gif"])


class Pictures(unittest.TestCase):
    readme = (SOURCE / "README.md").read_text()

    def test_every_picture_of_the_readme_has_its_job_file(self):
        pictures = pictures_of(self.readme)
        self.assertGreaterEqual(len(pictures), 8)
        for picture in pictures:
            job = SOURCE / "assets/examples" / (pathlib.Path(picture).stem + ".toml")
            self.assertTrue(job.is_file(), f"{picture} has no {job}")

    def test_every_picture_is_small(self):
        pictures = [path for path in (SOURCE / "docs/images").iterdir() if path.suffix in (".gif", ".png", ".webp", ".svg")]
        self.assertTrue(pictures)
        self.assertEqual([p.name for p in pictures if not 0 < p.stat().st_size <= LARGEST_PICTURE], [])

    def test_the_flags_beside_a_picture_say_the_same_as_its_job_file(self):
        gallery = gallery_of(self.readme)
        self.assertGreaterEqual(len(gallery), 6)
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            for picture, line in gallery:
                self.assertEqual(run(BINARY, line, folder), "")
                job = SOURCE / "assets/examples" / f"{picture}.toml"
                self.assertEqual(run(BINARY, f"convreel render '{job}' -o job-{picture}.gif", folder), "")
                flags, file = (folder / f"{picture}.gif").read_bytes(), (folder / f"job-{picture}.gif").read_bytes()
                self.assertTrue(flags == file, f"{line} draws something else than {job}")


class Data(unittest.TestCase):
    def test_the_example_data_is_what_its_script_makes(self):
        sys.path.insert(0, str(SOURCE / "tests/tools"))
        from example_data import FILES, FOLDER
        self.assertEqual({path.name: path.read_bytes() for path in FOLDER.iterdir()}, FILES)


class Commands(unittest.TestCase):
    def test_every_command_runs(self):
        texts = [page.read_text() for page in COMMAND_PAGES]
        self.assertGreaterEqual(sum(len(commands_of(text)) for text in texts), 40)
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            faults = [fault for found in pool.map(lambda text: faults_of_page(BINARY, text), texts) for fault in found]
        self.assertEqual(faults, [], "\n".join(faults))

    def test_videos_alone_are_made_smaller(self):
        self.assertEqual(smaller("convreel conv2d -o a.mp4"), "convreel conv2d --size 320x200 -o a.mp4")
        for line in ("convreel conv2d -o a.gif", "convreel conv2d --size 500x300 -o a.mp4"):
            self.assertEqual(smaller(line), line)

    def test_the_check_can_fail(self):
        page = ("```sh\nconvreel conv2d --strid 2 -o a.gif\nls\nconvreel list views\n```\n"
                "<!-- not run: no -->\n```sh\nconvreel no\n```\n")
        faults = faults_of_page(BINARY, page)
        self.assertEqual(len(faults), 1)
        self.assertIn("exit 2", faults[0])


if __name__ == "__main__":
    BINARY = pathlib.Path(sys.argv[1]).resolve()
    unittest.main(argv=sys.argv[:1])
