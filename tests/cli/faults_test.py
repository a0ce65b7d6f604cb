"""What an attack on the program found, each held mended: names, deep keys, full logs, limits of the system, signals."""
import os
import resource
import shutil
import signal
import subprocess
import time

import onnx_file as onnx
import support

SHORT = ("conv2d", "-i", "3", "-k", "2")
JOB = "name = \"%s\"\n[layer]\nlayer = \"conv2d\"\ninput-size = 3\nkernel-size = 2\n"


def limited(what, value):
    return lambda: resource.setrlimit(what, (value, value))


class Names(support.Case):
    def test_a_name_stays_in_its_folder(self):
        for name in ("..", ".", "../..", "a/../../b", "/etc"):
            with self.subTest(name):
                self.ok(*SHORT, "--name", name, "-o", "e1/{name}/y.json")
        self.assertTrue(all(len(path.split(os.sep)) == 3 and path.startswith("e1" + os.sep) for path in self.files()),
                        self.files())

    def test_names_in_jobs_and_sweeps_obey_the_same_rule(self):
        self.write("job.toml", JOB % "..")
        self.ok("render", "job.toml", "-o", "e1/{name}/y.json")
        self.ok("sweep", "job.toml", "-P", "stride=1..2", "-o", "e2/{name}/{stride}.json")
        made = [path for path in self.files() if path.endswith(".json") and "manifest" not in path]
        self.assertTrue(all(path.startswith(("e1/--/", "e2/--/")) for path in made if path != "job.toml"), made)

    def test_control_characters_are_refused_wherever_text_enters(self):
        for text in ("a\x01b", "a\x1b[31mb", "a\x7fb", "a\ufffeb", b"a\xff\xfeb"):
            for option in ("--title", "--name", "--input-values"):
                with self.subTest((option, text)):
                    message = self.refused(2, *SHORT, option, os.fsdecode(text) if isinstance(text, bytes) else text,
                                           "-o", "a.pptx", says=(option, "which no text may hold"), encoded=True)
                    self.assertNotIn("\x1b", message)
        self.write("job.toml", JOB % "a\\u0000b")
        self.refused(3, "render", "job.toml", "-o", "a.gif", says=("job.toml:1", "U+0000"))

    def run_tool(self, *arguments, encoded=False, **more):
        if not encoded:
            return super().run_tool(*arguments, **more)
        return subprocess.run([support.BINARY, *map(os.fsencode, arguments)], cwd=self.folder, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, timeout=300)

    def test_terminal_escapes_never_reach_the_terminal(self):
        self.write("a.csv", "1,2\x1b]0;owned\x07\n3,4\n")
        self.write("b.toml", "\"\\u001b[2Jkey\" = 1\n")
        for arguments in ((*SHORT, "--input-values", "a.csv", "-o", "a.gif"), ("render", "b.toml", "-o", "a.gif"),
                          ("conv2d", "--str\x1b[31mide", "1", "-o", "a.gif"), ("list", "\x1b[31m"), ("\x9b31m",)):
            with self.subTest(arguments):
                done = self.run_tool(*arguments)
                self.assertNotEqual(done.returncode, 0)
                self.assertNotIn(b"\x1b", done.stderr)
                self.assertNotIn(b"\x07", done.stderr)
                self.assertIn(b"\\x", done.stderr)

    def test_names_forge_no_lines(self):
        name = "a\rFORGED\n  row\t"
        node = onnx.node("MaxPool", ["x"], ["y"], name=name, kernel_shape=[2, 2])
        self.write("a.onnx", onnx.model([node], {"x": [1, 1, 4, 4]}))
        table = self.ok("model", "a.onnx").stdout
        for text in (table, self.run_tool("conv2d", "-i", name, "-o", "a.gif").stderr,
                     self.run_tool("model", "a.onnx", "--layer", name + "x").stderr):
            self.assertNotIn(b"\r", text)
            self.assertNotRegex(text, rb"(?m)^ *row")
            self.assertIn(rb"\x0dFORGED\x0a  row\x09", text)


