"""Stacks: every stage agrees with PyTorch (tests/tools/stack_cases.py made the cases), and says what cannot be."""
import json
import math
import os

import support

CASES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "fixtures", "stack-cases.json")

PRINTED = """Sequential(
  (0): Conv2d(1, 2, kernel_size=(3, 3), stride=(1, 1))
  (1): Sequential(
    (0): ReLU(inplace=True)
    (1): MaxPool2d(kernel_size=2, stride=2, padding=0, dilation=1, ceil_mode=False)
  )
  (2): Flatten(start_dim=1, end_dim=-1)
  (3): Linear(in_features=8, out_features=10, bias=True)
)"""


class Numbers(support.Case):
    def stages(self, *arguments):
        self.ok("stack", *arguments, "-o", "a.json")
        return support.load_json(self.read("a.json"))

    def test_agrees_with_pytorch_in_every_stage(self):
        with open(CASES) as file:
            stacks = json.load(file)["stacks"]
        self.assertEqual(len(stacks), 300)
        for case in stacks:
            with self.subTest(layers=case["layers"]):
                trace = self.stages(*case["layers"], "--input-values", json.dumps(case["input"]))
                self.assertEqual(len(trace["stages"]), len(case["stages"]))
                for made, wanted in zip(trace["stages"], case["stages"]):
                    self.assertEqual(made["output"]["shape"], wanted["shape"])
                    for a, b in zip(made["output"]["values"], wanted["values"]):
                        self.assertTrue(math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-9), (a, b))

    def test_receptive_fields_are_those_that_autograd_finds(self):
        with open(CASES) as file:
            fields = json.load(file)["fields"]
        self.assertGreater(len(fields), 50)
        for case in fields:
            with self.subTest(layers=case["layers"]):
                done = self.ok("explain", "--json", "-i", "40", "--in-channels", case["channels"], "stack", *case["layers"])
                last = json.loads(done.stdout)["stages"][-1]
                self.assertEqual(last["receptive_field"]["size"], case["field"])

    def test_an_output_is_the_next_input(self):
        trace = self.stages("Conv2d(1, 2, 3)", "ReLU()", "AvgPool2d(2)", "-i", "6")
        self.assertEqual(trace["input"], trace["stages"][0]["input"])
        for before, after in zip(trace["stages"], trace["stages"][1:]):
            self.assertEqual(before["output"], after["input"])
        self.assertEqual([("steps" in stage) for stage in trace["stages"]], [True, False, True])

    def test_a_printed_sequential(self):
        trace = self.stages(PRINTED, "-i", "6")
        self.assertEqual([stage["name"] for stage in trace["stages"]],
                         ["Conv2d", "ReLU", "MaxPool2d", "Flatten", "Linear"])
        self.assertEqual(trace["stages"][-1]["output"], {"shape": [10], "values": None})
        self.ok("render", PRINTED, "-i", "6", "-o", "b.json")
        self.assertEqual(self.read("a.json"), self.read("b.json"))

    def test_tables_of_layers(self):
        self.write("net.toml", 'input-size = 4\n[[layer]]\nlayer = "Conv2d(1, 1, 2)"\nkernel-values = [[1, 2], [3, 4]]\n'
                               'bias = 1\n[[layer]]\nlayer = "MaxPool2d(3)"\n')
        trace = self.stages("net.toml")
        self.assertEqual(trace["stages"][0]["kernel"]["values"], [1, 2, 3, 4])
        self.assertEqual(trace["stages"][0]["bias"]["values"], [1])
        self.assertEqual(trace["stages"][1]["output"]["shape"], [1, 1, 1])


