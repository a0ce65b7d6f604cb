"""Every write, rename, flush, open, close and large allocation made to fail, one in a run, by a library that is put
before the C library's own (tests/support/faults). Whatever fails: the exit code is one of the documented ones, a
message says why, no partial file and no temporary one is left, an older file stays as it was; and what is reported as
written is what a run without a fault writes. The same for signals at any moment, for outputs that are no ordinary files
and for two programs with one output. tests/heavy/injected_faults_test.py walks all calls, this one some of each kind."""
import json
import os
import random
import signal
import subprocess
import sys
import time

import support

SOURCE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support", "faults", "faults.c")
JOB = ("conv2d", "-i", "3", "-k", "2", "--chapters", "none", "--step", "0.1s", "--hold-end", "0.2s", "--size", "160x120", "-q")
LARGE = ("--size", "900x700", "--steps", "1")  # pictures of more than a megabyte: their memory is what may be refused
FORMATS = ("gif", "mp4", "html", "pptx", "pdf", "json")
CALLS = ("open", "write", "fsync", "close", "rename", "mkdir", "malloc", "encoder", "read")
CODES = (1, 5)


class Injected(support.Case):
    whole_walk = False  # every call, not some of them
    formats = FORMATS
    calls = CALLS

    @classmethod
    def setUpClass(cls):
        cls.shelf = support.tempfile.TemporaryDirectory(prefix="convreel-faults-")
        cls.addClassCleanup(cls.shelf.cleanup)
        cls.library = os.path.join(cls.shelf.name, "faults.so")
        subprocess.run(["gcc", "-shared", "-fPIC", "-O1", "-o", cls.library, SOURCE, "-ldl"], check=True)

    def faulty(self, call, nth, *arguments):
        """The run, how many calls of that kind it made, and whether one failed."""
        log = os.path.join(self.shelf.name, "log")
        if os.path.exists(log):
            os.remove(log)
        done = self.run_tool(*arguments, environment={
            "LD_PRELOAD": self.library, "FAULT_CALL": call, "FAULT_NTH": str(nth), "FAULT_LOG": log,
            "XDG_CACHE_HOME": self.path("cache")})
        self.assertTrue(os.path.exists(log), "ended by a signal: %s %d: %s" % (call, nth, done.stderr))
        with open(log) as file:
            count, failed = map(int, file.read().split())
        return done, count, failed

    def some_of(self, count):
        """The first ones, the last ones, and two between."""
        if self.whole_walk:
            return list(range(1, count + 1))
        between = random.Random(count).sample(range(1, count + 1), min(2, count))
        return sorted({n for n in (1, 2, count - 1, count, *between) if 1 <= n <= count})

    def check(self, call, nth, output, whole, *arguments):
        self.write(output, "older")
        done, _, failed = self.faulty(call, nth, *arguments, "-o", output)
        told = (call, nth, output, done.returncode, done.stderr.decode())
        if done.returncode == 0:  # what did not have to succeed
            self.assertEqual(self.read(output), whole, told)
        else:
            self.assertTrue(failed, told)
            self.assertIn(done.returncode, CODES, told)
            self.assertIn("error: ", done.stderr.decode(), told)
            self.assertNotIn("unexpected failure", done.stderr.decode(), told)
            self.assertEqual(self.read(output), b"older", told)
        self.assertEqual([file for file in self.files() if not file.startswith("cache")], [output], told)
        os.remove(self.path(output))

    def test_one_fault_a_run(self):
        for form in self.formats:
            output = "a." + form
            for call in self.calls:
                job = (*[word for word in JOB if word not in ("--size", "160x120")], *LARGE) if call == "malloc" else JOB
                where = ("deep/" if call == "mkdir" else "") + output
                _, count, _ = self.faulty(call, 0, *job, "-o", where)
                whole = self.read(where)
                for file in self.files():
                    os.remove(self.path(file))
                if call == "mkdir":
                    self.refuse_folder(where, count)
                    continue
                for nth in self.some_of(count):
                    with self.subTest((form, call, nth)):
                        self.check(call, nth, output, whole, *job)

    def refuse_folder(self, where, count):
        os.path.isdir(self.path("deep")) and os.rmdir(self.path("deep"))
        done, _, failed = self.faulty("mkdir", count, *JOB, "-o", where)
        self.assertEqual((done.returncode, failed), (1, 1), done.stderr)
        self.assertIn(b"cannot make its folder", done.stderr)
        self.assertEqual([file for file in self.files() if file.startswith("deep")], [])

    def test_writes_that_take_half(self):
        for form in self.formats:
            with self.subTest(form):
                self.ok(*JOB, "-o", "whole." + form)
                done, _, _ = self.faulty("short", 0, *JOB, "-o", "a." + form)
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertEqual(self.read("a." + form), self.read("whole." + form))

    def sweep_files(self):
        return {name: self.read(name) for name in self.files() if name.startswith("out") and name.endswith(".gif")}

    def test_one_fault_in_a_sweep(self):
        sweep = ("sweep", *JOB, "-P", "stride=1..2", "-P", "padding=0..1", "-o", "out/s{stride}p{padding}.gif", "--force")
        self.ok(*sweep)
        whole = self.sweep_files()
        self.assertEqual(len(whole), 4)
        for call in self.calls:
            if call == "mkdir":
                continue
            _, count, _ = self.faulty(call, 0, *sweep)
            for nth in self.some_of(count):
                with self.subTest((call, nth)):
                    for file in self.files():
                        os.remove(self.path(file))
                    done, _, failed = self.faulty(call, nth, *sweep)
                    self.assertIn(done.returncode, (0, 1, 4, 5), done.stderr)
                    if done.returncode:
                        self.assertIn(b"failed" if done.returncode == 4 else b"error: ", done.stderr)
                    for name, data in self.sweep_files().items():
                        self.assertEqual(data, whole[name], name)
                    self.assertEqual([name for name in self.files() if ".tmp" in name], [])
                    self.check_manifest(done.returncode)
                    self.ok(*sweep[:-1], "--resume")
                    self.assertEqual(self.sweep_files(), whole)

    def check_manifest(self, code):
        if not os.path.exists(self.path("out/manifest.json")):
            return self.assertNotEqual(code, 0)
        for case in json.loads(self.read("out/manifest.json"))["cases"]:
            for file in case["files"]:
                self.assertEqual(len(self.read("out/" + file["path"])), file["bytes"])


