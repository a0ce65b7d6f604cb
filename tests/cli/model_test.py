"""ONNX models: tables, layers and stacks with their weights against torch (tests/tools/make_models.py made the files), old and
new ways of writing a model, and files that mean harm."""
import csv
import io
import json
import math
import os
import resource
import shutil

import onnx_file as onnx
import support

MODELS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "fixtures", "models")
NAMES = ["lenet", "resnet", "unet", "dcgan", "mobilenet", "wavenet", "superres"]


def fixture(name):
    return os.path.join(MODELS, name + ".onnx")


def reference(name):
    with open(os.path.join(MODELS, name + ".json")) as file:
        return json.load(file)


def nested(values, shape):
    if len(shape) == 1:
        return values
    step = len(values) // shape[0]
    return [nested(values[n * step:(n + 1) * step], shape[1:]) for n in range(shape[0])]


class Model(support.Case):
    def table(self, path, *more):
        return json.loads(self.ok("model", path, "--json", *more).stdout)

    def trace(self, *arguments):
        self.ok("model", *arguments, "-o", "a.json")
        return support.load_json(self.read("a.json"))

    def assert_close(self, made, wanted):
        self.assertEqual(len(made), len(wanted))
        for a, b in zip(made, wanted):
            self.assertTrue(math.isclose(a, b, rel_tol=1e-4, abs_tol=2e-5), (a, b))


class Numbers(Model):
    def test_every_layer_gives_what_torch_gives(self):
        for name in NAMES:
            facts = reference(name)
            rows = self.table(fixture(name))["layers"]
            self.assertEqual([row["kind"] for row in rows], [layer["kind"] for layer in facts["reference"]], name)
            self.write("x.json", json.dumps(nested(facts["input"]["values"], facts["input"]["shape"])))
            for row, wanted in zip(rows, facts["reference"]):
                with self.subTest(model=name, layer=row["name"]):
                    self.assertEqual(row["output"], wanted["shape"])
                    trace = self.trace(fixture(name), "--layer", row["name"], "--input-values", "x.json")
                    one = trace["stages"][0] if "stages" in trace else trace
                    self.assertEqual(one["layer"]["kind"], wanted["kind"])
                    self.assertEqual(one["output"]["shape"], wanted["shape"])
                    self.assert_close(one["output"]["values"], wanted["values"])

    def test_layers_from_one_to_another_are_a_stack(self):
        facts = reference("lenet")
        self.write("x.json", json.dumps(nested(facts["input"]["values"], facts["input"]["shape"])))
        trace = self.trace(fixture("lenet"), "--layers", "1..4", "--input-values", "x.json")
        self.assertEqual([stage["name"] for stage in trace["stages"]],
                         ["Conv2d", "ReLU", "MaxPool2d", "Conv2d", "ReLU", "MaxPool2d"])
        self.assert_close(trace["stages"][-1]["output"]["values"], facts["reference"][-1]["values"])

    def test_weights_in_a_file_beside_the_model(self):
        within, apart = (self.trace(fixture(name), "--layer", 3) for name in ("lenet", "lenet_apart"))
        self.assertEqual(within, apart)

    def test_channels_and_a_window(self):
        whole = self.trace(fixture("lenet"), "--layer", 3)
        part = self.trace(fixture("lenet"), "--layer", 3, "--channels", "0..1:2", "--crop", "4x3+1+2")
        self.assertEqual((part["input"]["shape"], part["output"]["shape"]), ([2, 4, 3], [1, 2, 1]))
        x, w = whole["input"]["values"], whole["kernel"]["values"]
        self.assertEqual(part["input"]["values"],
                         [x[c * 25 + y * 5 + x_] for c in (0, 1) for y in range(1, 5) for x_ in range(2, 5)])
        self.assertEqual(part["kernel"]["values"], w[(2 * 3) * 9:(2 * 3 + 2) * 9])
        self.assertEqual(part["bias"]["values"], [whole["bias"]["values"][2]])
        done = self.ok("model", fixture("lenet"), "--layer", 3, "--channels", "0..1", "-o", "a.json")
        self.assertIn(b"sums over 2 of its 3 input channels", done.stderr)

    def test_channels_of_a_depthwise_layer_stay_together(self):
        whole = self.trace(fixture("mobilenet"), "--layer", 2)
        part = self.trace(fixture("mobilenet"), "--layer", 2, "--channels", "4,1")
        self.assertEqual((part["layer"]["groups"], part["output"]["shape"]), (2, [2, 6, 7]))
        self.assert_close(part["output"]["values"], whole["output"]["values"][4 * 42:5 * 42] + whole["output"]["values"][42:84])

    def test_transposed_layers_have_their_channels_turned(self):
        whole = self.trace(fixture("dcgan"), "--layer", 2)
        part = self.trace(fixture("dcgan"), "--layer", 2, "--channels", ":1,2")
        self.assert_close(part["output"]["values"], whole["output"]["values"][36:])


