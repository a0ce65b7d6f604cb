"""A 200-case sweep as a Slurm array of four tasks on one node: one task is killed in the middle, the array runs again
with --resume, and the merged result is that of one machine, byte for byte. Needs slurm-wlm; says so when it is missing."""
import getpass
import json
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import unittest

SOURCE = pathlib.Path(__file__).resolve().parents[2]
BINARY = ""
SWEEP = ["conv2d", "--size", "240x160", "--chapters", "none", "-i", "6", "-P", "stride=1..5", "-P", "padding=0..9",
         "-L", "kernel_size=2,3", "-L", "theme=light,dark", "-o", "out/{theme}_k{kernel_size}_s{stride}_p{padding}.gif"]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def configuration(folder, host):
    return f"""ClusterName=test
SlurmctldHost={host}(127.0.0.1)
SlurmUser={getpass.getuser()}
SlurmdUser={getpass.getuser()}
AuthType=auth/none
CredType=cred/none
ProctrackType=proctrack/pgid
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SwitchType=switch/none
MpiDefault=none
ReturnToService=2
SlurmctldPort={free_port()}
SlurmdPort={free_port()}
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd.pid
SlurmctldLogFile={folder}/slurmctld.log
SlurmdLogFile={folder}/slurmd.log
NodeName={host} NodeAddr=127.0.0.1 CPUs={os.cpu_count()} State=UNKNOWN
PartitionName=all Nodes={host} Default=YES MaxTime=INFINITE State=UP
"""


class Slurm(unittest.TestCase):
    def setUp(self):
        missing = [name for name in ("slurmctld", "slurmd", "sbatch") if not shutil.which(name)]
        self.assertEqual(missing, [], "install slurm-wlm for this test")
        folder = tempfile.TemporaryDirectory(prefix="convreel-slurm-")
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        for name in ("state", "spool", "array", "alone"):
            os.mkdir(os.path.join(self.folder, name))
        host = socket.gethostname().split(".")[0]
        conf = os.path.join(self.folder, "slurm.conf")
        pathlib.Path(conf).write_text(configuration(self.folder, host))
        self.env = dict(os.environ, SLURM_CONF=conf, CONVREEL=BINARY)
        for command in (["slurmctld", "-D", "-f", conf], ["slurmd", "-D", "-N", host, "-f", conf]):
            daemon = subprocess.Popen(command, env=self.env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            self.addCleanup(daemon.wait)
            self.addCleanup(daemon.terminate)
        self.await_("the node", lambda: "idle" in self.run_("sinfo", "-h", "-o", "%t").stdout)

    def run_(self, *command, **more):
        return subprocess.run(command, env=self.env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **more)

    def await_(self, what, ready, seconds=300):
        for _ in range(seconds * 10):
            if ready():
                return
            time.sleep(0.1)
        self.fail(f"{what} did not come: " + self.run_("scontrol", "show", "jobs").stdout)

    def submit(self):
        script = str(SOURCE / "assets/examples/slurm-array.sh")
        done = self.run_("sbatch", "--parsable", "--array=1-4", "--cpus-per-task=1", "--mem=0", "--output=%A_%a.log", script,
                         *SWEEP, cwd=os.path.join(self.folder, "array"))
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout.strip()

    def finish(self, job):
        self.await_("the array's end", lambda: not self.run_("squeue", "-h", "-j", job).stdout.strip())

    def made(self, shard):
        path = pathlib.Path(self.folder, "array", "out", f"manifest-{shard}-of-4.json")
        if not path.exists():
            return 0
        return sum(case["outcome"] == "done" for case in json.loads(path.read_text())["cases"])

    def content(self, name):
        root = pathlib.Path(self.folder, name, "out")
        files = {}
        for path in root.rglob("*"):
            if path.is_file() and not path.name.startswith("manifest-"):
                files[str(path.relative_to(root))] = path.read_bytes()
        manifest = json.loads(files["manifest.json"])
        for case in manifest["cases"]:
            case["seconds"] = 0
        files["manifest.json"] = json.dumps(manifest).encode()
        return files

    def test_killed_resumed_merged(self):
        job = self.submit()
        self.await_("the first files", lambda: self.made(1) > 0)
        self.run_("scancel", "--signal=KILL", "--full", f"{job}_1")
        self.finish(job)
        self.assertLess(self.made(1), 50, "the task was killed too late to test anything")
        refused = self.run_(BINARY, "sweep", "--merge", "out", cwd=os.path.join(self.folder, "array"))
        self.assertEqual(refused.returncode, 1)
        self.finish(self.submit())
        merged = self.run_(BINARY, "sweep", "--merge", "out", cwd=os.path.join(self.folder, "array"))
        self.assertEqual(merged.returncode, 0, merged.stderr)
        alone = self.run_(BINARY, "sweep", *SWEEP, cwd=os.path.join(self.folder, "alone"))
        self.assertEqual(alone.returncode, 0, alone.stderr)
        array, one = self.content("array"), self.content("alone")
        self.assertEqual(sorted(array), sorted(one))
        self.assertEqual(len([name for name in one if name.endswith(".gif")]), 200)
        for name in one:
            self.assertEqual(array[name] == one[name], True, name)


if __name__ == "__main__":
    BINARY = os.path.abspath(sys.argv.pop(1))
    unittest.main()
