"""Layers in other frameworks' words and under their rules, and as programs: what a person types and reads."""
import json

import support

KERAS = 'Conv2DTranspose(8, 3, strides=2, padding="same", output_padding=None)'
FLAX = "nn.Conv(features=1, kernel_size=(3, 3), strides=2, padding='SAME')"
LAX = "lax.conv_general_dilated(x, w, (1, 1), [(2, 1), (2, 1)], lhs_dilation=(2, 2))"
ONNX = 'y = ConvTranspose <kernel_shape = [3, 3], strides = [2, 2], output_shape = [6, 6]> (x, w)'


def layer(done):
    told = json.loads(done.stdout)
    return told["layer"], told["geometry"]["output"]


class Lines(support.Case):
    def test_each_framework_means_its_own_rules(self):
        for line, rules, output, padding in ((KERAS, "keras", [6, 6], [[0, 1], [0, 1]]), (FLAX, "jax", [2, 2], [[0, 1], [0, 1]]),
                                             (LAX, "jax", [6, 6], [[0, 1], [0, 1]]), (ONNX, "onnx", [6, 6], [[1, 0], [1, 0]])):
            size = 4 if line is FLAX else 3
            told, out = layer(self.ok("explain", line, "-i", size, "-k", 3, "--json"))
            self.assertEqual((told["rules"], out, told["padding"]), (rules, output, padding), line)
        self.assertNotIn("rules", layer(self.ok("explain", "Conv2d(1, 1, 3)", "--json"))[0])

    def test_jax_does_not_turn_the_kernel_unless_told(self):
        self.assertTrue(layer(self.ok("explain", LAX, "-k", 3, "--json"))[0]["flip_kernel"])
        told = "nn.ConvTranspose(features=1, kernel_size=(3, 3), strides=(2, 2), transpose_kernel=%s)"
        self.assertTrue(layer(self.ok("explain", told % "False", "--json"))[0]["flip_kernel"])
        self.assertFalse(layer(self.ok("explain", told % "True", "--json"))[0]["flip_kernel"])

    def test_every_command_takes_them(self):
        for arguments in (("render", KERAS, "-i", 2), ("compare", KERAS, ONNX), ("stack", FLAX, "ReLU()", "-i", 6),
                          ("sweep", FLAX, "-L", "stride=1,2", "-i", 6)):
            target = "s{stride}.json" if arguments[0] == "sweep" else "%s.txt" % arguments[0]
            self.ok(*arguments, "-q", "-o", target)
        self.ok("solve", "nn.Conv(features=1, kernel_size=?, strides=2, padding='SAME')".replace("=?", "=(3, 3)"), "-i", 8, "--to", 4)
        self.write("job.toml", "layer = 'Conv2D(1, 3, padding=\"same\")'\ninput-size = 4\n")
        told, out = layer(self.ok("explain", "job.toml", "--json"))
        self.assertEqual((told["rules"], out), ("keras", [4, 4]))

    def test_flags_say_what_a_line_does_not(self):
        line = "tf.nn.conv2d(x, w, strides=[1, 2, 2, 1], padding='SAME')"
        told, out = layer(self.ok("explain", line, "-i", 7, "-k", "5x3", "--json"))
        self.assertEqual((told["kernel_size"], told["padding"], out), ([5, 3], [[2, 2], [1, 1]], [4, 4]))

    def test_onnx_attributes_need_no_kernel(self):
        for line in ("Conv(strides=[2, 2])", "ConvTranspose(strides=[2, 2])"):
            self.assertEqual(layer(self.ok("explain", line, "-i", 6, "--json"))[0]["rules"], "onnx")

    def test_mistakes_name_the_argument_and_its_place(self):
        for line, says in (("Conv2D(8, 3, stride=2)", ("Conv2D: unknown argument stride", "did you mean strides?")),
                           ("Conv2D(8, 3, strides=x)", ("Conv2D: strides takes", "(character 22)")),
                           ("Conv2D(8, 3, activation='relu')", "convreel stack"),
                           ("Conv(kernel_shape=[3, 3], pads=[1, 1])", "pads has 2 numbers, not 4"),
                           ("nn.Conv(features=8, kernel_size=(3, 3, 3, 3))", "1 to 3 can be shown"),
                           ('Conv2D("8", 3)', "filters takes a number, not"),
                           ("tf.nn.conv2d(x,w,1,[[5,5],[1,1],[1,1],[7,7]])", "pads the batch or the channels"),
                           ("Conv2D(8, 3" + " " * 20000 + ")", "at most 16384 are read")):
            self.refused(2, "explain", line, says=says)