class Table(Model):
    def test_what_the_table_says(self):
        table = self.table(fixture("unet"))
        self.assertEqual(table["input"], {"name": "input", "shape": [1, 8, 12]})
        conv = table["layers"][2]
        self.assertEqual({key: conv[key] for key in ("kernel_size", "stride", "padding", "input", "output", "receptive_field",
                                                     "jump", "parameters", "multiplications")},
                         {"kernel_size": [3, 3], "stride": [1, 1], "padding": [[1, 1], [1, 1]], "input": [2, 4, 6],
                          "output": [3, 4, 6], "receptive_field": [8, 8], "jump": [2, 2], "parameters": 57,
                          "multiplications": 1296})
        self.assertEqual(sum(row["parameters"] for row in table["layers"]), table["parameters"])

    def test_three_ways_to_print_it_agree(self):
        table = self.table(fixture("lenet"))
        rows = list(csv.DictReader(io.StringIO(self.ok("model", fixture("lenet"), "--csv").stdout.decode())))
        text = self.ok("model", fixture("lenet")).stdout.decode()
        self.assertEqual([row["name"] for row in rows], [row["name"] for row in table["layers"]])
        self.assertEqual([int(row["multiplications"]) for row in rows], [row["multiplications"] for row in table["layers"]])
        for row in rows:
            self.assertRegex(text, r"%s +%s " % (row["name"], row["kind"]))

    def test_another_input_size(self):
        self.assertEqual(self.table(fixture("unet"), "-i", "16x20")["layers"][-1]["output"], [1, 16, 20])

    def test_an_open_size_is_asked_for(self):
        path = self.write("open.onnx", onnx.model([onnx.node("Relu", ["x"], ["y"])], inputs={"x": ["N", 1, "H", 4]}))
        self.refused(["model", path], 2, "leaves its size open: [?, 1, ?, 4]")
        self.ok("model", path, "-i", "6x6")

    def test_unknown_nodes_are_named_and_pass_their_shape(self):
        path = self.write("odd.onnx", onnx.model(
            [onnx.node("Conv", ["x", "w"], ["a"], name="first"), onnx.node("Mystery", ["a"], ["b"], name="odd", domain="my.own"),
             onnx.node("MaxPool", ["b"], ["c"], name="last", kernel_shape=[2, 2])],
            inputs={"x": [1, 1, 6, 6]}, tensors=[onnx.tensor("w", [1, 1, 3, 3], list(range(9)))]))
        table = self.table(path)
        self.assertEqual([row["output"] for row in table["layers"]], [[1, 4, 4], [1, 3, 3]])
        self.assertEqual([(node["name"], node["type"]) for node in table["shape_only"]], [("odd", "Mystery")])
        self.assertIn(b"shape only: Mystery (odd)", self.ok("model", path).stdout)
        done = self.ok("model", path, "--layer", "last", "-o", "a.json")
        self.assertIn(b"odd (Mystery) gives no values", done.stderr)
        self.refused(["model", path, "--layers", "first..last", "-o", "a.json"], 3, "odd (Mystery) has its shape told only")

    def test_a_layer_that_no_line_leads_to(self):
        self.refused(["model", fixture("resnet"), "--layers", "1..4", "-o", "a.gif"], 3, "reads 2 maps")
        self.refused(["model", fixture("lenet"), "--layers", "3..1", "-o", "a.gif"], 3, "does not lead to")

    def test_names_are_helped_with(self):
        self.refused(["model", fixture("lenet"), "--layer", "/0/conv"], 2, "did you mean /0/Conv?")
        self.refused(["model", fixture("lenet"), "--layer", "9"], 2, "the model has 4")
        self.refused(["model", fixture("lenet"), "--crop", "3x3"], 2, "--crop needs to know which layer")
        self.refused(["conv2d", "--crop", "3x3", "-o", "a.gif"], 2, "unknown option --crop")
        self.refused(["model", fixture("lenet"), "--layer", 1, "--crop", "30x3", "-o", "a.gif"], 3, "does not lie within")
        self.refused(["model", fixture("lenet"), "--layer", 1, "--channels", "7", "-o", "a.gif"], 3, "has 1 channels")

    def refused(self, arguments, code, words):
        done = self.run_tool(*arguments)
        self.assertEqual(done.returncode, code, done.stderr.decode())
        self.assertIn(words, done.stderr.decode())


