#!/usr/bin/env python3
"""Every C++ file is formatted as .clang-format says."""

import pathlib
import subprocess
import sys
import unittest

SOURCE = pathlib.Path(__file__).resolve().parents[2]


def misformatted(paths):
    run = subprocess.run(["clang-format", "--dry-run", "--Werror", *map(str, paths)], capture_output=True, text=True)
    return sorted({line.split(":")[0] for line in run.stderr.splitlines() if "error:" in line})


class Format(unittest.TestCase):
    def test_every_file(self):
        files = [p for root in ("src", "tests") for p in sorted((SOURCE / root).rglob("*.[ch]pp"))]
        self.assertTrue(files)
        self.assertEqual(misformatted(files), [])

    def test_the_check_can_fail(self):
        ugly = pathlib.Path(self.enterContext(__import__("tempfile").TemporaryDirectory())) / "ugly.cpp"
        ugly.write_text("int   main( ){return 0 ;}\n")
        self.assertEqual(misformatted([ugly]), [str(ugly)])


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
