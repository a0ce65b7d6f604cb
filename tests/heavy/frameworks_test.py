"""What `explain --as` prints, executed over 200 random layers: PyTorch's programs by PyTorch, ONNX' models checked by onnx (its checker
and its shape inference) and evaluated, NumPy's run, Keras' and JAX's against their documented rules (stand_ins.py). Each has to leave
the trace's own numbers in y. Needs python3-torch, python3-onnx. Usage: frameworks_test.py PATH-OF-BINARY"""
import importlib.util
import json
import os
import random
import subprocess
import sys
import tempfile
import unittest

if importlib.util.find_spec("torch") is None and sys.executable != "/usr/bin/python3":
    os.execv("/usr/bin/python3", ["/usr/bin/python3", *sys.argv])  # Debian's packages are its own Python's

import numpy as np

import stand_ins

BINARY = os.path.abspath(sys.argv.pop(1)) if len(sys.argv) > 1 and not sys.argv[1].startswith("-") else "convreel"
LAYERS = 200
LANGUAGES = ("pytorch", "keras", "jax", "onnx", "numpy")
KINDS = ("conv", "conv-transpose", "max-pool", "avg-pool")


def per_axis(dims, pick, least, most):
    values = [pick.randint(least, most)] * dims if pick.random() < 0.5 else [pick.randint(least, most) for _ in range(dims)]
    return "x".join(map(str, values))


def words(n, pick):
    """A layer as it is typed, of every kind in turn; not all of them are legal."""
    kind, dims = KINDS[n % 4], n // 4 % 3 + 1
    most = {1: 9, 2: 6, 3: 4}[dims]
    line = ["%s%dd" % (kind, dims), "-i", per_axis(dims, pick, 2, most), "-k", per_axis(dims, pick, 1, 3), "-s", per_axis(dims, pick, 1, 3),
            "--input-values", "random:%d" % n]
    sides = ",".join(str(pick.randint(0, 2)) for _ in range(2 * dims))
    line += ["-p", pick.choice((sides, sides, per_axis(dims, pick, 0, 2), "same-upper", "same-lower", "valid"))]
    if kind.startswith("conv"):
        groups = pick.choice((1, 1, 2))
        line += ["-g", groups, "--in-channels", groups * pick.randint(1, 2), "--out-channels", groups * pick.randint(1, 2),
                 "--kernel-values", "random:%d" % (n + 1)]
        line += ["--bias", "random:%d" % n] if pick.random() < 0.5 else []
        line += ["--flip-kernel"] if pick.random() < 0.2 else []
        line += ["-d", per_axis(dims, pick, 1, 3)] if pick.random() < 0.4 else []
    else:
        line += ["--in-channels", pick.randint(1, 2)] + (["--ceil-mode"] if pick.random() < 0.4 else [])
    if kind == "conv" and pick.random() < 0.5:
        line += ["--padding-mode", pick.choice(("reflect", "replicate", "circular"))]
    if kind == "conv-transpose" and pick.random() < 0.4:
        line += ["--output-padding", per_axis(dims, pick, 0, 1)]
    if kind == "max-pool" and pick.random() < 0.4:
        line += ["-d", per_axis(dims, pick, 1, 2)]
    if kind == "avg-pool":
        line += [pick.choice(("--count-include-pad", "--no-count-include-pad"))]
        line += ["--divisor-override", pick.randint(1, 5)] if pick.random() < 0.2 else []
    rules = pick.choice(("pytorch", "pytorch", "onnx", "onnx", "jax"))
    if pick.random() < 0.15:
        rules = "keras"
        line[line.index("-p") + 1] = pick.choice(("same", "valid"))
    return [str(word) for word in line] + ["--rules", rules]


def run(*arguments):
    return subprocess.run([BINARY, *arguments], capture_output=True, text=True, timeout=120)


