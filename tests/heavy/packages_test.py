"""The packages of a release: made, heard by lintian, installed in a bare Debian 12 with nothing but what they declare.

Needs root, debootstrap, lintian, dpkg-dev, file, and a mirror (DEBIAN_MIRROR, else deb.debian.org). The build in
build-release is kept, so that only the first run compiles. CONVREEL_DIST names packages that are there already."""
import hashlib
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

SOURCE = pathlib.Path(__file__).resolve().parents[2]
MIRROR = os.environ.get("DEBIAN_MIRROR", "http://deb.debian.org/debian")


def run(*words, **more):
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True, **more)
    if done.returncode != 0:
        raise AssertionError(f"{' '.join(map(str, words))}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}")
    return done.stdout


class Packages(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="convreel-packages-")
        cls.addClassCleanup(folder.cleanup)
        cls.folder = pathlib.Path(folder.name)
        cls.dist = pathlib.Path(os.environ.get("CONVREEL_DIST") or cls.folder / "dist")
        if not cls.dist.is_dir():
            run(SOURCE / ".ci/release/make", cls.dist)

    def tree(self):
        """The unpacked tarball."""
        tarball = next(self.dist.glob("convreel-*-linux-*.tar.gz"))
        run("tar", "-xf", tarball, "-C", self.folder)
        return next(path for path in self.folder.glob("convreel-*-linux-*") if path.is_dir())

    def test_checksums_and_licences(self):
        lines = [line.split() for line in (self.dist / "SHA256SUMS").read_text().splitlines()]
        self.assertGreaterEqual(len(lines), 6)
        for digest, name in lines:
            self.assertEqual(hashlib.sha256((self.dist / name.strip("*./")).read_bytes()).hexdigest(), digest)
        self.assertIn('"licenseDeclared": "GPL-2.0-or-later"', next(self.dist.glob("*.spdx.json")).read_text())

    def test_lintian(self):
        run("lintian", "--fail-on", "error,warning", "--suppress-tags", "initial-upload-closes-no-bugs", *self.dist.glob("*.deb"))

    def test_the_tarball_runs_from_anywhere(self):
        tree = self.tree()
        run(tree / "bin/convreel", "conv2d", "-i", "3", "-o", self.folder / "a.mp4", "-o", self.folder / "a.pptx")
        self.assertGreater((self.folder / "a.mp4").stat().st_size, 1000)
        for part in ("share/man/man1/convreel.1.gz", "share/bash-completion/completions/convreel", "share/zsh/vendor-completions/_convreel",
                     "share/fish/vendor_completions.d/convreel.fish", "share/doc/convreel/copyright",
                     "share/doc/convreel/examples/slide.toml", "lib/python3/dist-packages/convreel/__init__.py", "README.txt"):
            self.assertTrue((tree / part).is_file(), part)
        self.assertIn("libcairo2", (tree / "README.txt").read_text())

    def test_the_example_builds_against_what_is_installed(self):
        tree, build = self.tree(), self.folder / "example"
        run("cmake", "-S", tree / "share/doc/convreel/examples/library", "-B", build, "-G", "Ninja", f"-DCMAKE_PREFIX_PATH={tree}")
        run("cmake", "--build", build)
        said = run(build / "example", cwd=self.folder)
        self.assertIn("output.0.0.0 = ", said)
        self.assertIn("refused with 3: ", said)
        self.assertTrue((self.folder / "example.gif").is_file())

    @unittest.skipUnless(os.geteuid() == 0 and shutil.which("debootstrap"), "needs root and debootstrap")
    def test_a_bare_debian(self):
        bare = self.folder / "bare"
        run("debootstrap", "--variant=minbase", "bookworm", bare, MIRROR)
        for package in self.dist.glob("*.deb"):
            shutil.copy(package, bare / "root")
        shutil.copy("/etc/resolv.conf", bare / "etc/resolv.conf")

        def within(line):
            return run("chroot", bare, "env", "DEBIAN_FRONTEND=noninteractive", "LC_ALL=C.UTF-8", "PYTHONDONTWRITEBYTECODE=1",
                       "sh", "-euc", "cd /root; " + line)

        within("apt-get update -qq && apt-get install -y -qq --no-install-recommends ./convreel_*.deb")
        within("convreel transpose -i 3 -s 2 -p 1 -o a.gif -o a.mp4 -o a.pptx -o a.webm -o a.html")
        self.assertEqual((bare / "root/a.gif").read_bytes()[:6], b"GIF89a")
        self.assertNotRegex(within("convreel doctor"), r"(?m)^  [a-z]+ +(no|only)")
        within("apt-get install -y -qq --no-install-recommends ./python3-convreel_*.deb")
        within("python3 -c 'import convreel; convreel.conv2d(3).save(\"b.png\")'")
        within("apt-get purge -y -qq python3-convreel convreel")
        left = within("find / -xdev -iname '*convreel*' -not -path '/root/*' -not -path '/proc/*' -not -path '/var/*'").split()
        self.assertEqual(left, [])


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
