#!/usr/bin/env python3
"""The picture of the rooms in docs/architecture.md is what src/ is now."""

import pathlib
import sys
import unittest

SOURCE = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(SOURCE / "tests/tools"))
import house  # noqa: E402


class Picture(unittest.TestCase):
    def setUp(self):
        self.house = house.House(SOURCE / "src")

    def test_is_current(self):
        self.assertEqual(house.drawn(self.house), house.PICTURE.read_text(), "run tests/tools/house.py")

    def test_the_check_can_fail(self):
        self.house.folders["paint"] = {"glyphs": True}
        self.assertNotEqual(house.drawn(self.house), house.PICTURE.read_text())

    def test_no_arrow_crosses_a_room(self):
        self.house.uses["explain"].add("scene")
        with self.assertRaisesRegex(SystemExit, "no free column from explain to scene"):
            house.drawn(self.house)

    def test_a_room_without_a_place_is_named(self):
        self.house.uses["attic"] = {"base"}
        with self.assertRaisesRegex(SystemExit, "attic"):
            house.drawn(self.house)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
