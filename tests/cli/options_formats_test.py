"""Every option of the group Show in every format: it changes the file, or a note says that it cannot. Both from the tables:
an option or a format that is new is walked, or fails here until it is."""
import json
import re

import support

LAYER = ["conv-transpose1d", "-i", "2", "-k", "2", "-s", "2"]  # a story as short as one can be
SHORT = {"hold-end": "0.4s", "step": "0.2s", "size": "320x180"}  # small, for speed
# What each option is set to: none of them its default in any format, nor what a palette would choose.
VALUES = {
    "view": "matrix", "theme": "dark", "set": "role.input.fill=#FF0000", "layout": "plain", "size": "500x300", "cell": "20",
    "title": "Other", "numbers": False, "arithmetic": False, "chapters": "none", "motion": None, "pace": None, "step": "0.3s",
    "hold-start": "0.4s", "hold-end": "0.2s", "predict": "0.1s", "speed": "2", "fps": "12", "loop": "3", "steps": "2..3",
    "transparent": True, "aa-levels": "32", "credit": False,
}
# More forms of formats whose options change what they are.
FORMS = {"svg": [":animated"], "pdf": [":pages=frames", ":pages=grid"], "pptx": [":media=gif", ":slides=steps"], "png": [":strip=3"]}
OPAQUE = "no transparency"


class Walk(support.Case):
    def setUp(self):
        super().setUp()
        self.formats = json.loads(self.ok("list", "formats", "--json").stdout)
        self.ignored = {row["name"]: row["ignores"] for row in self.formats}
        self.outputs = {}
        self.small = set()  # outputs whose numbers are too small to be drawn
        for row in self.formats:
            for n, form in enumerate(["", *FORMS.get(row["name"], [])]):
                self.outputs["a%d%s" % (n, row["ending"])] = (row["name"], form)

    def made(self, option=None, value=None):
        words = [] if option is None else ["--" + option] if value is True else ["--no-" + option] if value is False else []
        chosen = dict(SHORT, **({option: value} if option and not words else {}))
        words += [word for name, text in chosen.items() for word in ("--" + name, text)]
        words += [word for name, (_, form) in self.outputs.items() for word in ("-o", name + form)]
        done = self.ok(*LAYER, *words)
        notes = [line for line in done.stderr.decode().splitlines() if line.startswith("note:")]
        return {name: self.read(name) for name in self.outputs}, notes

    def excused(self, option, name, notes):
        """Whether a note speaks of the option and the output's format."""
        form = self.outputs[name][0]
        told = any(note.startswith("note: %s:" % form) and re.search(r"--%s\b(?!-)" % option, note) for note in notes)
        if option == "numbers" and name in self.small:
            return True
        return told or (option == "transparent" and any(OPAQUE in note and name in note for note in notes))

    def check(self, option, base, value):
        files, notes = self.made(option, value)
        for name, data in files.items():
            form, options = self.outputs[name]
            with self.subTest(option=option, output=name + options):
                self.assertTrue(data != base[name] or self.excused(option, name, notes), "nothing changes and nothing is said: %s" % notes)
                if option in self.ignored[form] and not options:
                    self.assertEqual(data == base[name], True, "the format table says that this changes nothing")

    def test_options_in_formats(self):
        page = self.ok("reference", "commands").stdout.decode()
        show = page[page.index("| Show "):]
        known = re.findall(r"^\| `\s*(?:-\w, )?--([a-z-]+)", show[:show.index("\n\n")], re.MULTILINE)
        self.assertEqual(sorted(known), sorted(VALUES), "an option without a value to walk with, or a value without its option")
        base, notes = self.made()
        ignored = [note for note in notes if "changes nothing" in note or "change nothing" in note]
        self.assertTrue(all(any("--" + name in note for name in SHORT) for note in ignored), notes)
        self.small = small = {note.split(":")[1].strip() for note in notes if "are left out" in note}  # numbers, at that size
        self.assertEqual(len(small) + len(ignored), len(notes), notes)
        self.assertTrue({"a0.gif", "a0.png", "a0.svg"} <= small, small)
        self.assertEqual([name for name in small if "size" in self.ignored[self.outputs[name][0]]], [])
        for option, value in VALUES.items():
            if option in ("motion", "pace"):
                continue
            self.check(option, base, value)

    def test_pace_in_formats(self):
        """Where there are many steps it changes what is shown together."""
        def made(pace):
            words = [word for name in self.outputs for word in ("-o", name + self.outputs[name][1])]
            small = ("--size", "160x120", "--motion", "step", "--speed", "20")
            done = self.ok("transpose", "-i", "4", "-k", "2", "-s", "2", "--pace", pace, *small, *words)
            notes = [line for line in done.stderr.decode().splitlines() if line.startswith("note:")]
            return {name: self.read(name) for name in self.outputs}, notes

        teach, told = made("teach")
        even, _ = made("even")
        for name in self.outputs:
            with self.subTest(output=name + self.outputs[name][1]):
                self.assertTrue(teach[name] != even[name] or self.excused("pace", name, told))

    def test_motion_in_formats(self):
        """Its default is the format's own: one of the two changes the file."""
        step, told = self.made("motion", "step")
        smooth, more = self.made("motion", "smooth")
        for name in self.outputs:
            with self.subTest(output=name + self.outputs[name][1]):
                self.assertTrue(step[name] != smooth[name] or self.excused("motion", name, told + more))

    def test_an_outputs_own_rate(self):
        done = self.ok("conv2d", "-i", "3", "-o", "a.gif:fps=12")
        self.assertIn("note: gif: a.gif:fps changes nothing while nothing glides", done.stderr.decode())

    def test_presets_own_options_are_not_noted(self):
        done = self.ok("render", "preset:article/conv-s2p0", "-o", "a.png")
        self.assertNotIn("note:", done.stderr.decode())
        done = self.ok("render", "preset:article/conv-s2p0", "-o", "a.png", "--loop", "2")
        self.assertIn("note: png: --loop changes nothing in stills", done.stderr.decode())


if __name__ == "__main__":
    support.main()
