"""--max-bytes as a person gives it: on the command line, after the colon, in a job file, in a sweep, to stdout."""
import json
import os
import re

import support

LAYER = ["conv2d", "-i", "3", "-k", "2", "--chapters", "none", "--steps", "1..2", "--step", "0.2s", "--hold-end", "0.2s"]


class Budget(support.Case):
    def size(self, name):
        return os.path.getsize(self.path(name))

    def asked(self, *more, name="asked.gif"):
        self.ok(*LAYER, *more, "-o", name)
        return self.size(name)

    def test_a_file_over_the_limit_is_made_smaller_and_a_note_says_how(self):
        asked = self.asked()
        done = self.ok(*LAYER, "-o", "a.gif", "--max-bytes", asked * 3 // 4)
        self.assertLessEqual(self.size("a.gif"), asked * 3 // 4)
        note = re.search(r"^note: a\.gif: made with --aa-levels (\d+)(?: and (:\S+))? to stay within --max-bytes \d+: (\d+) bytes instead of (\d+)$",
                         done.stderr.decode(), re.MULTILINE)
        self.assertTrue(note, done.stderr)
        self.assertEqual((int(note[3]), int(note[4])), (self.size("a.gif"), asked))
        self.ok(*LAYER, "-o", "typed.gif" + (note[2] or ""), "--aa-levels", note[1])
        self.assertEqual(self.read("typed.gif"), self.read("a.gif"), "typing what the note says gives the same file")

    def test_what_fits_is_as_without_a_limit(self):
        self.asked()
        done = self.ok(*LAYER, "-o", "a.gif", "--max-bytes", "10M")
        self.assertEqual(self.read("a.gif"), self.read("asked.gif"))
        self.assertNotIn("note:", done.stderr.decode())

    def test_an_outputs_own_limit_wins(self):
        asked = self.asked()
        self.ok(*LAYER, "-o", "a.gif:max-bytes=10M", "-o", "b.gif", "--max-bytes", asked - 1)
        self.assertEqual(self.size("a.gif"), asked)
        self.assertLess(self.size("b.gif"), asked)

    def test_what_cannot_fit_is_an_error_and_older_files_survive(self):
        self.write("a.gif", "older")
        for name in ("a.gif", "a.mp4", "a.svg", "a.pdf", "a.html", "a.json", "a.txt", "a.vtt", "n{n}.png", "a.png:strip=2"):
            with self.subTest(output=name):
                message = self.refused(1, *LAYER, "-o", name, "--max-bytes", "99", says=["at the smallest", "more than --max-bytes 99", "hint: try "])
                self.assertRegex(message, r"\b\d{3,} bytes at the smallest")
        self.assertEqual(self.read("a.gif"), b"older")

    def test_sizes_that_are_none(self):
        for text in ("0", "-5", "big", "5x", "9999999G", ""):
            with self.subTest(size=text):
                self.refused(2, *LAYER, "-o", "a.gif", "--max-bytes=" + text, says=["--max-bytes takes a size", 'not "%s"' % text, "hint: such as"])
        self.refused(2, *LAYER, "-o", "a.gif:max-bytes=0", says=["a.gif:max-bytes takes a size", 'not "0"'])
        self.refused(2, *LAYER, "-o", "a.gif", "-o", "b.svg:max-bytes=", says="b.svg:max-bytes takes a size")

    def test_stdout_holds_back_until_it_fits(self):
        asked = self.asked()
        done = self.ok(*LAYER, "-o", "-", "--format", "gif", "--max-bytes", asked - 1)
        self.assertLess(len(done.stdout), asked)
        self.ok(*LAYER, "-o", "a.gif", "--max-bytes", asked - 1)
        self.assertEqual(done.stdout, self.read("a.gif"))
        self.refused(1, *LAYER, "-o", "-", "--format", "gif", "--max-bytes", "99", says="at the smallest")

    def test_a_job_file_has_it_too(self):
        asked = self.asked()
        self.ok(*LAYER, "-o", "flag.gif", "--max-bytes", asked - 1)
        for value in (str(asked - 1), '"%d"' % (asked - 1)):
            self.write("job.toml", 'layer = "conv2d"\ninput-size = 3\nkernel-size = 2\n[show]\nchapters = "none"\nsteps = "1..2"\nstep = "0.2s"\n'
                                   'hold-end = "0.2s"\n[out]\noutput = "job.gif"\nmax-bytes = %s\n' % value)
            self.ok("render", "job.toml")
            self.assertEqual(self.read("job.gif"), self.read("flag.gif"))

    def test_files_for_a_place_all_fit(self):
        self.ok(*LAYER, "-o", "whole/a", "--for", "google-slides")
        limit = self.size("whole/a.gif") * 4 // 5
        self.ok(*LAYER, "-o", "small/a", "--for", "google-slides", "--max-bytes", limit)
        for name in ("small/a.gif", "small/a.png"):
            self.assertLessEqual(self.size(name), limit)

    def test_in_a_sweep_it_is_an_axis_and_a_failed_case_is_one_case(self):
        asked = self.asked()
        done = self.run_tool("sweep", *LAYER, "-L", "max-bytes=99,%d,1M" % (asked - 1), "-o", "out/{max_bytes}.gif")
        self.assertEqual(done.returncode, 4, done.stderr)
        cases = json.loads(self.read("out/manifest.json"))["cases"]
        self.assertEqual([case["outcome"] for case in cases], ["failed", "done", "done"])
        self.assertEqual([case["parameters"]["max-bytes"] for case in cases], ["99", str(asked - 1), "1M"])
        self.assertIn("at the smallest", cases[0]["problems"][0]["message"])
        self.assertLess(cases[1]["files"][0]["bytes"], asked)
        self.assertRegex(cases[1]["files"][0]["given_up"], r"made with --aa-levels \d+ .*to stay within --max-bytes")
        self.assertNotIn("given_up", cases[2]["files"][0])
        self.assertIn("note: 1 of 2 files were made smaller to stay within --max-bytes; manifest.json says how", done.stderr.decode())
        self.assertEqual(self.read("out/1M.gif"), self.read("asked.gif"))
        self.assertFalse(os.path.exists(self.path("out/99.gif")))

    def test_a_presentation_takes_a_rate_factor_for_its_video_only(self):
        self.ok(*LAYER, "-o", "fine.pptx:crf=20", "-o", "coarse.pptx:crf=43")
        self.assertGreater(self.size("fine.pptx"), self.size("coarse.pptx"))
        self.refused(2, *LAYER, "-o", "a.pptx:media=gif:crf=30", says="no rate factor")
        self.refused(2, *LAYER, "-o", "a.pptx:slides=steps:crf=30", says="still pictures only")


if __name__ == "__main__":
    support.main()