class Files(support.Case):
    def test_deep_keys_end_in_an_error(self):
        for name, text in (("line", ".".join("a" * 50000) + " = 1\n"), ("header", "[" + ".".join("a" * 50000) + "]\n"),
                           ("inline", "x = {" + ".".join("a" * 50000) + " = 1}\n"),
                           ("quoted", ".".join(['"a.b"'] * 20000) + " = 1\n"), ("array", "x = " + "[" * 50000 + "\n")):
            with self.subTest(name):
                self.write("deep.toml", text)
                for arguments in (("render", "deep.toml", "-o", "a.gif"), ("sweep", "deep.toml", "-o", "{i}.gif"),
                                  (*SHORT, "--theme", "deep.toml", "-o", "a.gif")):
                    self.refused(3, *arguments, says="deep.toml:1")

    def test_dots_in_values_are_no_keys(self):
        self.write("dots.toml", "summary = \"a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.q.r.s.t\"\n# a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.q.r\n"
                   + JOB % "dots" + "[data]\ninput-values = \"\"\"\n%s\n\"\"\"\n" % "; ".join(["1.5 2.5 3.5"] * 3))
        self.ok("render", "dots.toml", "-o", "a.json")

    def test_a_file_that_may_not_grow(self):
        self.write("a.gif", "older")
        for form in ("gif", "mp4", "webp", "apng", "pptx", "pdf", "html"):
            with self.subTest(form):
                self.write("a." + form, "older")
                self.refused(1, *SHORT, "-o", "a." + form, says="a." + form,
                             preexec_fn=limited(resource.RLIMIT_FSIZE, 2000))
                self.assertEqual(self.read("a." + form), b"older")

    def test_a_circle_of_links(self):
        os.symlink("b.gif", self.path("a.gif"))
        os.symlink("a.gif", self.path("b.gif"))
        done = self.run_tool(*SHORT, "-o", "a.gif")
        self.assertEqual(done.returncode, 1)
        self.assertIn(b"links lead in a circle", done.stderr)
        self.assertTrue(os.path.islink(self.path("a.gif")))

    def test_overlong_paths_are_told_as_such(self):
        self.refused(1, *SHORT, "-o", "a" * 300 + ".gif", says="File name too long")
        self.refused(1, *SHORT, "-o", "a/" * 3000 + "a.gif", says="File name too long")

    def test_what_a_killed_run_left_is_swept_by_the_next(self):
        self.write(".convreel-0.tmp", "left")
        self.write(".convreel-4711-3.tmp", "left")
        os.mkfifo(self.path(".convreel-5.tmp"))  # is not waited for
        self.ok(*SHORT, "-o", "a.gif")
        self.assertEqual(self.files(), ["a.gif"])

    def test_two_runs_do_not_take_each_others_files_for_left_overs(self):
        runs = [subprocess.Popen([support.BINARY, *SHORT, "-o", "a%d.gif" % i, "-o", "b%d.mp4" % i], cwd=self.folder)
                for i in range(4)]
        self.assertEqual([run.wait() for run in runs], [0] * 4)
        self.assertEqual(len(self.files()), 8)


