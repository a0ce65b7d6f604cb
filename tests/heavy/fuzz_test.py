"""Every fuzz target under libFuzzer with the address and undefined-behaviour sanitizers, 60 seconds each from its corpus on: none
may crash, leak, run away or break what it promises. Builds the targets first (a quarter of an hour). Needs clang.
Usage: fuzz_test.py [PATH-OF-CONVREEL, not used] [SECONDS [TARGET...]]"""
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

SOURCE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
FUZZ = os.path.join(SOURCE, "tests", "fuzz")
TARGETS = sorted(name[:-len("_fuzz.cpp")] for name in os.listdir(FUZZ) if name.endswith("_fuzz.cpp"))
SECONDS = int(sys.argv[2]) if len(sys.argv) > 2 else 60
CHOSEN = sys.argv[3:] or TARGETS


class Fuzz(unittest.TestCase):
    def build(self, folder):
        compiler = shutil.which("clang++") or shutil.which("clang++-14")
        self.assertIsNotNone(compiler, "install clang for this test")
        subprocess.run(["cmake", "-S", SOURCE, "-B", folder, "-G", "Ninja", "-DCONVREEL_FUZZ=ON", "-DCMAKE_BUILD_TYPE=None",
                        "-DCMAKE_CXX_COMPILER=" + compiler], check=True, stdout=subprocess.DEVNULL)
        subprocess.run(["cmake", "--build", folder, "--target", *["fuzz_" + name for name in CHOSEN]], check=True,
                       stdout=subprocess.DEVNULL)

    def fuzz(self, folder, name):
        """What libFuzzer invents goes into a folder of its own; its longest input is twice the corpus' longest."""
        corpus, words = os.path.join(FUZZ, "corpus", name), os.path.join(FUZZ, "dictionaries", name + ".dict")
        invented = os.path.join(folder, "invented", name)
        os.makedirs(invented)
        longest = max(entry.stat().st_size for entry in os.scandir(corpus))
        command = [os.path.join(folder, "bin", "fuzz_" + name), "-max_total_time=%d" % SECONDS, "-timeout=20", "-rss_limit_mb=3000",
                   "-max_len=%d" % max(64, 2 * longest), *(["-dict=" + words] if os.path.exists(words) else []), invented, corpus]
        leaks = "suppressions=%s:print_suppressions=0" % os.path.join(SOURCE, "tests", "support", "leaks.txt")
        done = subprocess.run(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, errors="replace",
                              env={**os.environ, "LSAN_OPTIONS": leaks})
        self.assertEqual(done.returncode, 0, done.stderr[-4000:])
        print("%s: %s" % (name, [line for line in done.stderr.splitlines() if line.startswith("Done ")][-1]))

    def test_every_target(self):
        self.assertGreaterEqual(len(TARGETS), 16)
        with tempfile.TemporaryDirectory(prefix="convreel-fuzz-") as folder:
            self.build(folder)
            for name in CHOSEN:
                with self.subTest(name):
                    self.fuzz(folder, name)


if __name__ == "__main__":
    unittest.main(argv=[__file__])