class Commands(support.Case):
    """A mapping is a command of its own name too: the stack that PyTorch's words make."""

    SAME = {
        ("relu",): ["ReLU()"],
        ("leaky-relu", "--negative-slope", "0.2"): ["LeakyReLU(negative_slope=0.2)"],
        ("relu6",): ["ReLU6()"],
        ("hardtanh", "--min-val", "-2", "--max-val", "3"): ["Hardtanh(-2, 3)"],
        ("sigmoid",): ["Sigmoid()"],
        ("tanh",): ["Tanh()"],
        ("batch-norm2d", "--eps", "0.5", "--running-mean", "2", "--bias", "1"):
            ["BatchNorm2d(1, eps=0.5) --running-mean 2 --bias 1"],
        ("batch-norm1d", "--in-channels", "2", "--weight", "3 4"): ["BatchNorm1d(2) --weight '3 4'"],
        ("identity",): ["Identity()"],
        ("dropout",): ["Dropout()"],
        ("upsample",): ["Upsample(scale_factor=2)"],
        ("upsample", "--output-size", "7x9", "--mode", "bilinear", "--align-corners", "true"):
            ["Upsample(size=(7, 9), mode='bilinear', align_corners=True)"],
        ("upsampling-nearest2d", "--scale-factor", "3"): ["UpsamplingNearest2d(scale_factor=3)"],
        ("pixel-shuffle", "--in-channels", "4"): ["PixelShuffle(2)"],
        ("pixel-unshuffle",): ["PixelUnshuffle(2)"],
        ("max-unpool2d", "-k", "3", "-s", "2"): ["MaxPool2d(3, 2)", "MaxUnpool2d(3, 2)"],
        ("adaptive-avg-pool2d", "--output-size", "3x2"): ["AdaptiveAvgPool2d((3, 2))"],
        ("adaptive-max-pool1d",): ["AdaptiveMaxPool1d(3)"],
        ("zero-pad2d", "-p", "1,2,3,4"): ["ZeroPad2d((1, 2, 3, 4))"],
        ("flatten",): ["Flatten()"],
        ("linear", "--in-features", "16", "--out-features", "3"): ["Flatten()", "Linear(16, 3)"],
    }

    def test_each_is_the_stack_of_its_layer(self):
        for words, layers in self.SAME.items():
            with self.subTest(words=words):
                size = "5" if "max-unpool2d" in words else "4"
                channels = words[words.index("--in-channels") + 1:][:1] if "--in-channels" in words else []
                self.ok(*words, "-i", size, "-o", "a.json")
                self.ok("stack", *layers, "-i", size, *(["--in-channels", *channels] if channels else []), "-o", "b.json")
                self.assertEqual(self.read("a.json"), self.read("b.json"))

    def test_each_is_listed_and_helped_with(self):
        listed = {entry["name"]: entry["pytorch"] for entry in json.loads(self.ok("list", "layers", "--json").stdout)}
        for words, layers in self.SAME.items():
            self.assertEqual(listed[words[0]], layers[-1].split("(")[0])
            self.assertIn(b"convreel " + words[0].encode(), self.ok(words[0], "--help").stdout)

    def test_each_is_what_other_commands_take(self):
        for words, layers in self.SAME.items():
            with self.subTest(words=words):
                size = ["-i", "5" if "max-unpool2d" in words else "4"]
                channels = words[words.index("--in-channels"):][:2] if "--in-channels" in words else []
                self.assertEqual(self.ok("explain", *words, *size).stdout,
                                 self.ok("explain", "stack", *layers, *size, *channels).stdout)
        self.ok("render", "upsample", "--scale-factor", "3", "-i", "2", "-o", "a.json")
        self.assertEqual(json.loads(self.read("a.json"))["stages"][0]["output"]["shape"], [1, 6, 6])
        self.assertIn(b"9x9", self.ok("sweep", "upsample", "-i", "3", "-L", "1.scale_factor=2,3", "-o", "{i}.png",
                                      "--dry-run").stdout)
        self.refused(2, "explain", "upsample", "relu", says="one SPEC")

    def test_what_they_refuse(self):
        self.refused(2, "upsample", "--mode", "cubic", "-o", "a.gif", says="mode 'cubic'")
        self.refused(2, "upsample", "--mode", "x'y", "-o", "a.gif", says="leave the quotes out")
        self.refused(2, "relu", "--negative-slope", "1", "-o", "a.gif", says="unknown option --negative-slope")
        self.refused(3, "pixel-shuffle", "--in-channels", "3", "-o", "a.gif", says="multiple of 2² = 4 channels")
        self.refused(2, "max-unpool2d", "--stack", "ReLU()", "-o", "a.gif", says="unknown option --stack")


