#!/usr/bin/env python3
"""Sentences that people read in pictures stand in src/words/sentences.hpp: no view, caption or exporter has one of its own.

A sentence is a literal with two words or more, and one of one word where it is drawn: in a span, as a caption, beside the name
of what it labels. Not meant: what a refusal, an error or a table of options says, which is the terminal's language, and
comments."""

import functools
import pathlib
import re
import sys
import unittest

SOURCE = pathlib.Path(__file__).resolve().parents[2]
TABLE = SOURCE / "src/words/sentences.hpp"
ROOMS = ("views", "explain", "output", "batch")

# What a file says that is no picture's word, and why.
ELSEWHERE = {
    "explain/full_text.cpp": "the page of `convreel explain`, in the terminal",
    "explain/pytorch.cpp": "programs",
    "explain/python.cpp": "programs",
    "explain/code": "programs",
    "output/formats.cpp": "the table of formats and their options",
    "output/options.cpp": "errors",
    "output/pptx/parts.cpp": "markup",
    "output/pptx/slide.cpp": "markup",
    "output/png/image.cpp": "errors of libpng",
    "output/webp/webp.cpp": "errors of libwebp",
    "output/pptx/pptx.cpp": "why options contradict each other",
    "output/idle_options.cpp": "warnings in the terminal",
    "batch/merge_shards.cpp": "errors",
    "batch/run_sweep.cpp": "errors of cases",
    "batch/budget.cpp": "notes in the terminal",
    "batch/run_job.cpp": "notes in the terminal",
    "batch/moving.cpp": "what --profile calls its parts",
    "output/credit.hpp": "a licence, word for word",
}

# Openings of refusals that are put together elsewhere than in an error, and of what only `explain` prints.
NOT_DRAWN = ("{} would h", "{} of {}x{} pixels would", "{} has {} bytes", "{} draws rows and columns", "equals shows ", "{} numbers; a trace", "; A is the layer")

# Where a literal of one word is drawn: a span with its role, a caption, what stands beside a name.
DRAWN = (
    r'\{\s*"([^"\n]*)"\s*,\s*(?:scene::)?Role::',
    r'caption_(?:room|width)\("([^"\n]*)"',
    r'"[\w-]+",\s*"([^"\n]*)"',
    r'(?:chips|remarks)\.push_back\(\{?"([^"\n]*)"',
)
# Of one word in both: what a theme, a file or a framework calls it.
NAMES = ("bias-gradient", "kernel-gradient", "input-gradient", "output-gradient")

# Notation, which is no language's, and what a style sheet calls its schemes.
NOTATION = ("pR + op", "min({}, max({}, {}))", "light dark")

LITERAL = re.compile(r'"((?:[^"\\\n]|\\.)*)"')


def without_comments(text):
    return re.sub(r"//[^\n]*", "", text)


def closed(text, start):
    """The place behind the bracket that opens at or after `start`."""
    depth, at = 0, start
    while at < len(text):
        if text[at] == '"':
            at = LITERAL.match(text, at).end() if LITERAL.match(text, at) else at + 1
            continue
        depth += text[at] in "({"
        depth -= text[at] in ")}"
        at += 1
        if depth == 0 and text[at - 1] in ")}":
            return at
    return at


def without_refusals(text):
    """Without errors, rows of the catalogue and the functions that say why a view takes no layer."""
    begins = re.compile(r"base::Error\(|\bthrow [\w:]+\(|constinit const Row k\w+\{|[^\n]*\w*refus\w*\([^;{]*\{|static_assert\(|return Error")
    kept, at = "", 0
    while match := begins.search(text, at):
        kept += text[at:match.start()]
        opened = match.end() - 1
        at = closed(text, opened)
    return kept + text[at:]


def joined_literals(text):
    """Neighbouring literals are one."""
    return re.sub(r'"\s*\n\s*"', "", text)


@functools.cache
def spoken(text):
    """Only what is no comment and no refusal, a literal in one piece."""
    return joined_literals(without_refusals(without_comments(text)))


