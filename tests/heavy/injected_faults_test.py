"""tests/cli/injected_faults_test.py with every call of every kind failing once, more formats, small disks and
many more moments for signals. Takes some minutes."""
import os
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "cli"))
import support  # noqa: E402
from injected_faults_test import FORMATS, JOB, Injected, Moments  # noqa: E402



class FullDisk(support.Case):
    """A disk of some pages, in a mount namespace of its own (unshare, of util-linux)."""

    def test_every_format(self):
        script = "mount -t tmpfs -o size=%dk none disk && cd disk && \"$@\"; code=$?; ls -A | grep -v lost; exit $code"
        os.mkdir(self.path("disk"))
        for form in Injected.formats:
            for pages in (0, 4, 16):
                with self.subTest((form, pages)):
                    done = subprocess.run(["unshare", "--mount", "--map-root-user", "sh", "-c", script % (4 + pages), "sh",
                                           support.BINARY, *JOB, "-o", "a." + form],
                                          cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
                    if done.returncode == 0:
                        self.assertEqual(done.stdout.split(), ["a." + form])
                        continue
                    self.assertEqual((done.returncode, done.stdout), (1, ""), done.stderr)
                    self.assertIn("No space left on device", done.stderr)


Injected.whole_walk = True
Injected.formats = (*FORMATS, "webm", "webp", "apng", "png", "svg", "txt", "vtt", "jpg")
Moments.rounds = 25

if __name__ == "__main__":
    support.main()