class Programs(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        """Legal layers with their programs and their numbers."""
        for modules in (stand_ins.jax(), stand_ins.keras(), stand_ins.onnx_reference()):
            sys.modules.update(modules)
        cls.cases, pick, n = [], random.Random(1313), 0
        with tempfile.TemporaryDirectory(prefix="convreel-frameworks-") as folder:
            while len(cls.cases) < LAYERS:
                line, target = words(n, pick), os.path.join(folder, "trace.json")
                n += 1
                done = run("explain", *line, "--as", ",".join(LANGUAGES), "--json")
                if done.returncode == 3:
                    continue
                assert done.returncode == 0, (line, done.stderr)
                assert run(*line, "-q", "-o", target).returncode == 0, line
                with open(target) as file:
                    output = json.load(file)["output"]
                values = [float(v.replace("Infinity", "inf")) if isinstance(v, str) else v for v in output["values"]]
                cls.cases.append((line, json.loads(done.stdout), np.array(values).reshape(output["shape"])))

    def programs(self, language, least):
        """Every program of one language is run; the refused ones are counted and have a reason."""
        said = 0
        for line, programs, wanted in self.cases:
            told = programs[language]
            if "refused" in told:
                self.assertIn("cannot say this layer: ", told["refused"])
                self.assertTrue(told["hint"])
                continue
            said += 1
            with self.subTest(" ".join(line)):
                names = {}
                with np.errstate(invalid="ignore"):
                    exec(told["code"].replace("print(y)\n", ""), names)
                y = names["y"].detach().numpy() if language == "pytorch" else np.asarray(names["y"])
                y = y if language == "numpy" else y[0]
                self.assertEqual(y.shape, wanted.shape, told["code"])
                np.testing.assert_allclose(y, wanted, rtol=1e-9, atol=1e-9, err_msg=told["code"])
        self.assertGreaterEqual(said, least, "of %d layers" % len(self.cases))

    def test_pytorch(self):
        self.programs("pytorch", 190)

    def test_onnx(self):
        self.programs("onnx", 185)

    def test_numpy(self):
        self.programs("numpy", LAYERS)

    def test_keras(self):
        self.programs("keras", 120)

    def test_jax(self):
        self.programs("jax", LAYERS)

    def test_the_comparison_can_fail(self):
        line, programs, wanted = self.cases[0]
        changed = [(line, programs, wanted + 1)]
        cases, type(self).cases = self.cases, changed
        try:
            with self.assertRaises(AssertionError):
                names = {}
                exec(programs["numpy"]["code"].replace("print(y)\n", ""), names)
                np.testing.assert_allclose(names["y"], changed[0][2], rtol=1e-9)
        finally:
            type(self).cases = cases



STACKS = [
    ["Conv2d(1, 2, 3, padding=1)", "ReLU()", "MaxPool2d(2)", "-i", "6"],
    ["LeakyReLU(0.2)", "Sigmoid()", "Tanh()", "Hardtanh(-0.5, 0.5)", "Identity()", "Dropout()", "-i", "4"],
    ["BatchNorm2d(2, eps=0.5)", "-i", "3", "--in-channels", "2"],
    ["Upsample(scale_factor=2)", "Conv2d(1, 1, 3)", "-i", "3"],
    ["Upsample(scale_factor=1.5, mode='bilinear')", "-i", "4"],
    ["Upsample(size=(7, 5), mode='bilinear', align_corners=True)", "-i", "4"],
    ["Upsample(scale_factor=2, mode='bicubic')", "-i", "4"],
    ["Upsample(scale_factor=2, mode='linear')", "Conv1d(1, 1, 3)", "-i", "5"],
    ["PixelShuffle(2)", "PixelUnshuffle(2)", "-i", "3", "--in-channels", "4"],
    ["AdaptiveAvgPool2d((3, 2))", "-i", "7x5"],
    ["AdaptiveMaxPool2d(3)", "ZeroPad2d((1, 2, 0, 1))", "-i", "7"],
    ["MaxPool2d(2)", "MaxUnpool2d(2)", "-i", "7"],
    ["MaxPool2d(2, padding=1)", "MaxUnpool2d(2, padding=1)", "-i", "6"],
    ["Upsample(scale_factor=1.6, recompute_scale_factor=True)", "-i", "5"],
    ["MaxPool1d(3)", "MaxUnpool1d(3)", "-i", "8"],
    ["ConvTranspose2d(1, 2, 3, stride=2)", "AvgPool2d(2)", "-i", "3"],
    ["Conv3d(1, 1, 2)", "ReLU()", "-i", "3"],
]


class Stacks(unittest.TestCase):
    """A stack's program for PyTorch gives what the trace has in every stage with values."""

    def run_alike(self, *source):
        """False for a comparison."""
        done = subprocess.run([BINARY, "explain", *source, "--as", "pytorch"], capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)
        with tempfile.TemporaryDirectory() as folder:
            drawn = source if source[0] == "stack" else ["render", *source]
            subprocess.run([BINARY, *drawn, "-q", "-o", f"{folder}/t.json"], check=True)
            with open(f"{folder}/t.json", encoding="utf-8") as file:
                trace = json.load(file)
        if "beside" in trace:
            return False
        stages, names = trace["stages"], {}
        steps = done.stdout.replace("print(y)\n", "").split("\n# ")[1:]
        exec(done.stdout.split("\n# ")[0], names)
        self.assertEqual(len(steps), len(stages))
        for step, stage in zip(steps, stages):
            exec("# " + step, names)
            y = names["y"].detach().numpy()[0]
            self.assertEqual(list(y.shape), stage["output"]["shape"], done.stdout)
            if stage["output"]["values"] is not None:
                np.testing.assert_allclose(y, np.array(stage["output"]["values"]).reshape(y.shape), rtol=1e-9, atol=1e-9, err_msg=done.stdout)
        return True

    def test_every_kind(self):
        for stack in STACKS:
            with self.subTest(" ".join(stack)):
                self.assertTrue(self.run_alike("stack", *stack))

    def test_presets(self):
        listed = json.loads(subprocess.run([BINARY, "list", "presets", "--json"], capture_output=True, check=True).stdout)
        names = [preset["name"] for preset in listed if preset["name"].startswith("stack/")]
        alone = 0
        for name in names:
            with self.subTest(name):
                alone += self.run_alike(f"preset:{name}")  # a comparison is several programs
        self.assertGreater(alone, 8, "of %d presets" % len(names))

    def test_other_frameworks_say_that_they_cannot(self):
        done = subprocess.run([BINARY, "explain", "stack", *STACKS[0], "--as", "keras"], capture_output=True, text=True)
        self.assertEqual(done.returncode, 3)
        self.assertIn("Keras is written for one layer, and this is a stack", done.stderr)


if __name__ == "__main__":
    unittest.main(argv=[__file__, *sys.argv[1:]])
