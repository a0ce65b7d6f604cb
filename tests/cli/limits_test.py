"""The table of limits, walked: every row is reached by a command, which is refused before it costs anything, with the
number, the limit and the flag that raises it; and a service's --safe."""
import json
import os
import re
import shutil
import signal
import subprocess
import time

import onnx_file as onnx
import support

LAYER = ("conv2d", "-i", "4", "-k", "2", "--chapters", "none", "--step", "0.1s", "--hold-end", "0.1s")
JOB = "name = \"%s\"\nlayer = \"conv2d\"\ninput-size = 3\nkernel-size = 2\n"

# A limit's name, what it is lowered to (None where nothing lowers it), and what is over it then.
WALK = {
    "axis": (3, (*LAYER, "-o", "a.gif")),
    "values": (15, (*LAYER, "-o", "a.gif")),
    "products": (35, (*LAYER, "-o", "a.gif")),
    "layers": (1, ("stack", "Conv2d(1, 1, 2)", "ReLU()", "-i", "4", "-o", "a.gif")),
    "list": (2, (*LAYER, "-o", "a.txt", "-o", "b.txt", "-o", "c.txt")),
    "tries": (10, ("solve", "conv2d", "-i", "9", "--to", "9")),
    "answers": (1, ("solve", "conv2d", "-i", "9", "--to", "9")),
    "cases": (8, ("sweep", *LAYER, "-P", "stride=1..3", "-P", "padding=0..2", "-o", "{i}.gif")),
    "frames": (5, (*LAYER, "-o", "a.gif")),
    "slides": (5, (*LAYER, "-o", "a.pptx:slides=steps")),
    "drawings": (5, (*LAYER, "-o", "a.html")),
    "pixels": (9999, (*LAYER, "--size", "100x100", "-o", "a.gif")),
    "text": (9, (*LAYER, "--title", "0123456789", "-o", "a.gif")),
    "job-file": (9, ("render", "job.toml", "-o", "a.gif")),
    "table-file": (9, ("sweep", *LAYER, "--cases", "cases.csv", "-o", "{i}.gif")),
    "data-file": (9, (*LAYER, "--input-values", "input.csv", "-o", "a.gif")),
    "picture": (9, (*LAYER, "--input-values", "input.png", "-o", "a.gif")),
    "model": (50, ("model", "model.onnx")),
    "memory": ("20M", (*LAYER, "--size", "600x600", "-o", "a.mp4")),
    "file": (99, (*LAYER, "-o", "a.json")),
    "seconds": (1, ("conv2d", "-i", "40", "--pace", "even", "--size", "2000x2000", "-o", "a.mp4")),
    "theme-file": (None, (*LAYER, "--theme", "theme.toml", "-o", "a.gif")),
    "manifest": (None, ("sweep", "--merge", "long")),
    "keys": (None, ("render", "keys.toml", "-o", "a.gif")),
    "nesting": (None, (*LAYER, "--input-values", "nested.json", "-o", "a.gif")),
}