def labels_in(text):
    """Drawn literals of one word."""
    text = spoken(text)
    found = [literal for place in DRAWN for literal in re.findall(place, text)]
    return [literal for literal in found if re.search(r"[A-Za-z]{2,}", re.sub(r"\{[^}]*\}|\\.", "", literal)) and literal not in NAMES]


def sentences_in(text):
    text = spoken(text)
    text = re.sub(r'R"(\w*)\(.*?\)\1"', '""', text, flags=re.S)  # markup
    text = re.sub(r"^#include.*$", "", text, flags=re.M)
    found = []
    for literal in LITERAL.findall(text):
        if literal.startswith(NOT_DRAWN) or literal in NOTATION:
            continue
        if re.search(r'<|\{\{|@|=\\"', literal):  # markup and style sheets
            literal = re.sub(r"<[^>]*>?|[\w-]+=\S*|\{\{.*|@.*", " ", literal)
        bare = re.sub(r"\{[^}]*\}|\\.|[\w-]+[:/]\S*", " ", literal)
        if re.fullmatch(r"[\w.{}-]*", literal):  # the id of an item
            continue
        if len(re.findall(r"(?<![\w-])[A-Za-z]{2,}(?![\w-])", bare)) >= 2:
            found.append(literal)
    return found


def exempt(path):
    return any(path == name or path.startswith(name + "/") for name in ELSEWHERE)


class Sentences(unittest.TestCase):
    def test_stand_in_the_table(self):
        for room in ROOMS:
            for path in sorted((SOURCE / "src" / room).rglob("*.[ch]pp")):
                name = str(path.relative_to(SOURCE / "src"))
                if exempt(name):
                    continue
                with self.subTest(name):
                    self.assertEqual(sentences_in(path.read_text()), [], "belongs in src/words/sentences.hpp")

    def test_labels_stand_there_too(self):
        for path in sorted((SOURCE / "src/views").rglob("*.[ch]pp")):
            with self.subTest(path.name):
                self.assertEqual(labels_in(path.read_text()), [], "belongs in src/words/sentences.hpp")

    def test_every_exception_is_there(self):
        for name in ELSEWHERE:
            self.assertTrue((SOURCE / "src" / name).exists(), name)

    def test_the_check_can_fail(self):
        self.assertEqual(sentences_in('say("every output begins with its "\n    "bias");'), ["every output begins with its bias"])
        self.assertEqual(sentences_in('throw base::Error(kind, "a refusal has words (too)", "of its own kind");'), [])
        self.assertEqual(sentences_in("// a comment \"with some words\""), [])
        self.assertEqual(sentences_in('chip("ceil mode", on); item("kernel.{}.unread")'), ["ceil mode"])
        for drawn in ('{{"row", Role::muted}}', 'add_caption(items, "input", "row", caption)', 'Chapter{"rows", "row", detail}',
                      'chips.push_back({"row", value})'):
            self.assertEqual(labels_in(drawn)[:1], ["row"], drawn)
        self.assertEqual(labels_in('panel("sum", Role::chip); frame("told", box)'), [])
        self.assertEqual(sentences_in('f("<p>All cases share {}</p>");'), [" All cases share {} "])


class Table(unittest.TestCase):
    def setUp(self):
        self.text = without_comments(TABLE.read_text())
        self.entries = re.findall(r'\{\s*"([\w-]+)",\s*((?:"(?:[^"\\]|\\.)*"\s*)+)\}', self.text)

    def test_every_sentence_has_a_name_of_its_own(self):
        names = [name for name, _ in self.entries]
        self.assertGreater(len(names), 100)
        self.assertEqual(sorted(names), sorted(set(names)))

    def test_blanks_are_closed(self):
        for name, text in self.entries:
            self.assertNotRegex(re.sub(r"\{[a-z-]+\}", "", text), r"[{}]", name)

    def test_every_sentence_is_said(self):
        own = (TABLE.parent / "words.cpp").read_text()
        users = "".join(path.read_text() for path in (SOURCE / "src").rglob("*.[ch]pp") if path != TABLE)
        for constant in re.findall(r"inline constexpr \w+ (k\w+)", self.text):
            self.assertTrue(re.search(rf"\bwords::{constant}\b", users) or re.search(rf"\b{constant}\b", own), f"nobody says {constant}")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
