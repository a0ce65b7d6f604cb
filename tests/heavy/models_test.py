#!/usr/bin/env python3
"""100 random ONNX models made by python3-onnx: every layer's sizes and values, and the model's last map, are those that torch
computes. Needs Debian's python3-onnx and python3-torch."""

import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import unittest

try:
    import onnx
    import torch
except ModuleNotFoundError:  # another Python comes first on the path
    if sys.executable == "/usr/bin/python3":
        raise
    os.execv("/usr/bin/python3", ["/usr/bin/python3", *sys.argv])

from onnx import TensorProto, helper, numpy_helper
from torch.nn import functional as F

COUNT = 100
BINARY = ""
torch.set_default_dtype(torch.float64)


class Maker:
    """A graph that grows node by node, and beside it what torch makes of the same input."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        torch.manual_seed(seed)
        self.opset = self.random.choice([9, 11, 13, 15])
        self.nodes, self.tensors, self.maps, self.spatial = [], [], {}, []
        self.channels = self.random.randint(1, 4)
        self.x = torch.randint(-3, 4, (1, self.channels, self.random.randint(6, 12), self.random.randint(6, 12))).double()
        self.maps["x"] = self.x
        self.last = "x"

    def weights(self, shape, low=-3, high=4):
        values = torch.randint(low, high, tuple(shape)).double()
        name = f"w{len(self.tensors)}"
        self.tensors.append(numpy_helper.from_array(values.float().numpy(), name))
        return name, values

    def numbers(self, values, kind):
        name = f"n{len(self.tensors)}"
        self.tensors.append(helper.make_tensor(name, kind, [len(values)], values))
        return name

    def add(self, kind, value, inputs=(), spatial=True, **attributes):
        name = f"node{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, [self.last, *inputs], [name], name=name, **attributes))
        self.maps[name] = value
        if spatial:
            self.spatial.append(name)
        self.last = name

    def grow(self):
        self.random.choice([self.conv, self.conv, self.transposed, self.pool, self.function, self.norm, self.resize, self.pad,
                            self.join, self.shuffle, self.unpool, self.split])()

    def conv(self):
        x, r = self.maps[self.last], self.random
        k, d, s = (r.randint(1, 3) for _ in range(3))
        groups = r.choice([1, x.shape[1]])
        out = groups * r.randint(1, 3)
        rule = r.choice(["NOTSET", "NOTSET", "SAME_UPPER", "SAME_LOWER", "VALID"])
        pads = [r.randint(0, 2) for _ in range(4)]
        if rule != "NOTSET":
            pads = [0] * 4
        if rule.startswith("SAME"):
            for axis in (0, 1):
                size = x.shape[2 + axis]
                total = max(0, (-(-size // s) - 1) * s + (k - 1) * d + 1 - size)
                first = total // 2 if rule == "SAME_UPPER" else total - total // 2
                pads[axis], pads[axis + 2] = first, total - first
        padded = F.pad(x, (pads[1], pads[3], pads[0], pads[2]))
        if min(padded.shape[2:]) < (k - 1) * d + 1:
            return
        w_name, w = self.weights((out, x.shape[1] // groups, k, k))
        inputs, bias = [w_name], None
        if r.random() < 0.5:
            b_name, bias = self.weights((out,))
            inputs.append(b_name)
        more = {"pads": pads} if rule == "NOTSET" else {"auto_pad": rule}
        self.add("Conv", F.conv2d(padded, w, bias, s, 0, d, groups), inputs, strides=[s, s], dilations=[d, d], group=groups,
                 kernel_shape=[k, k], **more)

    def transposed(self):
        x, r = self.maps[self.last], self.random
        k, s = r.randint(1, 4), r.randint(1, 3)
        p, extra = r.randint(0, (k - 1) // 2), r.randint(0, s - 1)
        if x.shape[2] * s > 30:
            return
        w_name, w = self.weights((x.shape[1], r.randint(1, 3), k, k))
        y = F.conv_transpose2d(x, w, None, s, p, extra)
        if min(y.shape[2:]) > 0:
            self.add("ConvTranspose", y, [w_name], strides=[s, s], pads=[p] * 4, output_padding=[extra, extra])

    def pool(self):
        x, r = self.maps[self.last], self.random
        k, s = r.randint(1, 3), r.randint(1, 3)
        p, ceil = r.randint(0, k // 2), r.random() < 0.3 and self.opset >= 11
        if min(x.shape[2:]) + 2 * p < k:
            return
        more = {"ceil_mode": 1} if ceil else {}
        if r.random() < 0.2:
            return self.add("GlobalAveragePool", x.mean((2, 3), keepdim=True))
        if r.random() < 0.5:
            return self.add("MaxPool", F.max_pool2d(x, k, s, p, ceil_mode=ceil), kernel_shape=[k, k], strides=[s, s],
                            pads=[p] * 4, **more)
        counts = r.random() < 0.5
        return self.add("AveragePool", F.avg_pool2d(x, k, s, p, ceil, counts), kernel_shape=[k, k], strides=[s, s],
                        pads=[p] * 4, count_include_pad=int(counts), **more)

    def function(self):
        x = self.maps[self.last]
        kind = self.random.choice(["Relu", "LeakyRelu", "Sigmoid", "Tanh", "Clip", "Add", "Mul"])
        if kind == "Clip" and self.opset >= 11:
            low, high = ("n%d" % (len(self.tensors) + n) for n in (0, 1))
            self.tensors += [helper.make_tensor(low, TensorProto.FLOAT, [], [0]), helper.make_tensor(high, TensorProto.FLOAT, [], [6])]
            return self.add("Clip", x.clamp(0, 6), [low, high], spatial=False)
        if kind in ("Add", "Mul"):
            name, c = self.weights((x.shape[1], 1, 1))
            return self.add(kind, x + c if kind == "Add" else x * c, [name], spatial=False)
        value = {"Relu": F.relu, "LeakyRelu": lambda v: torch.where(v < 0, v * 0.25, v), "Sigmoid": torch.sigmoid,
                 "Tanh": torch.tanh, "Clip": lambda v: v.clamp(0, 6)}[kind](x)
        more = {"LeakyRelu": {"alpha": 0.25}, "Clip": {"min": 0.0, "max": 6.0}}.get(kind, {})
        return self.add(kind, value, spatial=False, **more)

    def norm(self):
        x = self.maps[self.last]
        names, values = zip(*(self.weights((x.shape[1],), *bounds) for bounds in ((-3, 4), (-3, 4), (-3, 4), (1, 5))))
        weight, bias, mean, variance = values
        y = F.batch_norm(x, mean, variance, weight, bias, False, 0.0, 0.25)
        self.add("BatchNormalization", y, names, spatial=False, epsilon=0.25)

    def resize(self):
        x, r = self.maps[self.last], self.random
        scale = r.choice([2, 3])
        if x.shape[2] * scale > 30:
            return
        linear = self.opset >= 11 and r.random() < 0.5
        cubic = linear and r.random() < 0.4
        scales = self.numbers([1.0, 1.0, float(scale), float(scale)], TensorProto.FLOAT)
        if self.opset < 10:
            return self.add("Upsample", F.interpolate(x, scale_factor=scale), [scales], mode="nearest")
        corners = linear and r.random() < 0.5
        y = F.interpolate(x, scale_factor=scale, mode="bicubic" if cubic else "bilinear", align_corners=corners) if linear else F.interpolate(x, scale_factor=scale)
        roi = self.numbers([], TensorProto.FLOAT)
        way = "align_corners" if corners else "pytorch_half_pixel" if linear else r.choice(["asymmetric", "half_pixel"])
        more = {"nearest_mode": "floor"} if way == "asymmetric" else {}
        return self.add("Resize", y, [roi, scales], mode="cubic" if cubic else "linear" if linear else "nearest",
                        **({"cubic_coeff_a": -0.75} if cubic else {}), coordinate_transformation_mode=way, **more)

    def pad(self):
        x, sides = self.maps[self.last], [self.random.randint(0, 2) for _ in range(4)]
        y = F.pad(x, (sides[1], sides[3], sides[0], sides[2]))
        pads = [0, 0, sides[0], sides[1], 0, 0, sides[2], sides[3]]
        if self.opset < 11:
            return self.add("Pad", y, pads=pads)
        return self.add("Pad", y, [self.numbers(pads, TensorProto.INT64)])

    def join(self):
        x, last = self.maps[self.last], self.last
        fitting = [name for name, value in self.maps.items() if name != last and value.shape == x.shape]
        lined = [name for name, value in self.maps.items() if name != last and value.shape[2:] == x.shape[2:]]
        if fitting and self.random.random() < 0.6:
            other = self.random.choice(fitting)
            kind, value = self.random.choice([("Add", x + self.maps[other]), ("Mul", x * self.maps[other]),
                                              ("Sub", x - self.maps[other]), ("Max", torch.maximum(x, self.maps[other]))])
            self.add(kind, value, [other], spatial=False)
        elif lined:
            other = self.random.choice(lined)
            self.add("Concat", torch.cat([x, self.maps[other]], 1), [other], spatial=False, axis=1)

    def unpool(self):
        x, s = self.maps[self.last], self.random.randint(1, 2)
        if min(x.shape[2:]) < 3 or any((size - 3) % s for size in x.shape[2:]):
            return
        apart = x.flatten().sort().values.diff()
        if not bool((x == x.round()).all()) and bool((apart < 1e-6).any()):
            return  # whose place is found hangs on the last digit
        y, places = F.max_pool2d(x, 3, s, return_indices=True)
        self.add("MaxPool", y, kernel_shape=[3, 3], strides=[s, s])
        found = self.last + "_places"
        self.nodes[-1].output.append(found)
        self.add("Tanh", torch.tanh(y), spatial=False)
        self.add("MaxUnpool", F.max_unpool2d(torch.tanh(y), places, 3, s, output_size=x.shape[2:]), [found], kernel_shape=[3, 3], strides=[s, s])

    def split(self):
        x, r = self.maps[self.last], self.random
        if x.shape[1] < 2:
            return
        first, name = r.randint(1, x.shape[1] - 1), f"split{len(self.nodes)}"
        sizes = [first, x.shape[1] - first]
        more = ([], {"split": sizes}) if self.opset < 13 else ([self.numbers(sizes, TensorProto.INT64)], {})
        self.nodes.append(helper.make_node("Split", [self.last, *more[0]], [name + "a", name + "b"], name=name, axis=1, **more[1]))
        self.maps[name + "a"], self.maps[name + "b"] = x[:, :first], x[:, first:]
        self.last = name + r.choice("ab")

    def shuffle(self):
        x = self.maps[self.last]
        if x.shape[1] % 4 == 0 and self.opset >= 11 and x.shape[2] < 16 and self.random.random() < 0.5:
            planes = x.shape[1] // 4
            moved = x.reshape(1, 4, planes, *x.shape[2:]).transpose(1, 2).reshape(x.shape)  # DCR's order in CRD's
            return self.add("DepthToSpace", F.pixel_shuffle(moved, 2), blocksize=2, mode="DCR")
        if x.shape[1] % 4 == 0 and self.opset >= 11 and x.shape[2] < 16:
            self.add("DepthToSpace", F.pixel_shuffle(x, 2), blocksize=2, mode="CRD")

    def model(self):
        graph = helper.make_graph(
            self.nodes, "random", [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["N", *self.x.shape[1:]])],
            [helper.make_tensor_value_info(self.last, TensorProto.FLOAT, ["N", None, None, None])], self.tensors)
        made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", self.opset)])
        onnx.checker.check_model(made)
        return made


class Models(unittest.TestCase):
    def run_tool(self, *words):
        done = subprocess.run([BINARY, *map(str, words)], capture_output=True, timeout=120, check=False)
        self.assertEqual(done.returncode, 0, done.stderr.decode())
        return done.stdout

    def test_random_models(self):
        spatial = 0
        for seed in range(COUNT):
            maker = Maker(seed)
            for _ in range(maker.random.randint(3, 10)):
                maker.grow()
            if not maker.spatial:
                maker.conv()
            if maker.spatial:
                with self.subTest(seed=seed, nodes=[node.op_type for node in maker.nodes]), tempfile.TemporaryDirectory() as folder:
                    spatial += self.compare(maker, pathlib.Path(folder))
        self.assertGreater(spatial, 3 * COUNT / 2)

    def compare(self, maker, folder):
        path = folder / "a.onnx"
        if maker.random.random() < 0.3:
            onnx.save_model(maker.model(), str(path), save_as_external_data=True, location="a.bin", size_threshold=0)
        else:
            onnx.save_model(maker.model(), str(path))
        (folder / "x.json").write_text(json.dumps(maker.x[0].tolist()))
        rows = json.loads(self.run_tool("model", path, "--json"))["layers"]
        self.assertEqual([(row["name"], row["output"]) for row in rows],
                         [(name, list(maker.maps[name].shape[1:])) for name in maker.spatial])
        names = {maker.spatial[-1], maker.random.choice(maker.spatial)}
        for name in names:
            self.run_tool("model", path, "--layer", name, "--input-values", folder / "x.json", "-o", folder / "a.json")
            trace = json.loads((folder / "a.json").read_text())
            one = trace["stages"][0] if "stages" in trace else trace
            self.assert_close(one["output"]["values"], maker.maps[name].flatten().tolist(), name)
        return len(rows)

    def assert_close(self, made, wanted, name):
        self.assertEqual(len(made), len(wanted), name)
        largest = max([1.0, *map(abs, wanted)])
        for a, b in zip(made, wanted):
            self.assertLess(abs(a - b), 1e-6 * largest, name)


if __name__ == "__main__":
    BINARY = sys.argv.pop(1)
    unittest.main()
