"""Sweeps end to end: axes, names, manifests, resuming after kill -9, full disks, two at once, shards that merge."""
import collections
import itertools
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import tempfile
import time

import support

SMALL = ("--size", "240x160", "--chapters", "none", "-i", "3")
AXES = ("-P", "stride=1..3", "-P", "padding=0..2", "-L", "kernel_size=2,3,4")
NAME = "out/k{kernel_size}_s{stride}_p{padding}.gif"


class SweepCase(support.Case):
    def manifest(self, name="out/manifest.json"):
        manifest = json.loads(self.read(name))
        self.assertEqual(manifest["schema"], 1)
        return manifest

    def sweep(self, *more, **options):
        return self.ok("sweep", "conv-transpose2d", *SMALL, *AXES, "-o", NAME, *more, **options)

    def bytes_below(self, folder="out"):
        """Every file's bytes; a manifest's without the seconds, the only thing that may differ between two runs."""
        content = {}
        for name in self.files():
            if not name.startswith(folder + "/"):
                continue
            data = self.read(name)
            if name.endswith(".json"):
                manifest = json.loads(data)
                for case in manifest["cases"]:
                    case["seconds"] = 0
                data = json.dumps(manifest).encode()
            content[name] = data
        return content


class Axes(SweepCase):
    def table(self, *arguments, **more):
        lines = self.ok("sweep", *arguments, "--dry-run", **more).stdout.decode().splitlines()
        return [line.split() for line in lines[1:]]

    def test_every_legal_case_and_the_reasons_of_the_others(self):
        told = self.sweep().stderr.decode()
        self.assertIn("is impossible: ", told)
        manifest = self.manifest()
        outcomes = [case["outcome"] for case in manifest["cases"]]
        self.assertEqual(len(outcomes), 27)
        self.assertEqual(manifest["axes"], ["stride", "padding", "kernel-size"])
        self.assertEqual(set(outcomes), {"done", "impossible"})
        for case in manifest["cases"]:
            if case["outcome"] == "impossible":
                self.assertTrue(case["problems"][0]["message"])
                continue
            kernel, stride, padding = (case["parameters"][key] for key in ("kernel-size", "stride", "padding"))
            self.assertEqual(case["files"][0]["path"], "k%s_s%s_p%s.gif" % (kernel, stride, padding))
            size = (3 - 1) * int(stride) - 2 * int(padding) + int(kernel)
            self.assertEqual(case["shapes"]["output"], [1, size, size])
            self.assertEqual(len(self.read("out/" + case["files"][0]["path"])), case["files"][0]["bytes"])
            self.assertEqual(self.read("out/" + case["poster"]["path"])[:4], b"\x89PNG")

    def test_digests_are_those_of_xxhsum(self):
        self.ok("sweep", "conv2d", *SMALL, "-L", "stride=1", "-o", "out/a{stride}.json")
        data = self.manifest()["cases"][0]["files"][0]
        try:
            done = subprocess.run(["xxhsum", "-H2", self.path("out", data["path"])], stdout=subprocess.PIPE, check=True)
        except FileNotFoundError:
            self.skipTest("xxhsum is not installed")
        self.assertEqual(done.stdout.split()[0].decode(), data["digest"])

    def test_zip_pairs_lists_ranges(self):
        rows = self.table("conv2d", "-i", "9", "--zip", "-P", "stride=1..5:2", "-L", "kernel-size=2,2x1,(3,2)",
                          "-o", "o/{i}.gif")
        self.assertEqual([row[1:3] for row in rows], [["1", "2"], ["3", "2x1"], ["5", "3x2"]])

    def test_axes_as_hyperfine_takes_them(self):
        wanted = self.table("conv2d", "-P", "stride=1..3", "-L", "padding=0,1", "-P", "kernel_size=1..2", "-o", "o/{i}.gif")
        self.assertEqual(len(wanted), 12)
        for arguments in (("-P", "stride", "1", "3", "-L", "padding", "0,1", "-P", "kernel_size", "1", "2"),
                          ("--parameter-range", "stride", "1..3", "--parameter-list", "padding", "0,1", "-P", "kernel_size=1..2")):
            self.assertEqual(self.table(*arguments, "conv2d", "-o", "o/{i}.gif"), wanted)
        for arguments in (("-P", "stride", "1"), ("-P", "stride", "one", "3"), ("-L", "strid", "1,2"), ("-L", "stride")):
            self.refused(2, "sweep", "conv2d", "-o", "o/{i}.gif", *arguments, says="NAME=VALUES")

    def test_rows_from_a_spreadsheet(self):
        self.write("rows.csv", "stride,padding,title\n1,0,\"a, b\"\n2,\"1,1,0,0\",\n")
        rows = self.table("conv2d", "--cases", "rows.csv", "-o", "o/{i}.gif")
        self.assertEqual([row[1:3] for row in rows], [["1", "0"], ["2", "1,1,0,0"]])
        self.write("rows.csv", "stride,colour\n1,2\n")
        self.refused(3, "sweep", "conv2d", "--cases", "rows.csv", "-o", "o/{i}.gif", says=("rows.csv, line 1", "colour"))

    def test_sweep_file(self):
        self.write("lecture.toml", """
theme = "dark"
output = ["out/{name}_{i:02}.json"]
[axes]
stride = [1, 2]
[[job]]
name = "down"
layer = "conv2d"
axes = { padding = "0..1" }
[[job]]
name = "up"
preset = "article/transposed-s2p1"
case = [{ kernel_size = 3 }, { kernel_size = [2, 3] }]
""")
        self.ok("sweep", "lecture.toml", "--deps", "rules.mk")
        self.assertEqual(len(self.manifest()["cases"]), 8)
        self.assertEqual([n for n in self.files() if n.endswith("up_08.json")], ["out/up_08.json"])
        self.assertIn("out/down_01.json: lecture.toml\n", self.read("rules.mk").decode())
        self.write("lecture.toml", "layer = 'conv2d'\noutput = 'a{i}.gif'\n[axes]\nstrid = [1]\n")
        self.refused(3, "sweep", "lecture.toml", says=("lecture.toml:4", "did you mean stride"))

    def test_refusals(self):
        for says, arguments in {
            "did you mean stride?": ("-P", "strid=1..3", "-o", "{i}.gif"),
            "did you mean {stride}?": ("-P", "stride=1..3", "-o", "{strde}.gif"),
            "put {padding} into the name": ("-P", "stride=1..2", "-P", "padding=0..1", "-o", "{stride}.gif"),
            "two axes set stride": ("-P", "stride=1..2", "-L", "stride=3", "-o", "{i}.gif"),
            "axis stride has 2 values": ("--zip", "-P", "stride=1..2", "-P", "padding=1..3", "-o", "{i}.gif"),
            "is not a range": ("-P", "stride=1-3", "-o", "{i}.gif"),
            "no output was given": ("-P", "stride=1..3"),
            "cannot write to stdout": ("-P", "stride=1..3", "--format", "gif", "-o", "-"),
            "is the sweep's own file": ("-P", "stride=1..3", "--format", "json", "-o", "out/manifest.json"),
        }.items():
            with self.subTest(says):
                self.refused(2, "sweep", "conv2d", *arguments, says=says)
        for axes in (("-P", "stride=1..1000", "-P", "padding=1..1000"), ("-P", "stride=1..99999999999")):
            self.refused(3, "sweep", "conv2d", *axes, "-o", "{i}.gif", says=("the limit is 100000", "--limit cases"))
        self.refused(3, "sweep", "conv2d", "-L", "stride=1", "-L", "kernel_size=3,9", "-o", "{i}.gif", "--strict",
                     says="case 2: ")
        self.refused(3, "sweep", "conv2d", "-L", "kernel_size=8,9", "-o", "{i}.gif", says="case 1: ")

    def test_emitted_commands_make_the_same_files(self):
        lines = self.sweep("--emit-jobs").stdout.decode().splitlines()
        self.assertEqual(len(lines), 26)
        line = next(l for l in lines if "out/k3_s2_p1.gif" in l)
        subprocess.run(line, shell=True, check=True, cwd=self.folder, stderr=subprocess.DEVNULL,
                       env=dict(os.environ, PATH=os.path.dirname(support.BINARY) + ":" + os.environ["PATH"]))
        alone = self.read("out/k3_s2_p1.gif")
        self.sweep()
        self.assertEqual(self.read("out/k3_s2_p1.gif") == alone, True)

    def same_by_emitted_commands(self, *arguments):
        """Each line, run by sh, gives the bytes that the sweep gives."""
        lines = self.ok("sweep", *arguments, "--emit-jobs").stdout.decode().splitlines()
        path = os.path.dirname(support.BINARY) + ":" + os.environ["PATH"]
        for line in lines:
            subprocess.run(["sh", "-c", line], check=True, cwd=self.folder, stderr=subprocess.DEVNULL,
                           stdout=subprocess.DEVNULL, env=dict(os.environ, PATH=path))
        alone = {name: self.read(name) for name in self.files() if name.startswith("out/")}
        shutil.rmtree(self.path("out"))
        self.ok("sweep", *arguments)
        self.assertEqual(len(alone), len(lines))
        self.assertEqual([name for name in alone if alone[name] != self.read(name)], [])
        shutil.rmtree(self.path("out"))

    def test_emitted_commands_of_stacks_comparisons_and_models(self):
        self.same_by_emitted_commands("stack", "Conv2d(1, 1, 3) --kernel-values 'sobel-x'", "ReLU()", "-L",
                                      "input_size=5,6", "-L", "title=it's,-b", "-o", "out/{i}.json")
        self.write("c.toml", 'input-size = 5\ncompare = ["conv2d -s 1", "conv2d -s 2"]\n[axes]\npadding = [0, 1]\n')
        self.same_by_emitted_commands("c.toml", "-o", "out/{i}.json")
        model = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "fixtures", "models", "lenet.onnx")
        shutil.copy(model, self.path("my lenet.onnx"))
        for part in ("2", "1..2"):
            self.write("m.toml", 'model = "my lenet.onnx"\nmodel-part = "%s"\n[axes]\ncrop = ["6x6", "8x8"]\n' % part)
            self.same_by_emitted_commands("m.toml", "-o", "out/{i}.json")

    def test_emitted_commands_of_sizes_that_give_way(self):
        self.same_by_emitted_commands("preset:article/conv-s1p0", "-L", "stride=1,2", "--input-values", "1 2 3; 4 5 6; 7 8 9",
                                      "--kernel-values", "1 2; 3 4", "-o", "out/{i}.json")

    def test_a_line_break_is_no_command(self):
        self.write("s.toml", 'layer = "conv2d"\n[axes]\ntitle = ["ok", "a\\ntouch PWNED #"]\n')
        self.refused(2, "sweep", "s.toml", "-o", "{i}.json", "--emit-jobs", says="--title holds a line break")

    def test_cells_forge_no_rows(self):
        table = self.ok("sweep", "conv2d", "-i", "3", "-L", "title=a\rFORGED\n\trow,b", "-o", "{i}.txt", "--dry-run").stdout
        self.assertEqual(len(table.splitlines()), 3)
        self.assertIn(rb"a\x0dFORGED\x0a\x09row", table)

    def test_every_file_is_written_once(self):
        sweep = ("sweep", "conv2d", "-i", "3", "-P", "stride=1..2", "-o", "g/{i}.png")
        for name in ("g/manifest.json", "g/index.html", "./g/../g/1.png"):
            self.refused(2, *sweep, "--contact-sheet", name, says="the sweep's own file")
        self.refused(2, *sweep, "--deps", "a", "--contact-sheet", "a", says="the sweep's own file")
        self.refused(2, *sweep[:-1], "g/{i}{n}.png", "-P", "padding=1..9", says="would both be written")
        self.write("s.toml", 'layer = "conv2d"\ninput-values = "x.json"\n[axes]\nstride = [1, 2]\n')
        self.write("x.json", "[[1, 2, 3], [4, 5, 6], [7, 8, 9]]")
        for name in ("s.toml", "x.json"):
            self.refused(2, "sweep", "s.toml", "-o", "h/{i}.txt", "--deps", name, says=name + " is read")

    def test_a_merged_sheet_replaces_no_part(self):
        for k in (1, 2):
            self.ok("sweep", "conv2d", *SMALL, "-P", "stride=1..2", "-o", "g/{i}.png", "--shard", "%d/2" % k)
        for name in ("g/manifest.json", "g/1.png", "g/manifest-1-of-2.json"):
            self.refused(2, "sweep", "--merge", "g", "--contact-sheet", name)

    def test_rules_that_make_reads(self):
        self.write("back\\x y#$.json", "[[1, 2], [3, 4]]")
        rules = ("--deps", "rules.mk", "-o", "out/k={stride} \\ .json")
        self.ok("sweep", "conv2d", "-k", "1", "--input-values", "back\\x y#$.json", "-L", "stride=1", *rules)
        self.assertIn("back\\x\\ y\\#$$.json\n", self.read("rules.mk").decode())
        if shutil.which("make"):
            with open(self.path("rules.mk"), "a") as file:
                file.write("\t@echo '$^ makes $@'\n")
            told = subprocess.run(["make", "-Bf", "rules.mk"], cwd=self.folder, stdout=subprocess.PIPE,
                                  check=True).stdout.decode()
            self.assertIn("back\\x y#$.json makes out/k=1 \\ .json", told)
        for name in ("a\nb.json", "a\tb.json", "a;touch PWNED.json"):
            self.write(name, "[[1, 2], [3, 4]]")
            self.refused(2, "sweep", "conv2d", "-k", "1", "--input-values", name, "-P", "stride=1..2", *rules[:2],
                         "-o", "x/{i}.json", says="cannot hold the name")

    def test_places_name_their_files(self):
        self.ok("sweep", "conv2d", *SMALL, "-P", "stride=1..2", "--for", "github", "-o", "out/{i}")
        self.assertEqual([name for name in self.files() if name.endswith(".gif")], ["out/1.gif", "out/2.gif"])

    def cell_width(self, name):
        """How wide the cells of a picture without numbers are: the usual run of its second most used colour."""
        rows = support.png_rows(self.read(name))
        fill = collections.Counter(pixel for row in rows for pixel in row).most_common(2)[1][0]
        runs = collections.Counter(len(list(run)) for row in rows for pixel, run in itertools.groupby(row) if pixel == fill)
        return runs.most_common(1)[0][0]

    def test_alignment(self):
        # At 960 pixels a cell of a scene is one of whole pixels.
        cells = ("-L", "input_size=4,9", "--size", "960x600", "--no-numbers", "-o", "out/{input_size}.png")
        self.ok("sweep", "conv2d", *cells)
        apart = [self.cell_width("out/%d.png" % size) for size in (4, 9)]
        self.assertGreater(apart[0], apart[1])
        self.ok("sweep", "conv2d", *cells, "--align", "--force")
        self.assertEqual([self.cell_width("out/%d.png" % size) for size in (4, 9)], [apart[1]] * 2)
        self.assertEqual(len({case["parameters"]["cell"] for case in self.manifest()["cases"]}), 1)

    def test_long_words_under_a_contact_sheets_pictures_are_cut_between_letters(self):
        sheets = []
        for letter in "жя":
            self.write("cases.csv", "name\n%s\n" % (letter * 300))
            self.ok("sweep", "conv1d", *SMALL, "--cases", "cases.csv", "-o", "out/{i}.png", "--force",
                    "--contact-sheet", "all.png")
            sheets.append(self.read("all.png"))
        self.assertNotEqual(*sheets)

    def test_contact_sheet(self):
        self.sweep("--contact-sheet", "all.png")
        width, height = support.png_size(self.read("all.png"))
        self.assertGreater(width, height)