class Limits(support.Case):
    def setUp(self):
        super().setUp()
        self.write("job.toml", JOB % "job")
        self.write("cases.csv", "stride\n1\n2\n3\n")
        self.write("input.csv", "1,2,3,4\n" * 4)
        self.write("input.png", support.tiny_png(4, 4))
        self.write("model.onnx", onnx.model([onnx.node("Relu", ["x"], ["y"])], {"x": [1, 1, 4, 4]}))
        self.write("theme.toml", "#" * (1 << 18) + "\n")
        self.write("keys.toml", ".".join("abcdefghijklmnopq") + " = 1\n")
        self.write("nested.json", "[" * 9 + "1" + "]" * 9)

    def table(self):
        return {row["name"]: row for row in json.loads(self.ok("list", "limits", "--json").stdout)}

    def test_every_row_is_walked(self):
        self.assertEqual(sorted(self.table()), sorted(WALK))

    def test_each_is_refused_with_its_number_and_its_flag(self):
        for name, row in self.table().items():
            lowered, command = WALK[name]
            if name in ("manifest", "seconds"):
                continue  # half a gigabyte; the time is a test of its own
            with self.subTest(name):
                raised = () if lowered is None else ("--limit", "%s=%s" % (name, lowered))
                message = self.refused(3, *command, *raised)
                self.assertRegex(message, r"the limit is \d|at most \d|of up to \d")
                self.assertRegex(message, r"error: .*\d")
                if row["most"] > row["usual"]:
                    self.assertIn("--limit %s=" % name, message)
                    self.assertIsNotNone(lowered, "the row can be raised")
                else:
                    self.assertIsNone(lowered)

    def test_the_hint_is_enough(self):
        for name in ("axis", "values", "products", "frames", "slides", "drawings", "pixels", "cases", "memory"):
            lowered, command = WALK[name]
            with self.subTest(name):
                message = self.refused(3, *command, "--limit", "%s=%s" % (name, lowered))
                hints, tried = re.findall(r"--limit (\S+=\S+) allows it", message), 0
                self.assertTrue(hints, message)
                done = self.run_tool(*command, *[word for hint in hints for word in ("--limit", hint)])
                while done.returncode == 3 and "--limit %s=" % name in done.stderr.decode() and tried < 4:
                    # What is refused first may be less than all of it: a longest axis before the padded one.
                    hints, tried = re.findall(r"--limit (\S+=\S+) allows it", done.stderr.decode()), tried + 1
                    done = self.run_tool(*command, *[word for hint in hints for word in ("--limit", hint)])
                self.assertEqual(done.returncode, 0, done.stderr)

    def test_every_format_that_draws_counts_its_pictures(self):
        for output in ("a.mp4", "a.apng", "a.html", "a.svg:animated", "a.pdf:pages=steps", "a.pdf:pages=frames", "{n}.png", "a.pptx"):
            with self.subTest(output):
                self.refused(3, *LAYER, "-o", output, "--limit", "frames=5", says="pictures; the limit is 5")

    def test_safe_is_smaller_everywhere(self):
        for name, row in self.table().items():
            with self.subTest(name):
                self.assertLessEqual(row["safe"], row["usual"] or row["safe"])
                self.assertGreater(row["safe"], 0)

    def test_what_once_took_the_machine_is_refused_at_once(self):
        for arguments, says in ((("transpose", "--size", "8000x8000", "-o", "q.mp4"), "GB of memory; the limit is 3 GB"),
                                (("conv2d", "-i", "2000x2000", "-o", "q.json"), "GB; the limit is 1 GB"),
                                (("conv2d", "--step", "3600s", "-o", "a.mp4"), "pictures; the limit is 36000")):
            with self.subTest(arguments):
                began = time.monotonic()
                self.refused(3, *arguments, says=(says, "--limit"))
                self.assertLess(time.monotonic() - began, 60)

    def most_memory(self, *arguments):
        """What the process held at most, in MB."""
        process = subprocess.Popen([support.BINARY, *arguments], cwd=self.folder, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        self.assertEqual(process.returncode, 0)
        return usage.ru_maxrss / 1000

    def test_no_picture_takes_more_memory_than_was_said(self):
        """Far less is allowed: libraries that nothing is coded with yet, videos too short for all coders."""
        picture = ("transpose", "-i", "3", "-k", "3", "-s", "2", "-p", "1", "--size", "1000x800", "-j", "2")
        for output in ("a.png", "a.jpg", "a.gif", "a.webp", "a.apng", "a.mp4:fps=2", "a.webm:fps=2",
                       "a.webm:codec=av1:fps=2", "a.pptx:fps=2"):
            with self.subTest(output):
                message = self.refused(3, *picture, "-o", output, "--limit", "memory=1M")
                said = float(re.search(r"about ([0-9.]+) MB of memory", message).group(1))
                taken = self.most_memory(*picture, "-o", output)
                self.assertLess(taken, said)
                self.assertGreater(taken, said / 4)

    def test_a_file_or_a_preset_raises_no_limit(self):
        self.write("job.toml", JOB % "job" + "limit = \"frames=99999999\"\n")
        self.refused(3, "render", "job.toml", "-o", "a.gif", says="limit")
        self.refused(2, "sweep", *LAYER, "-L", "limit=frames=1,frames=2", "-o", "{i}.gif", says="unknown axis")

    def test_numbers_of_limits(self):
        for text in ("frames", "frames=", "frames=many", "frames=0", "frames=-1", "fraims=3", "theme-file=1M", "frames=999G"):
            with self.subTest(text):
                self.refused(2, *LAYER, "-o", "a.gif", "--limit", text, says="--limit")
        self.ok(*LAYER, "-o", "a.gif", "--limit", "frames=1k", "--limit", "memory=2G")

    def test_a_time_limit_ends_a_long_work(self):
        lowered, command = WALK["seconds"]
        self.write("a.mp4", "older")
        began = time.monotonic()
        self.refused(1, *command, "--limit", "seconds=%d" % lowered, says=("the limit is 1 s", "--limit seconds="))
        self.assertLess(time.monotonic() - began, 30)
        self.assertEqual(self.read("a.mp4"), b"older")


class Safe(support.Case):
    """What a web service may give strangers."""

    def setUp(self):
        super().setUp()
        os.mkdir(self.path("work"))
        self.write("secret.csv", "1,2,3\n" * 3)
        self.write("secret.toml", JOB % "secret")
        os.symlink("../secret.csv", self.path("work", "link.csv"))
        os.symlink("..", self.path("work", "up"))
        self.write("work/own.csv", "1,2,3,4\n" * 4)

    def refused(self, code, *arguments, **more):
        return super().refused(code, *arguments, "--safe", folder=self.path("work"), **more)

    def ok(self, *arguments, **more):
        return super().ok(*arguments, "--safe", folder=self.path("work"), **more)

    def test_what_is_asked_within_reason_is_made(self):
        self.ok(*LAYER, "--input-values", "own.csv", "-o", "out/a.gif", "-o", "out/a.html")
        self.ok("sweep", *LAYER, "-P", "stride=1..2", "-o", "many/{stride}.gif")
        self.assertIn("work/many/2.gif", self.files())

    def test_nothing_outside_the_folder_is_read(self):
        for path in ("../secret.csv", self.path("secret.csv"), "link.csv", "up/secret.csv", "out/../../secret.csv"):
            for option in ("--input-values", "--kernel-values"):
                with self.subTest((path, option)):
                    self.refused(2, *LAYER, option, path, "-o", "a.gif", says="--safe")
            with self.subTest(path):
                self.refused(2, "stack", "Conv2d(1, 1, 3) --kernel-values " + path, "-i", "5", "-o", "a.gif", says="--safe")
                self.refused(2, "compare", "conv2d", "conv2d --input-values " + path, "-o", "a.gif", says="--safe")
                self.refused(2, "sweep", *LAYER, "--cases", path, "-o", "{i}.gif", says="--safe")
        self.refused(2, "render", "../secret.toml", "-o", "a.gif", says="--safe")
        self.refused(2, "sweep", "../secret.toml", "-o", "{i}.gif", says="--safe")
        self.refused(2, *LAYER, "--theme", "../secret.toml", "-o", "a.gif", says="--safe")
        self.refused(2, "model", "../secret.onnx", says="--safe")
        self.write("work/job.toml", JOB % "a" + "[data]\ninput-values = \"../secret.csv\"\n")
        self.refused(2, "render", "job.toml", "-o", "a.gif", says="--safe")

    def test_nothing_outside_the_folder_is_written(self):
        for path in ("../a.gif", self.path("a.gif"), "up/a.gif", "out/../../a.gif", "../{i}/a.gif"):
            with self.subTest(path):
                self.refused(2, *LAYER, "-o", path.replace("{i}", "x"), says="--safe")
                self.refused(2, "sweep", *LAYER, "-P", "stride=1..2", "-o", path.replace("a.gif", "{i}.gif"), says="--safe")
        for option in ("--contact-sheet", "--deps"):
            self.refused(2, "sweep", *LAYER, "-P", "stride=1..2", "-o", "{i}.gif", option, "../x.png", says="--safe")
        self.write("work/model.onnx", onnx.model([onnx.node("MaxPool", ["x"], ["y"], kernel_shape=[2, 2])], {"x": [1, 1, 4, 4]}))
        self.refused(2, "model", "model.onnx", "--layer", "1", "-o", "../a.txt", says="--safe")
        self.write("work/job.toml", JOB % "a" + "output = \"../b.gif\"\n")
        self.refused(2, "render", "job.toml", says="--safe")

    def outside(self):
        return {name: self.read(name) for name in self.files() if not name.startswith("work/")}

    def test_links_at_names_that_are_made_up_are_not_written_through(self):
        sweep = ("sweep", *LAYER, "-P", "stride=1..2", "-o", "o/{i}.gif")
        os.mkdir(self.path("d"))
        self.write("victim", "older")
        before = self.outside()
        for code, link, to, arguments in (
                (2, "f1.png", "../victim", (*LAYER, "-o", "f{n}.png")),
                (2, "d1", "../d", (*LAYER, "-o", "d{n}/f.png")),
                (2, "a.gif", "../new", (*LAYER, "-o", "a.gif")),
                (2, "o/index.html", "../../victim", sweep),
                (2, "o/manifest.json", "../../victim", (*sweep, "--resume")),
                (2, "o/manifest.json", "../../victim", (*sweep, "--force")),
                (2, "o/manifest.json", "../../new", sweep),
                (2, "o/posters", "../../d", sweep),
                (1, "o/.convreel-sweep.lock", "../../victim", sweep)):
            with self.subTest((link, to, arguments)):
                os.makedirs(self.path("work/o"), exist_ok=True)
                os.symlink(to, self.path("work", link))
                done = self.run_tool(*arguments, "--safe", folder=self.path("work"))
                self.assertEqual(done.returncode, code, done.stderr)
                self.assertIn(b"leads out" if code == 2 else b"is a link", done.stderr)
                self.assertEqual(self.outside(), before)
                os.remove(self.path("work", link))
                shutil.rmtree(self.path("work/o"))

    def test_a_merge_neither_reads_nor_writes_outside(self):
        self.ok("sweep", *LAYER, "-P", "stride=1..2", "-o", "o/{i}.gif", "-o", "p/{i}.json", "--shard", "1/1")
        self.ok("sweep", "--merge", "o", "--contact-sheet", "c.png")  # "../p/1.json" leads to where the sweep was
        os.rename(self.path("work/o/1.gif"), self.path("secret.gif"))
        written = self.read("work/o/manifest-1-of-1.json").decode()
        for path in ("../../secret.gif", self.path("secret.gif")):
            with self.subTest(path):
                self.write("work/o/manifest-1-of-1.json", written.replace('"1.gif"', '"%s"' % path))
                absolute = path[0] == "/"
                self.refused(3 if absolute else 2, "sweep", "--merge", "o", says="is not relative" if absolute else "leads out")
        self.write("m.json", written)
        os.remove(self.path("work/o/manifest-1-of-1.json"))
        os.symlink("../../m.json", self.path("work/o/manifest-1-of-1.json"))
        self.refused(2, "sweep", "--merge", "o", says="leads out")

    def test_posters_outside_are_not_removed(self):
        self.ok("sweep", *LAYER, "-P", "stride=1..2", "-o", "o/{i}.gif")
        os.rename(self.path("work/o/posters"), self.path("d"))
        os.symlink("../../d", self.path("work/o/posters"))
        before = self.outside()
        self.refused(2, "sweep", *LAYER, "-P", "stride=1..1", "-o", "o/{i}.gif", "--force", says="leads out")
        self.assertEqual(self.outside(), before)

    def test_what_is_ended_at_once_leaves_no_temporary_file(self):
        os.mkfifo(self.path("work/p.gif"))
        running = subprocess.Popen([support.BINARY, *LAYER, "-o", "a.gif", "-o", "p.gif", "--safe"],
                                   cwd=self.path("work"), stderr=subprocess.PIPE)
        with open(self.path("work/p.gif"), "rb"):  # both are open now
            self.assertEqual([name for name in self.files() if name.endswith(".tmp")][0][:15], "work/.convreel-")
            running.send_signal(signal.SIGABRT)
            self.assertIn(b"out of memory", running.communicate()[1])
        self.assertEqual(running.returncode, 1)
        self.assertEqual([name for name in self.files() if name.endswith(".tmp")], [])

    def test_many_outputs_are_all_written(self):
        outputs = ", ".join("\"a%d.txt\"" % n for n in range(300))
        self.write("work/many.toml", "layer = \"conv1d\"\ninput-size = 2\nkernel-size = 2\noutput = [%s]\n" % outputs)
        self.ok("render", "many.toml", "--limit", "list=300")
        self.assertEqual(len([name for name in self.files() if name.endswith(".txt")]), 300)

    def test_no_settings_no_network_no_modules_from_elsewhere(self):
        self.write("work/convreel.toml", "theme = \"no-such-theme\"\n")
        os.mkdir(self.path("modules"))
        self.write("modules/convreel-libav.so", "no module")
        self.ok(*LAYER, "-o", "a.mp4", environment={"CONVREEL_MODULE_PATH": self.path("modules")})
        self.refused(2, *LAYER, "-o", "b.gif", "--watch", says="--safe")

    def test_a_models_other_files_are_not_read(self):
        self.write("work/w.bin", bytes(16))
        weights = onnx.tensor("w", [1, 1, 2, 2], [], external={"location": "w.bin"})
        self.write("work/model.onnx", onnx.model([onnx.node("Conv", ["x", "w"], ["y"])], {"x": [1, 1, 4, 4]}, [weights]))
        super().ok("model", "model.onnx", folder=self.path("work"))
        self.refused(3, "model", "model.onnx", says="--safe does not read")
        self.write("work/constant.onnx", onnx.model([onnx.constant("w", weights), onnx.node("Conv", ["x", "w"], ["y"])], {"x": [1, 1, 4, 4]}))
        super().ok("model", "constant.onnx", folder=self.path("work"))
        self.refused(3, "model", "constant.onnx", says="--safe does not read")

    def test_limits_are_small_and_memory_is_bounded(self):
        self.refused(1, *LAYER, "--limit", "memory=40M", "-o", "a.gif", says="out of memory")
        self.refused(3, "conv2d", "-i", "600x600", "-o", "a.json", says="--limit values=")
        self.refused(3, *LAYER, "--size", "4000x4000", "-o", "a.png", says="--limit pixels=")
        self.refused(3, *LAYER, "--size", "2400x1600", "--limit", "memory=100M", "-o", "a.mp4", says="--limit memory=")


if __name__ == "__main__":
    support.main()