class Machine(support.Case):
    def test_messages_that_nobody_can_take(self):
        for stream in ("2>/dev/full", "2>&-"):
            with self.subTest(stream):
                command = "'%s' conv2d -i 3 -k 2 -o a.gif --verbose --timings %s" % (support.BINARY, stream)
                self.assertEqual(subprocess.run(command, shell=True, cwd=self.folder).returncode, 0)
                self.assertEqual(self.read("a.gif")[:6], b"GIF89a")
                os.remove(self.path("a.gif"))
                command = "'%s' conv2d -i 0 -o a.gif %s" % (support.BINARY, stream)
                self.assertIn(subprocess.run(command, shell=True, cwd=self.folder).returncode, (2, 3))
                self.assertEqual(self.files(), [])

    def test_a_closed_stdout_is_an_error(self):
        command = "'%s' list presets >&-" % support.BINARY
        self.assertEqual(subprocess.run(command, shell=True, stderr=subprocess.PIPE).returncode, 1)

    def test_no_picture_without_its_fonts(self):
        for files in range(4, 12):
            with self.subTest(files):
                done = self.run_tool(*SHORT, "-o", "a.gif", preexec_fn=limited(resource.RLIMIT_NOFILE, files))
                if done.returncode == 0:
                    picture = self.read("a.gif")
                    self.ok(*SHORT, "-o", "whole.gif")
                    self.assertEqual(picture, self.read("whole.gif"))
                    os.remove(self.path("a.gif"))
                else:
                    self.assertGreater(done.returncode, 0, "died by a signal")
                    self.assertIn(b"error: ", done.stderr)
                    self.assertNotIn("a.gif", self.files())

    def test_a_run_with_little_spoils_no_font_cache(self):
        """Fontconfig writes what it could read: without room it must not be asked."""
        self.write("fonts.conf", "<fontconfig><dir>/usr/share/fonts</dir><cachedir>%s</cachedir></fontconfig>" % self.path("cache"))
        fonts = {"FONTCONFIG_FILE": self.path("fonts.conf")}
        self.ok(*SHORT, "-o", "whole.gif", environment=fonts)
        for limit in [(resource.RLIMIT_NOFILE, files) for files in range(4, 24, 3)] + [(resource.RLIMIT_AS, 100 << 20)]:
            with self.subTest(limit):
                shutil.rmtree(self.path("cache"), ignore_errors=True)
                self.run_tool(*SHORT, "-o", "a.gif", environment=fonts, preexec_fn=limited(*limit))
                self.ok(*SHORT, "-o", "a.gif", environment=fonts)
                self.assertEqual(self.read("a.gif") == self.read("whole.gif"), True)

    def test_modules_come_from_absolute_folders_only(self):
        for folder in ("", ".", "lib"):
            with self.subTest(folder):
                self.write("convreel-libav.so", "not a module")
                os.makedirs(self.path("lib"), exist_ok=True)
                self.write("lib/convreel-libav.so", "not a module")
                self.ok(*SHORT, "-o", "a.mp4", environment={"CONVREEL_MODULE_PATH": folder, "LD_LIBRARY_PATH": ":"})

    def stopped(self, *arguments, after=0):
        """Starts, and sends SIGTERM while the program waits for a pipe that nobody opens."""
        run = subprocess.Popen([support.BINARY, *arguments], cwd=self.folder, stderr=subprocess.PIPE)
        while run.poll() is None and not self.sleeps(run.pid):
            pass
        time.sleep(after)
        run.send_signal(signal.SIGTERM)
        run.communicate(timeout=60)
        return run.returncode

    @staticmethod
    def status(pid):
        with open("/proc/%d/status" % pid) as status:
            return dict(line.split(":", 1) for line in status if ":" in line)

    def listens(self, pid):
        """Has said what a signal shall do: it is past its start."""
        return int(self.status(pid)["SigCgt"], 16) >> (signal.SIGTERM - 1) & 1

    def sleeps(self, pid):
        return self.status(pid)["State"].strip().startswith("S") and self.listens(pid)

    LONG = (  # each takes many seconds
        ("solve", "conv2d", "-i", "1000", "--to", "997", "-k", "1..100", "-s", "1..100", "-p", "0..100", "-d", "1..19"),
        ("explain", "conv2d", "-i", "4000", "-k", "16"),
        ("show", "conv2d", "-i", "1000x1000", "-k", "32"),
        ("sweep", "conv2d", "-P", "stride=1..300", "-P", "padding=0..99", "-o", "{i}.gif", "--dry-run"),
        ("conv2d", "-i", "60x60", "--steps", "1..1500", "-o", "a.pdf"),
        ("conv2d", "-i", "900x900", "-o", "a.json"),
        ("conv2d", "-i", "30x30", "--pace", "even", "-o", "a.svg:animated"),
        ("relu", "-i", "4096", "-o", "a.gif"),
    )

    def test_sigterm_ends_long_work(self):
        for command in self.LONG:
            with self.subTest(command):
                run = subprocess.Popen([support.BINARY, *command], cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
                while run.poll() is None and not self.listens(run.pid):
                    pass
                run.send_signal(signal.SIGTERM)
                message = run.communicate(timeout=60)[1].decode()
                self.assertEqual((run.returncode, message.splitlines()[-1:]), (130, ["error: interrupted"]))
                self.assertEqual(self.files(), [])

    def test_sigterm_while_a_pipe_waits(self):
        os.mkfifo(self.path("pipe.npy"))
        self.assertEqual(self.stopped(*SHORT, "--input-values", "pipe.npy", "-o", "a.gif"), 130)

    def test_sigterm_while_an_output_waits_for_its_reader(self):
        for name in ("pipe.gif", "pipe.mp4", "pipe.json"):
            os.mkfifo(self.path(name))
            for seconds in (0, 0.5):  # before it waits, or while it does
                with self.subTest((name, seconds)):
                    self.assertEqual(self.stopped(*SHORT, "-o", name, "-o", "a.gif", after=seconds), 130)
        self.assertEqual(self.files(), ["pipe.gif", "pipe.json", "pipe.mp4"])

    def test_sigterm_while_a_reader_does_not_read(self):
        os.mkfifo(self.path("pipe.json"))
        reader = os.open(self.path("pipe.json"), os.O_RDONLY | os.O_NONBLOCK)
        self.addCleanup(os.close, reader)
        self.assertEqual(self.stopped("conv2d", "-i", "60", "-o", "pipe.json", after=1), 130)
        command = [support.BINARY, "conv2d", "-i", "60", "-o", "-", "--format", "json"]
        run = subprocess.Popen(command, cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        time.sleep(1)
        run.send_signal(signal.SIGTERM)
        self.assertEqual(run.wait(timeout=60), 130)
        run.stdout.close(), run.stderr.close()

    def test_a_small_stack_is_told(self):
        for kilobytes, code in ((64, 1), (128, 1), (256, 0)):
            with self.subTest(kilobytes):
                done = self.run_tool(*SHORT, "-o", "a.gif", "-j", "2", preexec_fn=limited(resource.RLIMIT_STACK, kilobytes << 10))
                self.assertEqual(done.returncode, code, done.stderr)
                self.assertEqual("kB is too small" in done.stderr.decode(), code == 1)

    def test_little_memory_is_told(self):
        for megabytes in (*range(38, 120, 6), 140, 200, 400):
            for output in ("a.gif", "a.json", "a.mp4"):
                with self.subTest((megabytes, output)):
                    done = self.run_tool(*SHORT, "--steps", "1..2", "-o", output,
                                         preexec_fn=limited(resource.RLIMIT_AS, megabytes << 20))
                    self.assertIn(done.returncode, (0, 1, 5), done.stderr)
                    if done.returncode != 0:
                        self.assertRegex(done.stderr.decode(), "error: .*(memory|map|refused)")
                    else:
                        os.remove(self.path(output))
                    self.assertEqual([file for file in self.files() if not file.startswith(".convreel")], [])


if __name__ == "__main__":
    support.main()