class Progress(SweepCase):
    LONG = ("sweep", "conv2d", "-i", "6", "-P", "padding=0..9", "-P", "kernel_size=1..4", "-o", "out/{i}.png", "-j", "1")

    def test_plain_lines_tell_rate_and_time_left(self):
        told = self.ok(*self.LONG, "--progress", "plain").stderr.decode()
        self.assertRegex(told, r"(?m)^sweep: \d+ of 40, \d+\.\d/(s|min), (\d+ s|\d+:\d\d) left$")
        self.assertRegex(told, r"(?m)^sweep: 40 of 40, \d+\.\d s$")

    def test_json_lines_tell_rate_and_time_left(self):
        told = self.ok(*self.LONG, "--progress", "json").stderr.decode()
        lines = [json.loads(line) for line in told.splitlines() if line.startswith("{")]
        self.assertTrue(lines)
        for line in lines:
            self.assertEqual((line["label"], line["total"]), ("sweep", 40))
            self.assertAlmostEqual(line["rate"] * line["seconds_left"], 40 - line["done"], delta=4)
        self.assertTrue(lines[-1]["finished"])


class Survival(SweepCase):
    def test_any_thread_count_gives_the_same_bytes(self):
        with tempfile.TemporaryDirectory() as other:
            self.sweep("-j", "1", folder=other)
            self.sweep("-j", "3")
            here = self.bytes_below()
            self.folder, kept = other, self.folder
            there = self.bytes_below()
            self.folder = kept
        self.assertEqual(sorted(here), sorted(there))
        for name in here:
            self.assertEqual(here[name] == there[name], True, name)

    def test_killed_again_and_again_and_resumed(self):
        self.sweep()
        undisturbed = self.bytes_below()
        seed = random.randrange(1 << 30)
        dice = random.Random(seed)
        command = [support.BINARY, "sweep", "conv-transpose2d", *SMALL, *AXES, "-o", NAME, "--resume"]
        with tempfile.TemporaryDirectory(prefix="convreel-kill-") as folder:
            self.folder, kept = folder, self.folder
            for _ in range(10):
                running = subprocess.Popen(command, cwd=folder, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
                try:
                    running.wait(timeout=dice.uniform(0.02, 1.0))
                except subprocess.TimeoutExpired:
                    running.send_signal(signal.SIGKILL)
                    running.wait()
                if os.path.exists(self.path("out/manifest.json")):
                    for case in self.manifest()["cases"]:
                        for file in case["files"]:
                            self.assertEqual(len(self.read("out/" + file["path"])), file["bytes"], "seed %d" % seed)
            self.ok(*command[1:])
            resumed = {n: d for n, d in self.bytes_below().items() if not os.path.basename(n).startswith(".convreel-")}
            self.folder = kept
        self.assertEqual(sorted(resumed), sorted(undisturbed), "seed %d" % seed)
        for name in undisturbed:
            self.assertEqual(resumed[name] == undisturbed[name], True, "%s differs, seed %d" % (name, seed))

    def test_resume_trusts_digests_not_names(self):
        self.sweep()
        whole = self.read("out/k3_s1_p1.gif")
        self.write("out/k3_s1_p1.gif", whole[:-1] + b"!")
        times = {name: os.stat(self.path(name)).st_mtime_ns for name in self.files()}
        self.assertIn("1 done, 25 kept", self.sweep("--resume").stderr.decode())
        self.assertEqual(self.read("out/k3_s1_p1.gif"), whole)
        self.assertEqual(times["out/k2_s1_p0.gif"], os.stat(self.path("out/k2_s1_p0.gif")).st_mtime_ns)
        self.assertIn("26 done", self.sweep("--resume", "--force").stderr.decode())

    def test_another_sweep_is_not_replaced_unasked(self):
        self.sweep()
        self.refused(2, "sweep", "conv2d", "-P", "stride=1..2", "-o", "out/{stride}.gif", says="of another sweep")
        self.ok("sweep", "conv2d", *SMALL, "-P", "stride=1..2", "-o", "out/{stride}.gif", "--force")

    def test_old_posters_go_when_the_folder_is_used_again(self):
        self.sweep()
        first = {n for n in self.files() if n.startswith("out/posters/")}
        self.write("out/posters/0123456789abcdef.png", "no manifest names it")
        self.write("out/keep.png", "named by a forged manifest")
        manifest = self.manifest()
        manifest["cases"][0]["poster"]["path"] = "posters/../keep.png"
        self.write("out/manifest.json", json.dumps(manifest))
        self.ok("sweep", "conv2d", *SMALL, "-P", "stride=1..2", "-o", "out/{stride}.gif", "--force")
        left = {n for n in self.files() if n.startswith("out/posters/")}
        now = {"out/" + case["poster"]["path"] for case in self.manifest()["cases"]}
        self.assertEqual(len(now), 2)
        self.assertEqual(len(left & first), 1, "the one that the forged line no longer names")
        self.assertEqual(left - first, now | {"out/posters/0123456789abcdef.png"})
        self.assertTrue(os.path.exists(self.path("out/keep.png")))

    def test_changed_data_is_made_again(self):
        self.write("x.csv", "1,2,3\n4,5,6\n7,8,9\n")
        sweep = ("sweep", "conv2d", "--input-values", "x.csv", "-L", "kernel_size=1,2", "-o", "out/{kernel_size}.json")
        self.ok(*sweep)
        self.assertIn("2 kept", self.ok(*sweep, "--resume").stderr.decode())
        self.write("x.csv", "1,2,3\n4,5,6\n7,8,0\n")
        self.assertIn("2 done", self.ok(*sweep, "--resume").stderr.decode())

    def test_one_bad_case_does_not_stop_the_rest(self):
        os.makedirs(self.path("out/k3_s1_p1.gif"))
        done = self.run_tool("sweep", "conv-transpose2d", *SMALL, *AXES, "-o", NAME)
        self.assertEqual(done.returncode, 4, done.stderr.decode())
        self.assertIn("1 of 27 cases failed", done.stderr.decode())
        outcomes = [case["outcome"] for case in self.manifest()["cases"]]
        self.assertEqual((outcomes.count("failed"), outcomes.count("done")), (1, 25))
        self.assertIn("k3_s1_p1", json.dumps([c["problems"] for c in self.manifest()["cases"] if c["outcome"] == "failed"]))

    def test_full_disk(self):
        def limit():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (30000, 30000))

        done = self.run_tool("sweep", "conv-transpose2d", *SMALL, *AXES, "-o", NAME, preexec_fn=limit)
        self.assertIn(done.returncode, (1, 4), done.stderr.decode())
        self.assertIn("error: ", done.stderr.decode())
        self.assertEqual([n for n in self.files() if n.endswith(".tmp")], [])
        self.sweep("--resume")
        resumed = self.bytes_below()
        self.sweep("--force")
        self.assertEqual(self.bytes_below() == resumed, True)

    def test_folder_loses_its_permission(self):
        self.write("plain", "a file, not a folder")
        self.refused(1, "sweep", "conv2d", "-P", "stride=1..2", "-o", "plain/{stride}.gif", says="plain")
        os.mkdir(self.path("out"))
        command = [support.BINARY, "sweep", "conv2d", "-P", "padding=0..99", "-o", "out/{padding}.gif", "-j", "1"]
        if os.geteuid() == 0:  # root writes anywhere, unless it gives that up
            command = ["setpriv", "--bounding-set=-dac_override,-dac_read_search", *command]
        running = subprocess.Popen(command, cwd=self.folder, stderr=subprocess.PIPE)
        while running.poll() is None and not os.path.exists(self.path("out/1.gif")):
            time.sleep(0.01)
        os.chmod(self.path("out"), 0o555)
        _, message = running.communicate(timeout=120)
        self.assertIn(running.returncode, (1, 4), message)
        self.assertIn(b"cannot write", message)
        self.assertEqual(self.manifest()["total"], 100)
        os.chmod(self.path("out"), 0o755)

    def test_two_at_once(self):
        command = [support.BINARY, "sweep", "conv2d", "-P", "padding=0..99", "-o", "out/{padding}.gif", "-j", "1"]
        running = subprocess.Popen(command, cwd=self.folder, stderr=subprocess.DEVNULL)
        try:
            while running.poll() is None and not os.path.exists(self.path("out/manifest.json")):
                time.sleep(0.01)
            second = self.run_tool("sweep", "conv2d", "-P", "stride=1..2", "-o", "out/other{stride}.gif", "--force")
        finally:
            running.kill()
            running.wait()
        self.assertEqual(second.returncode, 1)
        self.assertIn("another sweep (process %d) is at work in out" % running.pid, second.stderr.decode())
        self.assertEqual([n for n in self.files() if "other" in n], [])

    def test_interrupted(self):
        command = [support.BINARY, "sweep", "conv2d", "-P", "padding=0..99", "-o", "out/{padding}.gif"]
        running = subprocess.Popen(command, cwd=self.folder, stderr=subprocess.DEVNULL)
        while running.poll() is None and not os.path.exists(self.path("out/1.gif")):
            time.sleep(0.01)
        running.send_signal(signal.SIGINT)
        self.assertEqual(running.wait(timeout=60), 130)
        outcomes = [case["outcome"] for case in self.manifest()["cases"]]
        self.assertGreater(outcomes.count("done"), 0)
        self.assertGreater(outcomes.count("pending"), 0)
        self.assertEqual([n for n in self.files() if os.path.basename(n).startswith(".convreel-")], [])


