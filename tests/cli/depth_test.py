"""Layers of three axes, drawn: every view that shows depth, in formats of every kind; the others say why not."""
import json

import support


class Depth(support.Case):
    def test_views_that_show_depth(self):
        conv = ("conv3d", "-i", "2x3x3", "-k", "2", "--bias", "1")
        back = ("conv-transpose3d", "-i", "2x2x2", "-k", "2", "-s", "2")
        for layer, view in ((conv, "slide"), (conv, "iso"), (conv, "backward"), (back, "zero-insertion"), (back, "stamp"), (back, "overlap"),
                            (("max-pool3d", "-i", "2x4x4", "-k", "2"), "slide")):
            self.ok(*layer, "--view", view, "--still", "2", "-o", "a.png", "-o", "a.svg", "-o", "a.html")
            self.assertIn("z = 1", self.read("a.svg").decode() + self.read("a.html").decode(), view)

    def test_cells_are_named_with_their_depth(self):
        self.ok("conv3d", "-i", "2x3x3", "-k", "2", "-o", "a.txt", "-o", "a.json", "-o", "a.gif")
        self.assertIn("step 2: y[0,0,1] = ", self.read("a.txt").decode())
        self.assertEqual(json.loads(self.read("a.json"))["output"]["shape"], [1, 1, 2, 2])
        self.assertGreaterEqual(len(support.gif_frames(self.read("a.gif"))["delays"]), 4)

    def test_a_comparison_and_a_sweep(self):
        self.ok("compare", "Conv3d(1, 1, 2)", "Conv3d(1, 1, 2, padding=1)", "-i", "2x2x2", "--still", "1", "-o", "a.png")
        self.ok("sweep", "conv3d", "-i", "2x3x3", "-k", "2", "-L", "stride=1,2", "-o", "s/{stride}.json")

    def test_stacks(self):
        stack = ("stack", "Conv3d(1, 1, 2)", "Upsample(scale_factor=2)", "-i", "3x3x3")
        for view in ("stack", "stages", "receptive-field"):
            self.ok(*stack, "--view", view, "--still", "2", "-o", "a.svg")
            self.assertIn("z = 1", self.read("a.svg").decode(), view)
        self.ok("stack", "Conv3d(1, 1, 2)", "Conv3d(1, 1, 2)", "-i", "3", "--view", "equals", "-o", "a.txt", "-o", "a.svg")
        self.assertIn("outputs are the same on both sides", self.read("a.txt").decode())
        self.ok("conv3d", "-i", "3", "-k", "2", "--view", "equals", "-o", "a.txt", "-o", "a.svg")
        self.assertIn("All 27 gradients are the same on both sides", self.read("a.txt").decode())

    def test_other_views_say_why_not(self):
        for view in ("matrix", "im2col", "roundtrip"):
            self.refused(3, "conv3d", "-i", "2x3x3", "-k", "2", "--view", view, "-o", "a.png", says=("no place for the depth",))


if __name__ == "__main__":
    support.main()