class Equal(support.Case):
    """--view equals: a stack and the one layer that computes the same."""

    def test_presets_say_what_they_show(self):
        for name in ("resize", "shuffle", "separable", "two-3x3", "sobel", "gaussian"):
            self.ok("render", "preset:teach/equal-" + name, "-o", name + ".svg", "--still", "last")
            self.ok("render", "preset:teach/equal-" + name, "-o", name + ".html", "--steps", "1")
            self.assertIn("outputs are the same on both sides", self.read(name + ".html").decode(), name)
        self.ok("render", "preset:teach/equal-no-more", "-o", "no.html", "--steps", "1")
        self.assertIn("of 9 outputs differ: ReLU is not linear", self.read("no.html").decode())

    def test_the_counts_of_both_sides(self):
        self.ok("stack", "Upsample(scale_factor=2)", "Conv2d(1, 1, 3, padding=1)", "-i", "3", "--view", "equals", "-o", "a.svg")
        picture = self.read("a.svg").decode()
        self.assertIn("above: 9 weights, 324 products; one layer: 16 weights, 144 products", picture)
        self.assertIn("ConvTranspose2d", picture)

    def test_stacks_that_no_single_layer_replaces(self):
        for layers, why in ((["MaxPool2d(2)"], "MaxPool2d is no convolution"),
                            (["Conv2d(1, 1, 3)", "Conv2d(1, 1, 3, padding=1)"], "padding between two convolutions"),
                            (["ReLU()"], "there is no convolution in it"),
                            (["Conv2d(1, 1, 3)", "Flatten()", "Linear(9, 2)"], "of Linear only the shape is told"),
                            (["Upsample(scale_factor=2)", "Conv2d(1, 1, 3, stride=2)"], "the convolution needs stride 1"),
                            (["Conv2d(1, 4, 1) --bias '1 2 3 4'", "PixelShuffle(2)"], "have different biases")):
            self.refused(3, "stack", *layers, "-i", "5", "--view", "equals", "-o", "a.gif", says=why)

    def test_a_gradient_is_one_layer(self):
        self.ok("render", "preset:teach/equal-gradient", "-o", "a.txt", "-o", "b.svg")
        self.assertIn("All 25 gradients are the same on both sides.", self.read("a.txt").decode())
        self.assertIn("∂L/∂x[0,1] = (−2)·1 + 2·2 = 2, one layer 2: the same", self.read("a.txt").decode())
        self.assertIn("ConvTranspose2d", self.read("b.svg").decode())
        self.ok("transpose", "-i", "3", "-s", "2", "--grad-values", "ones", "--view", "equals", "-o", "c.txt")
        self.assertIn("All 9 gradients are the same", self.read("c.txt").decode())
        self.refused(3, "max-pool2d", "--view", "equals", "-o", "a.gif", says="pooling has no weights")
        self.refused(3, "conv2d", "-p", "1", "--padding-mode", "reflect", "--view", "equals", "-o", "a.gif", says="reflect")