class Shards(SweepCase):
    def test_merged_shards_are_one_sweep(self):
        self.sweep()
        whole = self.bytes_below()
        with tempfile.TemporaryDirectory() as folder:
            self.folder, kept = folder, self.folder
            for k in (2, 1):
                self.sweep("--shard", "%d/3" % k)
            missing = self.run_tool("sweep", "--merge", "out")
            self.assertEqual(missing.returncode, 1)
            self.assertIn("missing shards: 3/3", missing.stderr.decode())
            slurm = {"SLURM_ARRAY_TASK_ID": "12", "SLURM_ARRAY_TASK_MIN": "10", "SLURM_ARRAY_TASK_COUNT": "3"}
            self.sweep("--shard", "auto", environment=slurm)
            self.ok("sweep", "--merge", "out")
            merged = {n: d for n, d in self.bytes_below().items() if "manifest-" not in n}
            self.assertIn("0 done, 8 kept", self.sweep("--shard", "auto/3", "--resume",
                                                       environment={"JOB_COMPLETION_INDEX": "0"}).stderr.decode())
            self.folder = kept
        self.assertEqual(sorted(merged), sorted(whole))
        for name in whole:
            self.assertEqual(merged[name] == whole[name], True, name)

    def test_shard_refusals(self):
        for text in ("0/3", "4/3", "3", "a/b", "1/0", "auto/x"):
            self.refused(2, "sweep", "conv2d", "-P", "stride=1..2", "-o", "{i}.gif", "--shard", text, says="--shard")
        self.refused(2, "sweep", "conv2d", "-P", "stride=1..2", "-o", "{i}.gif", "--shard", "auto", says="SLURM_ARRAY")
        self.refused(2, "sweep", "conv2d", "--merge", ".", says="takes no SPEC")
        self.refused(1, "sweep", "--merge", ".", says="no shard's manifest")


if __name__ == "__main__":
    support.main()
