"""A 500-case sweep that is killed ten times at random and taken up again, one that fills its disk, and what 500 cases
take of memory. The small disk is a tmpfs in a mount namespace of its own (unshare, of util-linux)."""
import json
import os
import pathlib
import random
import signal
import subprocess
import sys
import tempfile
import unittest

BINARY = ""
SWEEP = ["sweep", "conv2d", "--size", "320x200", "--chapters", "none", "-P", "stride=1..5", "-P", "padding=0..9", "-L",
         "kernel_size=2,3", "-P", "input_size=5..9"]
PICTURES = [*SWEEP, "-o", "out/i{input_size}_k{kernel_size}_s{stride}_p{padding}.png"]
CASES = 500
MOST_MEMORY = 300 << 20


def content(folder):
    """Every file below out/ but what a killed run leaves hidden; the manifest without its seconds."""
    root = pathlib.Path(folder, "out")
    files = {str(p.relative_to(root)): p.read_bytes() for p in root.rglob("*")
             if p.is_file() and not p.name.startswith(".convreel-")}
    manifest = json.loads(files["manifest.json"])
    for case in manifest["cases"]:
        case["seconds"] = 0
    files["manifest.json"] = json.dumps(manifest).encode()
    return files


class Survival(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.alone = tempfile.TemporaryDirectory(prefix="convreel-survival-")
        cls.addClassCleanup(cls.alone.cleanup)
        subprocess.run([BINARY, *PICTURES, "-q"], cwd=cls.alone.name, check=True)
        cls.whole = content(cls.alone.name)

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="convreel-survival-")
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def assert_whole(self, found):
        self.assertEqual(sorted(found), sorted(self.whole))
        self.assertEqual(sum(name.endswith(".png") and "/" not in name for name in found), CASES)
        for name, data in self.whole.items():
            self.assertTrue(found[name] == data, name)

    def done(self):
        manifest = pathlib.Path(self.folder, "out/manifest.json")
        if not manifest.exists():
            return 0
        cases = json.loads(manifest.read_text())["cases"]
        for case in cases:
            for file in case["files"]:
                size = pathlib.Path(self.folder, "out", file["path"]).stat().st_size
                self.assertEqual(size, file["bytes"], file["path"])
        return sum(case["outcome"] == "done" for case in cases)

    def test_killed_ten_times_and_resumed(self):
        seed = random.randrange(1 << 30)
        dice = random.Random(seed)
        counts = []
        for _ in range(10):
            running = subprocess.Popen([BINARY, *PICTURES, "-q", "--resume"], cwd=self.folder)
            try:
                running.wait(timeout=dice.uniform(0.05, 2.5))
            except subprocess.TimeoutExpired:
                running.send_signal(signal.SIGKILL)
                running.wait()
            counts.append(self.done())
        self.assertEqual(counts, sorted(counts), f"seed {seed}: a resumed run lost what was done")
        subprocess.run([BINARY, *PICTURES, "-q", "--resume"], cwd=self.folder, check=True)
        self.assert_whole(content(self.folder))
        print(f"seed {seed}: done after each kill: {counts}")

    def test_full_disk_and_resumed(self):
        script = """mount -t tmpfs -o size=1m none out && cd "$1" && shift
            "$@"; code=$?; [ $code = 1 ] || [ $code = 4 ] || exit 90
            find out -name '*.tmp' | grep -q . && exit 91
            mount -o remount,size=100m out && "$@" --resume || exit 92
            cp -r out kept"""
        os.mkdir(os.path.join(self.folder, "out"))
        done = subprocess.run(["unshare", "--mount", "--map-root-user", "sh", "-c", script, "sh", ".", BINARY, *PICTURES, "-q"],
                              cwd=self.folder, stderr=subprocess.PIPE, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("No space left on device", done.stderr)
        os.rmdir(os.path.join(self.folder, "out"))
        os.rename(os.path.join(self.folder, "kept"), os.path.join(self.folder, "out"))
        self.assert_whole(content(self.folder))

    def test_memory(self):
        for ending in ("png", "gif", "mp4"):
            # A video of one step already fills the encoder's memory: it looks 40 frames ahead.
            less = ["--steps", "1"] if ending == "mp4" else []
            command = [BINARY, *SWEEP, *less, "-q", "-o", "%s/{i}.%s" % (ending, ending)]
            running = subprocess.Popen(command, cwd=self.folder)
            _, status, used = os.wait4(running.pid, 0)
            running.returncode = os.waitstatus_to_exitcode(status)
            self.assertEqual(running.returncode, 0)
            self.assertLess(used.ru_maxrss << 10, MOST_MEMORY, ending)
            print(f"{CASES} {ending}: {used.ru_maxrss >> 10} MB")


if __name__ == "__main__":
    BINARY = os.path.abspath(sys.argv.pop(1))
    unittest.main()