class Together(support.Case):
    """Stacks in compare and in sweeps."""

    def test_two_stacks_side_by_side(self):
        self.ok("compare", "stack 'ConvTranspose2d(1, 1, 3, stride=2) --kernel-values ones' -i 3",
                "Sequential(Upsample(scale_factor=2), Conv2d(1, 1, 3, padding=1)) -i 3 --title second",
                "-o", "a.svg", "-o", "a.txt", "-o", "a.html", "--still", "last")
        picture, words = self.read("a.svg").decode(), self.read("a.txt").decode()
        for text in ("Stacks side by side", "ConvTranspose2d: 1×7×7, 9 weights, 81 products", "second",
                     "1×7×7 or 1×6×6, of 2×2 of the input, with 9 weights, 81 products or 9 weights, 324 products"):
            self.assertIn(text, picture)
        self.assertIn("Upsample ×2 nearest gives 1×6×6", words)
        self.assertIn("view2.map2.0.5.5", self.read("a.html").decode())

    def test_the_trace_has_all_that_is_compared(self):
        self.ok("compare", "conv2d -s 1", "Sequential(ReLU(), Conv2d(1, 1, 3))", "conv2d -s 2", "-i", "5", "-o", "a.json")
        mixed = support.load_json(self.read("a.json"))
        self.assertEqual([len(one["stages"]) for one in (mixed, *mixed["beside"])], [1, 2, 1])
        self.assertEqual(mixed["beside"][1]["stages"][0]["output"]["shape"], [1, 2, 2])
        self.ok("compare", "conv2d -s 1", "conv2d -s 2", "-i", "5", "-o", "a.json")
        self.ok("conv2d", "-i", "5", "-s", "2", "-o", "b.json")
        first, alone = support.load_json(self.read("a.json")), support.load_json(self.read("b.json"))
        second = dict(first["beside"][0], schema=1)
        self.assertNotEqual(second.pop("subtitle"), first["subtitle"])
        self.assertEqual(second, alone)
        self.assertEqual(first["layer"]["stride"], [1, 1])
        self.assertNotIn("beside", alone)

    def test_a_layer_or_a_mapping_beside_a_stack(self):
        self.ok("compare", "Sequential(Conv2d(1, 1, 3), Conv2d(1, 1, 3))", "conv2d -k 5", "upsample --scale-factor 3",
                "-i", "5", "--view", "receptive-field", "-o", "a.svg")
        for text in ("Conv2d → Conv2d: 1×1×1, 18 weights, 90 products", "Conv2d: 1×1×1, 25 weights", "Upsample: 1×15×15"):
            self.assertIn(text, self.read("a.svg").decode())
        self.refused(3, "compare", "Sequential(ReLU())", "conv2d", "--view", "slide", "-o", "a.gif", says="stack")
        self.refused(2, "compare", "Sequential(ReLU()) -o b.gif", "conv2d", "-o", "a.gif", says="output of its own")

    def test_options_of_a_layer_are_axes(self):
        self.ok("sweep", "stack", "Upsample(scale_factor=2)", "Conv2d(1, 1, 3)", "-i", "4", "-L", "1.scale_factor=2,3",
                "-P", "2.stride=1..2", "-o", "out/{1.scale_factor}-{2.stride}.txt")
        self.assertEqual([name for name in self.files() if name.endswith(".txt")],
                         ["out/2-1.txt", "out/2-2.txt", "out/3-1.txt", "out/3-2.txt"])
        self.assertIn("gives 1×5×5", self.read("out/3-2.txt").decode())
        manifest = support.load_json(self.read("out/manifest.json"))
        self.assertEqual(manifest["axes"], ["1.scale-factor", "2.stride"])
        self.assertEqual(manifest["cases"][3]["parameters"]["2.stride"], "2")
        self.ok("sweep", "stack", "Upsample(scale_factor=2)", "Conv2d(1, 1, 3)", "-i", "4", "-L", "1.scale_factor", "2,3",
                "-P", "2.stride", "1", "2", "-o", "two/{i}.txt")
        again = support.load_json(self.read("two/manifest.json"))["cases"]
        self.assertEqual([case["parameters"] for case in again], [case["parameters"] for case in manifest["cases"]])
        self.write("net.toml", 'stack = ["Conv2d(1, 1, 3)", "ReLU()"]\n[axes]\n"1.stride" = [1, 2]\ninput-size = [5, 7]\n')
        self.ok("sweep", "net.toml", "-o", "net/{i}.txt")
        self.assertEqual(len(support.load_json(self.read("net/manifest.json"))["cases"]), 4)

    def test_axes_that_no_layer_has(self):
        out = ("-o", "out/{i}.txt")
        self.refused(2, "sweep", "stack", "ReLU()", "-L", "2.stride=1,2", *out, says="the stack has 1 layer")
        self.refused(2, "sweep", "conv2d", "-L", "1.stride=1,2", *out, says="this is no stack")
        self.refused(2, "sweep", "stack", "ReLU()", "-L", "1.slope=1,2", *out, says="no option --slope")
        self.refused(3, "sweep", "stack", "Conv2d(1, 1, 3)", "-i", "2", "-L", "1.stride=1,2", *out, says="layer 1 (Conv2d)")


