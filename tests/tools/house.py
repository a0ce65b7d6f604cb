#!/usr/bin/env python3
"""Draws the rooms of src/, their folders and who includes whom, as docs/architecture.md shows it.

house.py writes docs/images/house.svg; a rules test sees that it is what src/ is now.

Rows follow from the includes, columns are chosen below. Every arrow is a vertical line in a column that is free between its
two rooms, so none can cross a room; the script says so when a new include finds no such column."""
import html
import pathlib
import sys
import textwrap

SOURCE = pathlib.Path(__file__).resolve().parents[2]
PICTURE = SOURCE / "docs/images/house.svg"
sys.path.insert(0, str(SOURCE / "tests/rules"))
from includes_test import THIRD_PARTY, includes_of  # noqa: E402

# room: (first column, last column, floor plan's colour, what it does)
PLACES = {
    "api": (0, 9, "use", "the library: a layer in; trace, words, scenes, files out"),
    "cli": (0, 9, "use", "commands, options, messages, exit codes"),
    "batch": (1, 8, "use", "jobs to files: many at once, painting ahead, stills, contact sheets"),
    "live": (9, 9, "use", "the page of --watch"),
    "output": (1, 8, "look", "one exporter a format"),
    "views": (1, 5, "tale", "what is shown: panels, cells, words and pictures of every step"),
    "paint": (6, 7, "look", "a scene's pixels"),
    "encode": (8, 8, "look", "pixels to packets"),
    "model": (0, 0, "number", "ONNX models: layers, sizes, values"),
    "job": (0, 1, "number", "what was asked, resolved"),
    "explain": (2, 3, "number", "the arithmetic in words"),
    "story": (4, 4, "tale", "order and pace"),
    "theme": (6, 7, "look", "colours, lines and letters of roles"),
    "data": (0, 1, "number", "values from files"),
    "scene": (5, 6, "tale", "items with roles"),
    "words": (3, 3, "tale", "every sentence, whole"),
    "numerics": (0, 2, "number", "tensors, geometry, products"),
    "base": (0, 9, "use", "errors, numbers as text, files, cancelling, time"),
}
COLOURS = {"use": ("#f1f3f5", "#868e96"), "number": ("#e7f1fb", "#3b78b5"), "tale": ("#e9f5ec", "#3c8d58"),
           "look": ("#fdf1e3", "#c07a26")}
COLUMNS = 1 + max(last for _, last, _, _ in PLACES.values())
COLUMN, GUTTER, MARGIN, ROOF, BETWEEN = 126, 18, 30, 62, 36
NAME, LINE, PILL = 26, 17, 24


class House:
    """What src/ is: who includes whom, which libraries a room uses, which folders it has and whether they have a door."""

    def __init__(self, source):
        self.uses, self.libraries, self.folders = {}, {}, {}
        for room in sorted(path for path in source.iterdir() if path.is_dir() and next(path.rglob("*.[ch]pp"), None)):
            self.uses[room.name], self.libraries[room.name] = set(), set()
            for path in room.rglob("*.[ch]pp"):
                self._read(room.name, path.read_text())
            self.folders[room.name] = {folder.name: (folder / f"{folder.name}.hpp").exists()
                                       for folder in sorted(room.iterdir()) if folder.is_dir()}

    def _read(self, room, text):
        quoted, angled = includes_of(text)
        self.uses[room] |= {name.split("/")[0] for name in quoted} - {room}
        self.libraries[room] |= {word for prefix, word in THIRD_PARTY.items() for name in angled if name.startswith(prefix)}

    def below(self, room):
        """Every room that `room` reaches through others."""
        return {deep for next_ in self.uses[room] for deep in self.uses[next_] | self.below(next_)}

    def arrows(self):
        """The includes that do not follow from others."""
        return [(room, used) for room in self.uses for used in sorted(self.uses[room] - self.below(room))]

    def floors(self):
        """room -> floor, the ground being 0: right below the lowest room that includes it."""
        users = {room: [user for user in self.uses if room in self.uses[user]] for room in self.uses}

        def depth(room):
            return 1 + max(map(depth, users[room]), default=-1)

        depths = {room: depth(room) for room in self.uses}
        return {room: max(depths.values()) - depths[room] for room in depths}


def left(column):
    return MARGIN + column * (COLUMN + GUTTER)


def right(column):
    return left(column) + COLUMN


def text(x, y, words, size, colour, more=""):
    return f'<text x="{x:g}" y="{y:g}" font-size="{size}" fill="{colour}"{more}>{html.escape(words)}</text>'


def pill_width(name):
    return 7 * len(name) + 20


def pill_rows(names, width):
    """Folder names in lines no wider than a room."""
    rows, used = [[]], 0
    for name in names:
        if rows[-1] and used + pill_width(name) > width:
            rows.append([])
            used = 0
        rows[-1].append(name)
        used += pill_width(name) + 6
    return rows if names else []


