"""The example files for GNU parallel, Snakemake and Kubernetes, run for real: what each engine makes is what one machine
makes, byte for byte. A Kubernetes pod is played by its container's command with the variable that Kubernetes sets. Needs
parallel, snakemake and python3-yaml; says so when one is missing."""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

SOURCE = pathlib.Path(__file__).resolve().parents[2]
EXAMPLES = SOURCE / "assets/examples"
BINARY = ""
LECTURE = """
size = "240x160"
chapters = "none"
output = "lecture/{i:02}_s{stride}_k{kernel_size}.gif"
layer = "conv2d"
[axes]
stride = "1..4"
kernel_size = [2, 3, 9]
theme = ["light", "dark"]
"""
POSSIBLE = 16


def content(folder):
    """Every file of the sweep; manifests without the seconds, parts' manifests and the engine's own files left out."""
    root = pathlib.Path(folder, "lecture")
    files = {str(p.relative_to(root)): p.read_bytes() for p in root.rglob("*")
             if p.is_file() and not p.name.startswith(("manifest-", "part-"))}
    manifest = json.loads(files["manifest.json"])
    for case in manifest["cases"]:
        case["seconds"] = 0
    files["manifest.json"] = json.dumps(manifest).encode()
    return files


class Engines(unittest.TestCase):
    def setUp(self):
        self.env = dict(os.environ, PATH=os.path.dirname(BINARY) + ":" + os.environ["PATH"], CONVREEL=BINARY)
        for name in ("alone", "engine"):
            folder = tempfile.TemporaryDirectory(prefix="convreel-engines-")
            self.addCleanup(folder.cleanup)
            setattr(self, name, folder.name)
            pathlib.Path(folder.name, "lecture.toml").write_text(LECTURE)
        self.ok("convreel", "sweep", "lecture.toml", folder=self.alone)

    def need(self, program):
        self.assertTrue(shutil.which(program), f"install {program} for this test")

    def ok(self, *command, folder=None, **variables):
        done = subprocess.run(command, cwd=folder or self.engine, env=dict(self.env, **variables), stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, text=True, timeout=600)
        self.assertEqual(done.returncode, 0, f"{command}\n{done.stdout}\n{done.stderr}")
        return done

    def assert_same(self):
        one, other = content(self.alone), content(self.engine)
        self.assertEqual(sorted(other), sorted(one))
        self.assertEqual(len([name for name in one if name.endswith(".gif")]), POSSIBLE)
        for name in one:
            self.assertTrue(other[name] == one[name], name)

    def test_gnu_parallel(self):
        self.need("parallel")
        self.ok("sh", str(EXAMPLES / "gnu-parallel.sh"), "lecture.toml", HOME=self.engine)
        made, wanted = ({p.name: p.read_bytes() for p in pathlib.Path(folder, "lecture").glob("*.gif")}
                        for folder in (self.engine, self.alone))
        self.assertEqual(len(wanted), POSSIBLE)
        self.assertTrue(made == wanted)
        log = pathlib.Path(self.engine, "convreel-jobs.log").read_text().splitlines()
        self.assertEqual(len(log), 1 + POSSIBLE)

    def test_parts_by_gnu_parallel(self):
        self.need("parallel")
        self.ok("parallel", "convreel", "sweep", "lecture.toml", "--shard", "{}/3", "--resume", "-j", "1", ":::", "1", "2", "3",
                HOME=self.engine)
        self.ok("convreel", "sweep", "--merge", "lecture")
        self.assert_same()

    def test_snakemake(self):
        self.need("snakemake")
        shutil.copy(EXAMPLES / "Snakefile", self.engine)
        self.ok("snakemake", "--cores", "2", HOME=self.engine)
        self.assert_same()
        self.assertIn("Nothing to be done", self.ok("snakemake", "--cores", "2", HOME=self.engine).stderr)

    def test_kubernetes(self):
        try:
            import yaml
        except ImportError:
            self.fail("install python3-yaml for this test")
        job = yaml.safe_load((EXAMPLES / "kubernetes-indexed-job.yaml").read_text())
        self.assertEqual((job["apiVersion"], job["kind"], job["spec"]["completionMode"]), ("batch/v1", "Job", "Indexed"))
        pod = job["spec"]["template"]["spec"]
        self.assertIn(pod["restartPolicy"], ("OnFailure", "Never"))
        container, = pod["containers"]
        mounts = {mount["name"] for mount in container["volumeMounts"]}
        self.assertEqual(mounts, {volume["name"] for volume in pod["volumes"]})
        for index in range(job["spec"]["completions"]):
            self.ok(*container["command"], JOB_COMPLETION_INDEX=str(index))
        self.ok("convreel", "sweep", "--merge", "lecture")
        self.assert_same()


if __name__ == "__main__":
    BINARY = os.path.abspath(sys.argv.pop(1))
    unittest.main()