class Refused(support.Case):
    def test_shapes_name_both_layers(self):
        self.refused(3, "stack", "Conv2d(1, 4, 3)", "Conv2d(8, 2, 3)", "-o", "a.gif",
                     says="layer 2 (Conv2d) expects 8 channels, layer 1 gives 4")
        self.refused(3, "stack", "Conv2d(1, 4, 3)", "MaxPool2d(9)", "-i", "5", "-o", "a.gif",
                     says=("layer 2 (MaxPool2d)", "layer 1 gives 4 channels of 3x3"))
        self.refused(3, "stack", "Conv2d(1, 1, 3)", "Flatten()", "Linear(4, 2)", "-i", "5", "-o", "a.gif",
                     says="layer 3 (Linear) expects 4 values, layer 2 gives 9")
        self.refused(3, "stack", "Conv2d(1, 1, 3)", "PixelShuffle(2)", "-o", "a.gif",
                     says=("layer 2 (PixelShuffle) expects a multiple of 2² = 4 channels", "layer 1 gives 1 channel"))
        self.refused(3, "stack", "MaxUnpool2d(2)", "-o", "a.gif", says="layer 1 (MaxUnpool2d)")
        self.refused(3, "stack", "Flatten()", "Conv2d(1, 1, 3)", "-o", "a.gif", says="layer 2 (Conv2d)")
        self.refused(3, "stack", "Conv2d(1, 1, 3)", "Conv1d(1, 1, 3)", "-o", "a.gif", says="layer 2 (Conv1d)")

    def test_options_that_only_a_layer_has(self):
        for words in (["explain", "stack", "ReLU()"], ["render", "preset:stack/lenet", "-o", "a.png"],
                      ["sweep", "stack", "ReLU()", "-P", "input-size=3..4", "-o", "{i}.png"], ["explain", "relu"]):
            self.refused(2, *words, "-k", "3", says="a stack has no --kernel-size")
        self.refused(2, "stack", "ReLU()", "-k", "3", "-o", "a.png", says="unknown option -k")
        self.assertEqual(self.files(), [])

    def test_hostile_sizes(self):
        self.refused(3, "stack", "Upsample(scale_factor=60000)", "Upsample(scale_factor=60000)", "-o", "a.json", says="layer")
        self.refused(3, "stack", "Flatten()", "Linear(25, 99999999999)", "-o", "a.json", says="limit")

    def test_words(self):
        self.refused(2, "stack", "Conv2d(1, 1, 3)", "Relu()", "-o", "a.gif", says="did you mean ReLU?")
        self.refused(2, "stack", "Conv2d(1, 1, 3", "-o", "a.gif", says="bracket")
        self.refused(2, "stack", "Conv2d(1, 1, 3) --strid 2", "-o", "a.gif", says="--strid")


class Pictures(support.Case):
    def test_every_kind_of_file(self):
        names = ["a.gif", "a.png", "a.svg", "a.pdf", "a.html", "a.pptx", "a.txt", "a.webp"]
        outputs = [word for name in names for word in ("-o", name)]
        self.ok("stack", "Conv2d(1, 1, 2)", "ReLU()", "MaxPool2d(2)", "-i", "5", *outputs)
        self.assertEqual(self.files(), sorted(names))
        self.assertIn("Conv2d → ReLU → MaxPool2d", self.read("a.svg").decode())
        self.assertIn("receptive field", self.read("a.txt").decode())

    def test_views_of_one_layer_are_refused(self):
        self.refused(3, "stack", "Conv2d(1, 1, 3)", "--view", "slide", "-o", "a.gif", says="stack of 1")
        self.refused(3, "conv2d", "--view", "stack", "-o", "a.gif", says="convreel stack")


if __name__ == "__main__":
    support.main()
