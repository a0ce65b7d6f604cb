"""Every reader of hostile input under libFuzzer with the address and undefined-behaviour sanitizers, 200000 inputs each: none
may crash, leak or run away. Builds the targets first. Needs clang. Usage: fuzz_test.py [PATH-OF-CONVREEL, not used]"""
import os
import shutil
import subprocess
import tempfile
import unittest

SOURCE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
TARGETS = sorted(name[:-len("_fuzz.cpp")] for name in os.listdir(os.path.join(SOURCE, "tests", "fuzz")) if name.endswith("_fuzz.cpp"))
RUNS = 200000


class Fuzz(unittest.TestCase):
    def test_every_reader(self):
        compiler = shutil.which("clang++") or shutil.which("clang++-14")
        self.assertIsNotNone(compiler, "install clang for this test")
        self.assertGreaterEqual(len(TARGETS), 6)
        with tempfile.TemporaryDirectory(prefix="convreel-fuzz-") as folder:
            subprocess.run(["cmake", "-S", SOURCE, "-B", folder, "-G", "Ninja", "-DCONVREEL_FUZZ=ON", "-DCMAKE_CXX_COMPILER=" + compiler],
                           check=True, stdout=subprocess.DEVNULL)
            subprocess.run(["cmake", "--build", folder, "--target", *["fuzz_" + name for name in TARGETS]], check=True,
                           stdout=subprocess.DEVNULL)
            for name in TARGETS:
                with self.subTest(name):
                    program = os.path.join(folder, "tests", "fuzz", "fuzz_" + name)
                    done = subprocess.run([program, "-runs=%d" % RUNS, "-seed=1", "-timeout=20", "-rss_limit_mb=2048"], cwd=folder,
                                          stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
                    self.assertEqual(done.returncode, 0, done.stderr[-4000:])
                    self.assertIn("DONE", done.stderr)


if __name__ == "__main__":
    unittest.main(argv=[__file__])