class Room:
    """One box: name, libraries, purpose, folders."""

    def __init__(self, name, house):
        self.name = name
        self.first, self.last, kind, purpose = PLACES[name]
        self.fill, self.ink = COLOURS[kind]
        self.width = right(self.last) - left(self.first)
        self.purpose = textwrap.wrap(purpose, int((self.width - 20) / 6.2))
        self.libraries = textwrap.wrap(", ".join(sorted(house.libraries[name] - {"fmt"})), int((self.width - 20) / 5.8))
        self.folders = house.folders[name]
        self.pills = pill_rows(list(self.folders), self.width - 20)
        self.height = 14 + NAME + LINE * len(self.purpose + self.libraries) + (PILL + 5) * len(self.pills)

    def drawn(self, top, height):
        x, y = left(self.first), top
        parts = [f'<rect x="{x}" y="{y}" width="{self.width}" height="{height}" rx="8" fill="{self.fill}" '
                 f'stroke="{self.ink}" stroke-width="1.5"/>',
                 text(x + 12, y + NAME, self.name, 17, "#212529", ' font-weight="600"')]
        y += NAME
        for line in self.purpose:
            y += LINE
            parts.append(text(x + 12, y, line, 12.5, "#495057"))
        for line in self.libraries:
            y += LINE
            parts.append(text(x + 12, y, line, 12, self.ink, ' font-style="italic"'))
        y += 9
        for row in self.pills:
            parts += self._pills(row, x + 10, y)
            y += PILL + 5
        return parts

    def _pills(self, names, x, y):
        parts = []
        for name in names:
            dashes = "" if self.folders[name] else ' stroke-dasharray="3 3"'
            parts.append(f'<rect x="{x}" y="{y}" width="{pill_width(name)}" height="{PILL}" rx="5" '
                         f'fill="{"#ffffff" if self.folders[name] else "none"}" stroke="{self.ink}"{dashes}/>')
            parts.append(text(x + pill_width(name) / 2, y + 16, name, 12.5, "#343a40", ' text-anchor="middle"'))
            x += pill_width(name) + 6
        return parts


def lane(house, floors, upper, lower):
    """The middle of the columns in which an arrow meets nothing else."""
    def spans(room, column):
        return PLACES[room][0] <= column <= PLACES[room][1]

    between = [room for room in house.uses if floors[lower] < floors[room] < floors[upper]]
    free = [column for column in range(COLUMNS) if spans(upper, column) and spans(lower, column)
            and not any(spans(room, column) for room in between)]
    if not free:
        raise SystemExit(f"house.py: no free column from {upper} to {lower}; give one of them another place")
    return (left(free[0]) + right(free[-1])) / 2


def arrow(x, top, bottom):
    return (f'<path d="M{x:g} {top} V{bottom - 7}" stroke="#495057" stroke-width="1.6" fill="none"/>'
            f'<path d="M{x - 5:g} {bottom - 9} L{x:g} {bottom - 1} L{x + 5:g} {bottom - 9} Z" fill="#495057"/>')


def roof(width):
    middle = width / 2
    return (f'<path d="M{MARGIN - 14} {ROOF + 8} L{middle:g} 14 L{width - MARGIN + 14} {ROOF + 8} Z" fill="#f1f3f5" '
            f'stroke="#868e96" stroke-width="1.5" stroke-linejoin="round"/>'
            + text(middle, ROOF - 6, "convreel", 17, "#212529", ' font-weight="600" text-anchor="middle"'))


def legend(y):
    return [f'<path d="M{MARGIN} {y - 4} h26" stroke="#495057" stroke-width="1.6"/>'
            f'<path d="M{MARGIN + 24} {y - 9} l8 5 l-8 5 Z" fill="#495057"/>',
            text(MARGIN + 42, y, "includes; what follows from other arrows is left out", 12.5, "#495057"),
            f'<rect x="{MARGIN + 390}" y="{y - 16}" width="26" height="{PILL - 2}" rx="5" fill="#ffffff" stroke="#868e96"/>',
            text(MARGIN + 426, y, "a folder with a door", 12.5, "#495057"),
            f'<rect x="{MARGIN + 580}" y="{y - 16}" width="26" height="{PILL - 2}" rx="5" fill="none" stroke="#868e96" '
            'stroke-dasharray="3 3"/>',
            text(MARGIN + 616, y, "a folder that others do not include", 12.5, "#495057")]


def drawn(house):
    homeless = sorted(set(house.uses) ^ set(PLACES))
    if homeless:
        raise SystemExit(f"house.py: PLACES and src/ do not agree about {', '.join(homeless)}")
    floors = house.floors()
    rooms = {name: Room(name, house) for name in house.uses}
    tops, heights, y = {}, {}, ROOF + 22
    for floor in range(max(floors.values()), -1, -1):
        here = [name for name in rooms if floors[name] == floor]
        height = max(rooms[name].height for name in here)
        for name in here:
            tops[name], heights[name] = y, height
        y += height + BETWEEN
    width, height = right(COLUMNS - 1) + MARGIN, y + 18
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
             'font-family="Inter, Helvetica, Arial, sans-serif">',
             "<title>The rooms of convreel and who includes whom</title>",
             f'<rect width="{width}" height="{height}" fill="#ffffff"/>', roof(width)]
    for name in rooms:
        parts += rooms[name].drawn(tops[name], heights[name])
    for upper, lower in house.arrows():
        parts.append(arrow(lane(house, floors, upper, lower), tops[upper] + heights[upper], tops[lower]))
    return "\n".join([*parts, *legend(y), "</svg>", ""])


if __name__ == "__main__":
    PICTURE.write_text(drawn(House(SOURCE / "src")))