class Moments(support.Case):
    """Signals at moments that a seed chooses."""
    rounds = 4

    def test_signals(self):
        seed = random.randrange(1 << 30)
        dice = random.Random(seed)
        for form in ("gif", "mp4", "pptx"):
            began = time.monotonic()
            self.ok(*JOB, "-o", "a." + form)
            span, whole = time.monotonic() - began, self.read("a." + form)
            for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL):
                for _ in range(self.rounds):
                    moment = dice.uniform(0, span)
                    with self.subTest((seed, form, number, moment)):
                        self.interrupt("a." + form, whole, number, moment)
            os.remove(self.path("a." + form))

    def interrupt(self, output, whole, number, moment):
        self.write(output, "older")
        run = subprocess.Popen([support.BINARY, *JOB, "-o", output], cwd=self.folder, stderr=subprocess.PIPE)
        time.sleep(moment)
        run.send_signal(number)
        told = run.communicate(timeout=60)[1]
        if number == signal.SIGKILL:
            self.assertIn(run.returncode, (0, -number))
            self.assertIn(self.read(output), (b"older", whole))
            self.ok(*JOB, "-o", "next.gif")  # which removes what was left
            os.remove(self.path("next.gif"))
        else:  # before its first line it has not yet said what a signal shall do
            self.assertIn(run.returncode, (0, 130, -number), told)
            self.assertEqual(self.read(output), whole if run.returncode == 0 else b"older")
        self.assertEqual(self.files(), [output])


class Places(support.Case):
    """Outputs that are no ordinary files."""

    def test_a_folder(self):
        os.mkdir(self.path("a.gif"))
        self.refused(1, *JOB, "-o", "a.gif", says="it is a folder")

    def test_a_full_device(self):
        for form in ("gif", "json", "mp4"):
            os.symlink("/dev/full", self.path("a." + form))
            self.refused(1, *JOB, "-o", "a." + form, says="No space left on device")
            self.assertTrue(os.path.islink(self.path("a." + form)))
            done = subprocess.run("'%s' %s -o - --format %s > /dev/full" % (support.BINARY, " ".join(JOB), form), shell=True,
                                  cwd=self.folder, stderr=subprocess.PIPE)
            self.assertEqual(done.returncode, 1, done.stderr)
            self.assertIn(b"No space left on device", done.stderr)

    def test_a_link(self):
        os.mkdir(self.path("real"))
        self.write("real/b.gif", "older")
        os.symlink("real/b.gif", self.path("a.gif"))
        self.ok(*JOB, "-o", "a.gif")
        self.assertTrue(os.path.islink(self.path("a.gif")))
        self.assertEqual(self.read("real/b.gif")[:6], b"GIF89a")
        self.assertEqual(self.files(), ["a.gif", "real/b.gif"])

    def test_a_pipe_and_its_reader(self):
        self.ok(*JOB, "-o", "whole.gif")
        os.mkfifo(self.path("pipe.gif"))
        run = subprocess.Popen([support.BINARY, *JOB, "-o", "pipe.gif"], cwd=self.folder)
        self.assertEqual(self.read("pipe.gif"), self.read("whole.gif"))
        self.assertEqual(run.wait(), 0)
        run = subprocess.Popen([support.BINARY, "conv2d", "-i", "50", "-o", "-", "--format", "json"], cwd=self.folder,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        run.stdout.read(100)
        run.stdout.close()
        self.assertEqual(run.wait(), 130)
        self.assertIn(b"the reader closed the pipe", run.stderr.read())
        run.stderr.close()

    def test_no_stdout(self):
        done = subprocess.run("'%s' %s -o - --format gif >&-" % (support.BINARY, " ".join(JOB)), shell=True,
                              cwd=self.folder, stderr=subprocess.PIPE)
        self.assertEqual(done.returncode, 1, done.stderr)

    def test_a_folder_that_may_not_be_written(self):
        if os.geteuid() == 0:
            self.skipTest("root may write everywhere")
        os.mkdir(self.path("closed"), 0o500)
        self.refused(1, *JOB, "-o", "closed/a.gif", says="Permission denied")

    def test_programs_with_one_output(self):
        self.ok(*JOB, "-o", "whole.gif")
        for _ in range(3):
            runs = [subprocess.Popen([support.BINARY, *JOB, "-o", "a.gif"], cwd=self.folder) for _ in range(4)]
            self.assertEqual([run.wait() for run in runs], [0] * 4)
            self.assertEqual(self.read("a.gif"), self.read("whole.gif"))
            self.assertEqual(self.files(), ["a.gif", "whole.gif"])


if __name__ == "__main__":
    support.main()