def flat(c, y, x, size):
    return (c * size[0] + y) * size[1] + x


class Graphs(Model):
    """Operators that read another node's second output, give several or order their channels in their own way."""

    def of(self, nodes, shape, tensors=(), opset=13):
        return self.write("g.onnx", onnx.model(nodes, inputs={"x": [1, *shape]}, tensors=tensors, opset=opset))

    def values(self, shape):
        """Whole numbers in no order, which are then the model's input."""
        made = [(n * 37) % 101 - 50 for n in range(math.prod(shape))]
        self.write("x.json", json.dumps(nested(made, shape)))
        return made

    def unpooling(self, **more):
        return self.of([onnx.node("MaxPool", ["x"], ["p", "places"], "pool", kernel_shape=[2, 2], strides=[2, 2]),
                        onnx.node("LeakyRelu", ["p"], ["r"], "act", alpha=0.5),
                        onnx.node("MaxUnpool", ["r", more.pop("places", "places")], ["u"], "unpool", kernel_shape=[2, 2], strides=[2, 2])],
                       (2, 4, 6), **more)

    def unpooled(self, x, channels=(0, 1), rows=range(0, 4), columns=range(0, 6)):
        made = []
        for c in channels:
            for y in rows:
                for col in columns:
                    block = [x[flat(c, y // 2 * 2 + a, col // 2 * 2 + b, (4, 6))] for a in (0, 1) for b in (0, 1)]
                    here, largest = x[flat(c, y, col, (4, 6))], max(block)
                    made.append((largest if largest > 0 else largest * 0.5) if here == largest else 0)
        return made

    def test_unpooling_follows_the_places_of_its_pool(self):
        path, x = self.unpooling(), self.values([2, 4, 6])
        trace = self.trace(path, "--layer", "unpool", "--input-values", "x.json")
        self.assertEqual(trace["stages"][0]["output"]["values"], self.unpooled(x))
        some = self.trace(path, "--layer", "unpool", "--channels", "1", "--input-values", "x.json")
        self.assertEqual(some["stages"][0]["output"]["values"], self.unpooled(x, [1]))
        part = self.trace(path, "--layers", "pool..unpool", "--channels", "1", "--crop", "2x4+2+0", "--input-values", "x.json")
        self.assertEqual([stage["name"] for stage in part["stages"]], ["MaxPool2d", "LeakyReLU", "MaxUnpool2d"])
        self.assertEqual(part["stages"][2]["output"]["values"], self.unpooled(x, [1], range(2, 4), range(4)))
        self.assertEqual(self.table(path)["shape_only"], [])
        done = self.run_tool("model", path, "--layer", "unpool", "--crop", "1x1", "-o", "a.gif")
        self.assertEqual(done.returncode, 3)
        self.assertIn(b"--layers pool..unpool", done.stderr)

    def test_unpooling_of_other_places_has_its_shape_only(self):
        path = self.unpooling(places="i", tensors=[onnx.tensor("i", [1, 2, 2, 3], range(12), kind="int64")])
        self.assertEqual(self.table(path)["shape_only"][0]["reason"], "its places are not those of a MaxPool")
        path = self.of([onnx.node("MaxPool", ["x"], ["p", "i"], kernel_shape=[2, 2], strides=[2, 2]),
                        onnx.node("MaxUnpool", ["p", "i"], ["u"], kernel_shape=[2, 2], strides=[2, 2])], (1, 5, 4))
        self.assertIn("its sizes are not those of its pool", self.table(path)["shape_only"][0]["reason"])

    def test_depth_to_space_in_both_orders(self):
        x = self.values([8, 2, 3])
        for mode, channel in (("DCR", lambda c, y, col: (y % 2 * 2 + col % 2) * 2 + c), ("CRD", lambda c, y, col: c * 4 + y % 2 * 2 + col % 2)):
            path = self.of([onnx.node("DepthToSpace", ["x"], ["y"], "d", blocksize=2, mode=mode)], (8, 2, 3))
            trace = self.trace(path, "--layer", "d", "--input-values", "x.json")
            self.assertEqual(trace["stages"][0]["output"]["values"],
                             [x[flat(channel(c, y, col), y // 2, col // 2, (2, 3))] for c in (0, 1) for y in range(4) for col in range(6)])
        path = self.of([onnx.node("DepthToSpace", ["x"], ["y"], "d", blocksize=2), onnx.node("SpaceToDepth", ["y"], ["z"], "s", blocksize=2)],
                       (8, 2, 3))
        trace = self.trace(path, "--layers", "d..s", "--input-values", "x.json")
        self.assertEqual(trace["stages"][1]["output"]["values"], x)

    def test_parts_of_the_channels(self):
        x = self.values([3, 2, 2])
        for opset, sizes in ((11, {"split": [1, 2]}), (13, {})):
            split = onnx.node("Split", ["x", *(["s"] if opset == 13 else [])], ["a", "b"], "split", axis=1, **sizes)
            path = self.of([split, onnx.node("MaxPool", ["b"], ["m"], "pool", kernel_shape=[2, 2]),
                            onnx.node("MaxPool", ["a"], ["n"], "first", kernel_shape=[1, 1])], (3, 2, 2),
                           [onnx.tensor("s", [2], [1, 2], kind="int64")], opset)
            self.assertEqual(self.table(path)["shape_only"], [])
            trace = self.trace(path, "--layer", "pool", "--input-values", "x.json")
            self.assertEqual(trace["input"]["values"], x[4:])
            self.assertEqual(self.trace(path, "--layer", "first", "--input-values", "x.json")["input"]["values"], x[:4])
        bounds = [onnx.tensor(name, [1], [n], kind="int64") for name, n in (("lo", -2), ("hi", 99), ("ax", 1))]
        path = self.of([onnx.node("Slice", ["x", "lo", "hi", "ax"], ["b"], "cut"), onnx.node("MaxPool", ["b"], ["m"], "pool", kernel_shape=[2, 2])],
                       (3, 2, 2), bounds)
        self.assertEqual(self.trace(path, "--layer", "pool", "--input-values", "x.json")["input"]["values"], x[4:])
        done = self.run_tool("model", path, "--layers", "cut..pool", "-o", "a.gif")
        self.assertEqual(done.returncode, 3)
        self.assertIn(b"takes some of the channels", done.stderr)

    def test_a_graph_of_several_outputs(self):
        """A trunk that is an output itself, and two heads on it."""
        x = self.values([1, 5, 5])
        heads = [onnx.node("Conv", ["x", "w"], ["trunk"], "trunk"), onnx.node("Relu", ["trunk"], ["left"], "left"),
                 onnx.node("MaxPool", ["trunk"], ["right"], "right", kernel_shape=[2, 2])]
        path = self.write("g.onnx", onnx.model(
            heads, inputs={"x": [1, 1, 5, 5]}, tensors=[onnx.tensor("w", [1, 1, 2, 2], [1, -1, 2, 1])],
            outputs={"trunk": [1, 1, 4, 4], "left": [1, 1, 4, 4], "right": [1, 1, 3, 3]}))
        table = self.table(path)
        self.assertEqual([layer["name"] for layer in table["layers"]], ["trunk", "right"])
        trunk = [x[n] - x[n + 1] + 2 * x[n + 5] + x[n + 6] for row in range(4) for n in range(5 * row, 5 * row + 4)]
        for name, last in (("left", [max(0, value) for value in trunk]),
                           ("right", [max(trunk[n], trunk[n + 1], trunk[n + 4], trunk[n + 5])
                                      for row in range(3) for n in range(4 * row, 4 * row + 3)])):
            stages = self.trace(path, "--layers", "trunk.." + name, "--input-values", "x.json")["stages"]
            self.assertEqual([stage["output"]["values"] for stage in stages], [trunk, last])
        done = self.run_tool("model", path, "--layers", "left..right", "-o", "a.gif")
        self.assertEqual(done.returncode, 3)
        self.assertIn(b"right", done.stderr)

    def test_cubic_resizing_is_torchs(self):
        scales = [onnx.tensor("s", [4], [1, 1, 2, 2])]
        path = self.of([onnx.node("Resize", ["x", "", "s"], ["y"], "up", mode="cubic", coordinate_transformation_mode="half_pixel",
                                  cubic_coeff_a=-0.75)], (1, 3, 3), scales)
        self.values([1, 3, 3])
        trace = self.trace(path, "--layer", "up", "--input-values", "x.json")
        self.ok("upsample", "--scale-factor", "2", "--mode", "bicubic", "--input-values", "x.json", "-o", "b.json")
        self.assertEqual(trace["stages"][0]["output"], support.load_json(self.read("b.json"))["stages"][0]["output"])
        path = self.of([onnx.node("Resize", ["x", "", "s"], ["y"], "up", mode="cubic", cubic_coeff_a=-0.5)], (1, 3, 3), scales)
        self.assertEqual(self.table(path)["shape_only"][0]["reason"], "another cubic curve than PyTorch's")

    def test_a_chosen_layer_is_held_to_the_limits(self):
        path = self.of([onnx.node("Resize", ["x", "", "s"], ["y"], "up", mode="linear")], (1, 3, 3),
                       [onnx.tensor("s", [4], [1, 1, 9000, 9000])])
        self.refused(3, "model", path, "--layer", "up", "-o", "a.json", says="up gives 729000000 values; the limit is 16777216")

    def grouped(self):
        """Two groups of two channels each on both sides; the weight of group g, output o, input i is 100g + 10o + i."""
        weights = [100.0 * g + 10 * o + i for g in (0, 1) for o in (0, 1) for i in (0, 1)]
        return self.of([onnx.node("Conv", ["x", "w"], ["y"], "conv", group=2, kernel_shape=[1, 1])], (4, 2, 2),
                       [onnx.tensor("w", [4, 2, 1, 1], weights)])

    def test_channels_of_groups(self):
        path = self.grouped()
        for lists, groups, weights in (("2..3:3", 1, [110, 111]), (":3", 1, [110, 111]), ("2,3", 1, [100, 101, 110, 111]),
                                       ("0,2", 2, [0, 10, 100, 110]), ("1,3:0,3", 2, [1, 111]), (":3,0", 2, [110, 111, 0, 1])):
            with self.subTest(lists):
                trace = self.trace(path, "--layer", "conv", "--channels", lists)
                self.assertEqual((trace["layer"]["groups"], trace["kernel"]["values"]), (groups, weights))
        self.assertIn(b"sums over 1 of its 2 input channels a group",
                      self.ok("model", path, "--layer", "conv", "--channels", "0,2", "-o", "a.json").stderr)
        for lists in ("0,1:3", "0,2,3", "0..2:0,1,3"):
            done = self.run_tool("model", path, "--layer", "conv", "--channels", lists, "-o", "a.gif")
            self.assertEqual(done.returncode, 3, lists)
            self.assertIn(b"has 2 groups", done.stderr)


class Jobs(Model):
    def test_a_job_file_names_a_model(self):
        shutil.copy(fixture("lenet"), self.path("net.onnx"))
        self.write("job.toml", 'model = "net.onnx"\nmodel-part = "1"\ncrop = "7x7"\nchannels = "0:1"\n')
        os.mkdir(self.path("elsewhere"))
        self.ok("render", "../job.toml", "-o", "a.json", folder=self.path("elsewhere"))
        self.assertEqual(support.load_json(self.read("elsewhere/a.json"))["output"]["shape"], [1, 3, 3])

    def test_explained_without_an_output(self):
        self.assertIn(b"parameters: 108 weights + 4 bias", self.ok("model", fixture("lenet"), "--layer", "/3/Conv").stdout)
        trace = json.loads(self.ok("model", fixture("lenet"), "--layers", "1..2", "--json").stdout)
        self.assertEqual([stage["name"] for stage in trace["stages"]], ["Conv2d", "ReLU", "MaxPool2d"])


class Opsets(Model):
    def one(self, node, tensors=(), shape=(1, 1, 4, 4), opset=13):
        path = self.write("one.onnx", onnx.model([node], inputs={"x": list(shape)}, tensors=tensors, opset=opset))
        return self.table(path)["layers"][0]

    def test_auto_pad(self):
        weights = [onnx.tensor("w", [1, 1, 3, 3], [1] * 9)]
        for rule, sides in (("SAME_UPPER", [[0, 1], [0, 1]]), ("SAME_LOWER", [[1, 0], [1, 0]]), ("VALID", [[0, 0], [0, 0]])):
            node = onnx.node("Conv", ["x", "w"], ["y"], strides=[2, 2], auto_pad=rule)
            self.assertEqual(self.one(node, weights)["padding"], sides, rule)
        node = onnx.node("ConvTranspose", ["x", "w"], ["y"], strides=[2, 2], output_shape=[8, 8])
        row = self.one(node, weights)
        self.assertEqual((row["output"], row["padding"]), ([1, 8, 8], [[1, 0], [1, 0]]))

    def test_resizing_old_and_new(self):
        scales = onnx.tensor("s", [4], [1, 1, 2, 3])
        old = self.one(onnx.node("Upsample", ["x"], ["y"], scales=[1.0, 1.0, 2.0, 3.0]), opset=7)
        mid = self.one(onnx.node("Upsample", ["x", "s"], ["y"]), [scales], opset=9)
        new = self.one(onnx.node("Resize", ["x", "", "s"], ["y"]), [scales], opset=13)
        self.assertEqual({tuple(row["output"]) for row in (old, mid, new)}, {(1, 8, 12)})

    def test_padding_old_and_new(self):
        old = self.one(onnx.node("Pad", ["x"], ["y"], pads=[0, 0, 1, 2, 0, 0, 3, 0]), opset=2)
        new = self.one(onnx.node("Pad", ["x", "p"], ["y"]), [onnx.tensor("p", [8], [0, 0, 1, 2, 0, 0, 3, 0], kind="int64")])
        self.assertEqual(old["padding"], [[1, 3], [2, 0]])
        self.assertEqual(old, new)

    def test_elements_of_every_kind(self):
        for kind in ("float", "double", "float16", "int32", "raw"):
            weights = [onnx.tensor("w", [1, 1, 2, 2], [1, -2, 0.5 if kind not in ("int32",) else 3, 4], kind=kind)]
            path = self.write("a.onnx", onnx.model([onnx.node("Conv", ["x", "w"], ["y"])], {"x": [1, 1, 3, 3]}, weights))
            self.assertEqual(self.trace(path, "--layer", 1)["kernel"]["values"], [1, -2, 3 if kind == "int32" else 0.5, 4])


class Hostile(Model):
    """Exit 3, a reason, and no more memory than a small limit."""

    def refused(self, content, words, *more):
        path = self.write("bad.onnx", content) if isinstance(content, bytes) else content
        limit = (3 << 29, 3 << 29)
        done = self.run_tool("model", path, *more, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, limit))
        self.assertEqual(done.returncode, 3, (words, done.stderr.decode()))
        self.assertIn(words, done.stderr.decode())

    def conv(self, weights, **more):
        return onnx.model([onnx.node("Conv", ["x", "w"], ["y"], name="c")], {"x": [1, 1, 8, 8]}, [weights], **more)

    def test_truncated_at_every_length(self):
        with open(fixture("lenet"), "rb") as file:
            whole = file.read()
        for length in [*range(0, 60), *range(60, len(whole) - 1, 97)]:
            path = self.write("cut.onnx", whole[:length])
            done = self.run_tool("model", path)
            self.assertEqual(done.returncode, 3, length)

    def test_no_model_at_all(self):
        self.refused(b"\x89PNG\r\n\x1a\n" + bytes(200), "is cut short, or no ONNX model")
        self.refused(b"", "has no graph of layers")
        self.refused(self.path("none.onnx"), "no such file")
        self.refused(self.folder, "is no file")

    def test_cycles(self):
        self.refused(onnx.model([onnx.node("Add", ["x", "b"], ["a"], name="one"), onnx.node("Relu", ["a"], ["b"])],
                                {"x": [1, 1, 4, 4]}), "one (Add) reads b, which no node before it gives")
        self.refused(onnx.model([onnx.node("Relu", ["x"], ["x"])], {"x": [1, 1, 4, 4]}), "two nodes of the model give x")

    def test_tensors_that_claim_more_than_there_is(self):
        self.refused(self.conv(onnx.tensor("w", [1, 1, 20000, 20000], [1.0])), "claims 400000000 numbers, and the file holds 1")
        self.refused(self.conv(onnx.tensor("w", [1 << 20, 1 << 20, 1 << 20, 1], [1.0])), "claims more than the limit")
        self.refused(self.conv(onnx.tensor("w", [1, 1, 3, -3], [1.0])), "has a size of -3")
        self.refused(self.conv(onnx.tensor("w", [1, 1, 3, 3], [1.0] * 8, kind="raw")), "claims 36 bytes, and the file holds 32")
        self.refused(onnx.model([onnx.node("Relu", ["x"], ["y"])], {"x": [1, 1 << 40, 1 << 40, 9]}), "x has the shape")
        self.refused(onnx.model([onnx.node("Relu", ["x"], ["y"])], {"x": [1, 1 << 20, 1 << 20, 9]}), "more than 2^31 values")

    def test_parts_that_cost_more_than_their_bytes(self):
        nodes = onnx.field(1, b"") * (6 << 20)  # two bytes each, and an object each
        self.refused(onnx.field(7, nodes), "its structure takes more than 536870912 bytes of memory")

    def test_deep_graphs_within_graphs(self):
        inner = onnx.graph([onnx.node("Relu", ["x"], ["y"])], {})
        for _ in range(200):
            inner = onnx.graph([onnx.node("If", ["x"], ["y"], then_branch=inner)], {})
        self.refused(onnx.field(7, inner), "is cut short, or no ONNX model")

    def test_external_data_stays_beside_the_model(self):
        os.mkdir(self.path("home"))
        self.write("secret.bin", bytes(36))
        os.symlink(self.path("secret.bin"), self.path("home", "link.bin"))
        self.write("home/short.bin", bytes(8))
        for location, words in (("../secret.bin", "does not lie beside the model"), ("a/../../secret.bin", "does not lie beside"),
                                (self.path("secret.bin"), "does not lie beside"), ("link.bin", "leads out of the model's folder"),
                                ("none.bin", "is no file beside the model"), ("", "does not lie beside"),
                                ("short.bin", "claims 36 bytes, and the file holds 8"), (".", "is no file beside the model")):
            content = self.conv(onnx.tensor("w", [1, 1, 3, 3], [], external={"location": location}))
            self.refused(self.write("home/a.onnx", content), words)
        for offset in ("-1", "9223372036854775807", "x"):
            content = self.conv(onnx.tensor("w", [1, 1, 3, 3], [], external={"location": "short.bin", "offset": offset}))
            self.refused(self.write("home/a.onnx", content), "the tensor w")

    def test_layers_that_cannot_be(self):
        good = onnx.tensor("w", [1, 1, 3, 3], [1.0] * 9)
        for attributes, words in (({"strides": [0, 1]}, "strides is 0"), ({"strides": [1]}, "strides has 1 numbers"),
                                  ({"group": 0}, "group is 0"), ({"group": 7}, "c (Conv): expects 7 channels"),
                                  ({"pads": [1 << 62] * 4}, "a padding of"), ({"auto_pad": "ODD"}, "auto_pad is ODD"),
                                  ({"dilations": [9, 9]}, "c (Conv):")):
            content = onnx.model([onnx.node("Conv", ["x", "w"], ["y"], name="c", **attributes)], {"x": [1, 1, 8, 8]}, [good])
            self.refused(content, words)

    def test_numbers_that_are_none(self):
        nodes = [onnx.node("Resize", ["x", "", "s"], ["y"])]
        self.refused(onnx.model(nodes, {"x": [1, 1, 8, 8]}, [onnx.tensor("s", [4], [1, 1, float("nan"), 2])]), "a size or scale")
        self.refused(onnx.model(nodes, {"x": [1, 1, 8, 8]}, [onnx.tensor("s", [4], [1, 1, 1e30, 2])]), "a size or scale")


if __name__ == "__main__":
    support.main()
