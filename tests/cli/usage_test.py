"""What a person types wrongly, and what is said about it."""
import os

import support

ENDINGS = (".gif", ".mp4", ".png", ".json", ".txt")


class Usage(support.Case):
    def test_alone_prints_help_with_three_examples(self):
        done = self.ok()
        text = done.stdout.decode()
        examples = [line for line in text.splitlines() if line.startswith("  convreel ")]
        self.assertGreaterEqual(len(examples), 3)
        self.assertEqual(done.stderr, b"")

    def test_the_examples_of_every_help_can_be_pasted(self):
        import shlex
        lines = [line.strip() for line in self.ok().stdout.decode().splitlines() if line.startswith("  convreel ")]
        for line in lines:
            with self.subTest(line):
                self.ok(*shlex.split(line)[1:])

    def test_names_do_not_run_into_their_text(self):
        listed = self.ok("--help").stdout.decode().split("Commands:\n")[1].split("\n\n")[0]
        for line in listed.splitlines():
            self.assertRegex(line, r"^  ([a-z0-9-]+ )? +\S")

    def test_every_command_has_help_that_begins_with_examples(self):
        for command in ("conv2d", "conv1d", "conv-transpose2d", "conv-transpose1d", "max-pool2d", "max-pool1d",
                        "avg-pool2d", "avg-pool1d", "render", "explain", "list", "doctor", "completions", "conv",
                        "transpose", "max-pool", "avg-pool", "deconv2d"):
            with self.subTest(command):
                text = self.ok(command, "--help").stdout.decode()
                self.assertTrue(text.splitlines()[2].startswith("Examples:"), text[:200])

    def test_help_groups_options_and_shows_defaults(self):
        text = self.ok("conv2d", "--help").stdout.decode()
        for part in ("Layer:", "Data:", "Show:", "Output:", "General:", "--kernel-size", "-k", "[3]"):
            self.assertIn(part, text)

    def test_the_help_of_a_layer_lists_its_own_options(self):
        own = {"--dilation": "conv transpose max-pool", "--output-padding": "transpose", "--groups": "conv transpose",
               "--ceil-mode": "max-pool avg-pool", "--divisor-override": "avg-pool", "--bias": "conv transpose",
               "--padding-mode": "conv transpose", "--kernel-size": "conv transpose max-pool avg-pool"}
        for command in ("conv", "transpose", "max-pool", "avg-pool"):
            text = self.ok(command, "--help").stdout.decode()
            for option, commands in own.items():
                with self.subTest(command=command, option=option):
                    self.assertEqual(f"{option}" in text, command in commands.split())
        self.assertIn("--ceil-mode", self.ok("render", "--help").stdout.decode())

    def test_version(self):
        self.assertRegex(self.ok("--version").stdout.decode(), r"^convreel \d+\.\d+\.\d+\n$")

    def test_unknown_command(self):
        self.refused(2, "conv2", "-o", "a.gif", says=("conv2", "did you mean conv"))
        self.refused(2, "rendr", says="did you mean render?")

    def test_bad_values_of_a_later_output_are_refused_before_an_earlier_one_is_made(self):
        # Numbered pictures appear one by one: one that was painted would be left behind.
        for bad, says in {"b.mp4:crf=99": "mp4:crf=99: expected a whole number from 0 to 51", "b.gif:scale=0": "scale takes a number",
                          "b.svg:text=paths": "words, outlines", "b.pdf:rows=2": "only sheets have rows", "b.png:still=0": "--still",
                          "b.pptx:slides=steps:crf=20": "still pictures only", "b.webm:codec=av1": "a transparent WebM is VP9"}.items():
            with self.subTest(bad):
                self.refused(2, "conv2d", "-i", "3", "--transparent", "-o", "f/{n}.png", "-o", bad, says=says)

    def test_unknown_flag_with_near_one(self):
        self.refused(2, "conv2d", "--strid", "2", "-o", "a.gif", says=("--strid", "did you mean --stride?"))
        self.refused(2, "conv2d", "--xyzzy", "-o", "a.gif", says=("--xyzzy", "--help"))

    def test_several_mistakes_are_told_together(self):
        message = self.refused(2, "conv2d", "--stride", "3x", "--kernal-size", "3", "-o", "a.gif")
        self.assertIn("3x", message)
        self.assertIn("--kernel-size", message)

    def test_a_flag_twice(self):
        self.refused(2, "conv2d", "-s", "1", "-s", "2", "-o", "a.gif", says=("--stride", "twice"))
        self.refused(2, "conv2d", "-s", "1", "--strides", "2", "-o", "a.gif", says=("--stride", "twice"))
        self.refused(2, "conv2d", "--numbers", "--no-numbers", "-o", "a.gif", says="twice")

    def test_bad_values(self):
        for arguments in (["--stride", "3x"], ["--stride", "0"], ["--stride", "-1"], ["--kernel-size", "three"],
                          ["--padding", "sane"], ["--motion", "smoth"], ["--step", "soon"], ["--loop", "never"],
                          ["--size", "10"], ["--theme", "lihgt"], ["--view", "slid"], ["--jobs", "0"],
                          ["--progress", "loud"], ["--color", "red"], ["--format", "giff"]):
            with self.subTest(arguments):
                self.refused(2, "conv2d", *arguments, "-o", "a.gif", says=arguments[1])

    def test_near_values(self):
        self.refused(2, "conv2d", "--motion", "smoth", "-o", "a.gif", says="smooth")
        self.refused(2, "conv2d", "--theme", "lihgt", "-o", "a.gif", says="light")
        self.refused(2, "conv2d", "--view", "slid", "-o", "a.gif", says="slide")
        self.refused(2, "render", "preset:article/conv-s1p", "-o", "a.gif", says="article/conv-s1p")

    def test_size_over_the_limit(self):
        done = self.run_tool("conv2d", "-i", "99999999", "-o", "a.gif")
        self.assertIn(done.returncode, (2, 3), done.stderr)
        self.assertIn(b"99999999", done.stderr)
        self.assertEqual(self.files(), [])

    def test_no_output(self):
        self.refused(2, "conv2d", says=("nothing to write", "-o out.gif"))

    def test_endings(self):
        self.refused(2, "conv2d", "-o", "a.gfi", says=(".gfi", "did you mean .gif?", *ENDINGS))
        self.refused(2, "conv2d", "-o", "a", says=("ending", *ENDINGS))
        self.refused(2, "conv2d", "-o", "a.gif", "--format", "mp4", says=("gif", "mp4"))

    def test_colon_options(self):
        self.refused(2, "conv2d", "-o", "a.gif:speed=2", says=("speed", "gif"))
        self.refused(2, "conv2d", "-o", "a.gif:scale=large", says=("scale", "large"))
        self.refused(2, "conv2d", "-o", "a.gif:scale=1:scale=2", says="twice")

    def test_two_outputs_for_one_file(self):
        self.refused(2, "conv2d", "-o", "a.gif", "-o", "a.gif", says="a.gif")
        self.refused(2, "render", "preset:article/*", "-o", "a.gif", says="{name}")

    def test_an_input_is_not_written_over(self):
        self.write("in.json", "[[1,2],[3,4]]")
        self.refused(2, "conv2d", "--input-values", "in.json", "-k", "1", "-o", "in.json", says="in.json is read")
        self.write("job.toml", 'layer = "conv2d"\n')
        self.refused(2, "render", "job.toml", "-o", "./job.toml", "--format", "json", says="job.toml is read")
        self.refused(2, "compare", "job.toml", "conv2d -s 2", "-o", "job.toml", "--format", "json", says="job.toml is read")
        self.assertEqual(self.read("in.json"), b"[[1,2],[3,4]]")

    def test_a_number_stands_once_in_a_name(self):
        self.refused(2, "conv2d", "-o", "{n}{n}.png", says="stands there twice")

    def test_stdout_needs_a_format(self):
        self.refused(2, "conv2d", "-o", "-", says="--format")

    def test_stdout_refuses_a_terminal(self):
        leader, follower = os.openpty()
        self.addCleanup(os.close, leader)
        done = self.run_tool("conv2d", "-o", "-", "--format", "gif", stdout=follower)
        os.close(follower)
        self.assertEqual(done.returncode, 2, done.stderr)
        self.assertIn(b"terminal", done.stderr)

    def test_missing_operand_and_value(self):
        self.refused(2, "render", "-o", "a.gif", says="SPEC")
        self.refused(2, "list", says="WHAT")
        self.refused(2, "list", "view", says="views")
        self.refused(2, "completions", "csh", says="bash")
        self.refused(2, "conv2d", "-o", "a.gif", "--stride", says="--stride")
        self.refused(2, "conv2d", "stray", "-o", "a.gif", says="stray")
        self.refused(2, "render", "nowhere.toml", "-o", "a.gif", says=("nowhere.toml", "no such file"))

    def test_numbers_that_look_like_flags(self):
        self.ok("conv2d", "--bias", "-1", "--kernel-values", "-1 0 1; 0 1 0; 1 0 -1", "-o", "a.json")
        trace = support.load_json(self.read("a.json"))
        self.assertEqual(trace["bias"]["values"] if isinstance(trace["bias"], dict) else trace["bias"], [-1])
        self.ok("conv2d", "-p", "1,2,3,4", "-k3", "-s2", "--title=", "-o", "b.json")

    def test_conflicting_still(self):
        self.refused(2, "conv2d", "--still", "1", "-o", "a.gif", says="--still")
        self.refused(2, "conv2d", "--still", "99", "-o", "a.png", says=("99", "9"))

    def test_deconv_is_understood_with_a_note(self):
        done = self.ok("deconv2d", "-o", "a.json")
        self.assertIn(b"note: ", done.stderr)
        self.assertIn(b"conv-transpose2d", done.stderr)
        self.assertNotIn(b"note", self.ok("deconv2d", "-q", "-o", "a.json").stderr)


