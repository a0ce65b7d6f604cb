#!/usr/bin/env python3
"""Holds every #include "room/..." of src/ against the table in docs/architecture.md, third-party headers too, and sees that
a folder within a room is entered through its door, and that a file includes the standard headers it needs."""

import functools
import pathlib
import re
import sys
import unittest

SOURCE = pathlib.Path(__file__).resolve().parents[2]

# Which header prefixes belong to which third-party word of the table.
THIRD_PARTY = {
    "fmt/": "fmt", "nlohmann/": "nlohmann", "toml++/": "toml++", "CLI/": "CLI11", "cairo": "cairo", "pango/": "pango",
    "libav": "libav", "libsw": "libav", "gif_lib": "gif", "png.h": "png", "jpeglib": "jpeg", "webp/": "webp", "oneapi/": "tbb", "tbb/": "tbb",
    "zip.h": "zip", "onnx/": "onnx", "google/protobuf/": "protobuf", "zlib.h": "zlib", "xxhash": "xxhash", "fontconfig/": "pango", "ft2build": "pango", "glib": "pango",
}


def read_table(text):
    """room -> (rooms it may include, third-party words)."""
    body = re.search(r"<!-- include-table -->(.*?)<!-- /include-table -->", text, re.S).group(1)
    table = {}
    for line in body.strip().splitlines()[2:]:
        room, rooms, third = (cell.strip() for cell in line.strip("|").split("|"))
        table[room] = (set(rooms.split()), set(third.split()))
    return table


def includes_of(text):
    """(quoted, angled) names of a file's includes."""
    return tuple(re.findall(rf"^#include {form}", text, re.M) for form in ('"([^"]+)"', "<([^>]+)>"))


def faults_in(room, text, table):
    """Every include of `text`, a file of `room`, that the table does not allow."""
    rooms, third = table[room]
    quoted, angled = includes_of(text)
    words = {name: next((word for prefix, word in THIRD_PARTY.items() if name.startswith(prefix)), None) for name in angled}
    return ([name for name in quoted if name.split("/")[0] not in rooms | {room}]
            + [name for name, word in words.items() if word and word not in third])


def past_doors(path, text):
    """Every include of `text`, the file `path` of src/, that reaches into a folder of a room past the folder's door."""
    return [str(name) for name in map(pathlib.PurePath, includes_of(text)[0])
            if len(name.parts) > 2 and name.parent != pathlib.PurePath(path).parent and name.stem != name.parent.name]


# Where the standard's names come from, those that we use most. A room is compiled as one source, which hides that a file
# has forgotten an include.
STANDARD = {
    "algorithm": "all_of any_of clamp copy count_if fill find find_if max max_element min min_element minmax none_of"
                 " remove_if replace reverse sort stable_sort transform unique ranges::sort ranges::find ranges::any_of"
                 " ranges::find_if ranges::all_of ranges::count_if ranges::max ranges::min",
    "array": "array", "atomic": "atomic", "chrono": "chrono::\\w+", "cmath": "abs ceil floor round sqrt hypot atan2 isfinite",
    "condition_variable": "condition_variable", "deque": "deque", "filesystem": "filesystem::\\w+",
    "functional": "function", "map": "map multimap", "memory": "unique_ptr shared_ptr make_unique make_shared weak_ptr",
    "mutex": "mutex lock_guard scoped_lock unique_lock", "numbers": "numbers::\\w+",
    "optional": "optional nullopt", "set": "set", "span": "span", "string": "to_string stoi getline",
    "thread": "thread jthread this_thread::\\w+", "tuple": "tuple tie", "unordered_map": "unordered_map",
    "unordered_set": "unordered_set", "utility": "exchange", "variant": "variant visit get_if", "vector": "vector",
}
ALIKE = {"functional": {"algorithm"}, "cmath": {"cstdlib"}}  # what a name may come from besides


def forgotten(text, given=frozenset()):
    """Standard headers whose names `text` uses, and which neither it nor what it includes of ours (`given`) includes."""
    given = given | set(includes_of(text)[1])
    code = re.sub(r"//.*", "", text)
    return [header for header, names in STANDARD.items()
            if header not in given and not ALIKE.get(header, set()) & given
            and re.search(rf"\bstd::({'|'.join(names.split())})\b(?!::)", code)]


@functools.cache
def angled_below(name):
    """The angled names that src/`name` and what it includes of ours bring."""
    quoted, angled = includes_of((SOURCE / "src" / name).read_text())
    return frozenset(angled).union(*map(angled_below, quoted))


class Includes(unittest.TestCase):
    table = read_table((SOURCE / "docs/architecture.md").read_text())

    def test_every_file_keeps_to_the_table(self):
        faults = []
        for path in sorted((SOURCE / "src").rglob("*.[ch]pp")):
            relative = path.relative_to(SOURCE / "src")
            if len(relative.parts) < 2:
                continue
            self.assertIn(relative.parts[0], self.table, f"{relative}: a room that docs/architecture.md does not list")
            faults += [f"{relative}: {f}" for f in faults_in(relative.parts[0], path.read_text(), self.table)]
        self.assertEqual(faults, [])

    def test_folders_are_entered_by_their_doors(self):
        faults = []
        for path in sorted((SOURCE / "src").rglob("*.[ch]pp")):
            relative = path.relative_to(SOURCE / "src")
            faults += [f"{relative}: {fault}" for fault in past_doors(relative, path.read_text())]
        self.assertEqual(faults, [])

    def test_files_include_what_they_name(self):
        faults = []
        for path in sorted((SOURCE / "src").rglob("*.[ch]pp")):
            name = path.relative_to(SOURCE / "src")
            faults += [f"{name}: <{header}>" for header in forgotten(path.read_text(), angled_below(name))]
        self.assertEqual(faults, [])

    def test_the_check_of_names_can_fail(self):
        self.assertEqual(forgotten("std::vector<int> a;  // std::set"), ["vector"])
        self.assertEqual(forgotten("std::vector<int> a;", {"vector"}), [])

    def test_the_check_can_fail(self):
        self.assertEqual(faults_in("numerics", '#include "paint/painter.hpp"\n', self.table), ["paint/painter.hpp"])
        self.assertEqual(faults_in("views", "#include <cairo.h>\n", self.table), ["cairo.h"])

    def test_the_check_of_doors_can_fail(self):
        for outside in ("views/slide.cpp", "views/reel/reel.cpp", "output/gif/gif.cpp"):
            self.assertEqual(past_doors(outside, '#include "views/parts/grid.hpp"\n'), ["views/parts/grid.hpp"])
        self.assertEqual(past_doors("views/slide.cpp", '#include "views/parts/parts.hpp"\n'), [])
        self.assertEqual(past_doors("views/parts/caption.cpp", '#include "views/parts/grid.hpp"\n'), [])
        self.assertEqual(past_doors("encode/media.cpp", '#include "encode/libav/decoder.hpp"\n'),
                         ["encode/libav/decoder.hpp"])

    def test_a_house_without_circles(self):
        done = set()
        while len(done) < len(self.table):
            free = {room for room, (rooms, _) in self.table.items() if room not in done and rooms <= done}
            self.assertTrue(free, "the include table has a circle")
            done |= free


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