class Rules(support.Case):
    def test_decide_what_is_legal_and_say_who_allows(self):
        self.refused(3, "explain", "max-pool2d", "-k", 3, "-p", 2, says=("more than half", "--rules onnx or jax allows it"))
        self.assertEqual(layer(self.ok("explain", "max-pool2d", "-k", 3, "-p", 2, "-s", 2, "--rules", "onnx", "--json"))[1], [4, 4])
        self.refused(3, "explain", "conv2d", "-p", 2, "--rules", "keras", says=("no padding by number", "--rules pytorch, onnx or jax"))
        self.refused(2, "explain", "conv2d", "--rules", "torch", says="pytorch, onnx, keras, jax")

    def test_are_an_axis_and_a_key(self):
        self.ok("sweep", "transpose", "-L", "rules=pytorch,keras,jax", "-s", 2, "-p", "valid", "-o", "{rules}.json", "-q")
        read = lambda name: json.loads(self.read(name + ".json"))["output"]["values"]
        self.assertEqual(read("pytorch"), read("keras"))
        self.assertNotEqual(read("pytorch"), read("jax"))

    def test_stand_side_by_side(self):
        line = "ConvTranspose2d(1, 1, 3, stride=2, padding=1) --rules "
        self.ok("compare", line + "pytorch", line + "jax", "-i", 3, "-q", "-o", "two.svg", "-o", "two.txt")
        self.assertIn(b"JAX, kernel flipped", self.read("two.svg"))
        self.assertIn("JAX", self.read("two.txt").decode())
        self.ok("render", "preset:teach/whose-transpose", "-q", "-o", "whose.txt")
        self.refused(2, "compare", line + "jax -o x.gif", "conv2d", "-o", "y.txt", says="has an output of its own")


class Programs(support.Case):
    def test_numpy_is_a_loop_that_runs(self):
        code = self.ok("explain", "conv2d", "-i", 4, "--as", "numpy").stdout.decode()
        compile(code, "numpy", "exec")
        self.assertIn("y[o, i, j] += w[o, c, u, v] * x[c, i + u, j + v]", code)

    def test_several_stand_under_headings(self):
        text = self.ok("explain", "transpose", "-s", 2, "--as", "pytorch,onnx").stdout.decode()
        self.assertTrue(text.startswith("# PyTorch\nimport torch\n"))
        self.assertIn("\n# ONNX\n", text)
        self.assertIn("nn.ConvTranspose2d(1, 1, kernel_size=(3, 3), stride=(2, 2), bias=False)", text)
        self.assertIn('helper.make_node("ConvTranspose", ["x", "w"], ["y"], kernel_shape=[3, 3], strides=[2, 2]', text)
        compile(text, "both", "exec")

    def test_what_a_framework_lacks_is_written_around_it(self):
        self.assertIn("F.pad(x, (0, 1, 0, 1))", self.ok("explain", "conv2d", "-p", "0,1,0,1", "--as", "pytorch").stdout.decode())
        crop = self.ok("explain", "transpose", "-p", 1, "-s", 2, "--as", "keras").stdout.decode()
        self.assertIn("Cropping2D(((1, 1), (1, 1))", crop)
        self.assertIn("y[:, :, 1:-1, 1:-1]  # padding below zero",
                      self.ok("explain", "transpose", "-p", 3, "-s", 2, "--as", "jax").stdout.decode())

    def test_or_it_is_refused_with_the_reason(self):
        grouped = ("explain", "transpose", "-g", 2, "--as")
        self.refused(3, *grouped, "keras", says="Keras cannot say this layer: a transposed convolution has no groups, here 2")
        told = json.loads(self.ok(*grouped, "keras,jax", "--json").stdout)
        self.assertIn("no groups", told["keras"]["refused"])
        self.assertIn("lhs_dilation", told["jax"]["code"])
        self.refused(2, *grouped, "tensorflow", says="--as takes pytorch, keras, jax, onnx, numpy")
        self.refused(3, "explain", "conv2d", "-i", 300, "--as", "numpy", says="at most 65536")
        stack = ("explain", "stack", "Conv2d(1, 1, 3)", "ReLU()", "--as")
        self.refused(3, *stack, "numpy", says="one layer")
        self.assertIn("y = nn.ReLU()(x)\nprint(y)\n", self.ok(*stack, "pytorch").stdout.decode())


if __name__ == "__main__":
    support.main()