class Manners(support.Case):
    def test_results_on_stdout_words_on_stderr(self):
        done = self.ok("conv2d", "-o", "-", "--format", "json")
        self.assertEqual(support.load_json(done.stdout)["layer"]["kind"], "conv")
        self.assertEqual(self.ok("conv2d", "-o", "a.json").stdout, b"")

    def test_quiet_says_nothing(self):
        self.assertEqual(self.ok("conv2d", "-q", "-o", "a.json").stderr, b"")
        self.assertIn(b"wrote a.json", self.ok("conv2d", "-o", "a.json").stderr)

    def test_colour(self):
        def stderr(*arguments, **environment):
            return self.run_tool("conv2d", *arguments, environment=environment).stderr

        self.assertNotIn(b"\033", stderr())
        self.assertIn(b"\033", stderr("--color", "always"))
        self.assertIn(b"\033", stderr(CLICOLOR_FORCE="1"))
        self.assertNotIn(b"\033", stderr(CLICOLOR_FORCE="1", NO_COLOR="1"))
        self.assertIn(b"\033", stderr("--color=always", NO_COLOR="1"))
        self.assertNotIn(b"\033", stderr("--color", "never", CLICOLOR_FORCE="1"))

    def test_a_reader_that_goes_away(self):
        import subprocess
        reader, writer = os.pipe()
        os.close(reader)
        done = subprocess.run([support.BINARY, "list", "presets"], stdout=writer, stderr=subprocess.PIPE, timeout=60)
        os.close(writer)
        self.assertEqual(done.returncode, 130)

    def test_general_options_before_the_command(self):
        self.assertEqual(self.ok("-q", "conv2d", "-o", "a.json").stderr, b"")
        self.ok("--jobs", "1", "conv2d", "-o", "a.json")


if __name__ == "__main__":
    support.main()
