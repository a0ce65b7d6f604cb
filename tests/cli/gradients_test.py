"""--grad-values and --view backward: the backward pass in traces, transcripts and explanations."""
import json

import support


class Gradients(support.Case):
    def trace(self, *arguments):
        self.ok(*arguments, "-o", "a.json")
        return json.loads(self.read("a.json"))

    def test_the_trace_has_them(self):
        gradient = self.trace("conv2d", "--input-values", "1 2 3; 4 5 6; 7 8 9", "--kernel-values", "1 0; 0 -1", "--bias", "2",
                              "--grad-values", "1 2; 0 3")["gradient"]
        self.assertEqual(gradient, {
            "output": {"shape": [1, 2, 2], "values": [1, 2, 0, 3]},
            "input": {"shape": [1, 3, 3], "values": [1, 2, 0, 0, 2, -2, 0, 0, -3]},
            "kernel": {"shape": [1, 1, 2, 2], "values": [20, 26, 38, 44]},
            "bias": {"shape": [1], "values": [6]}})

    def test_pooling_has_no_weights(self):
        gradient = self.trace("max-pool2d", "--input-values", "1 2; 3 4", "-k", "2", "--grad-values", "5")["gradient"]
        self.assertEqual(gradient["input"]["values"], [0, 0, 0, 5])
        self.assertIsNone(gradient["kernel"])
        self.assertIsNone(gradient["bias"])

    def test_three_axes(self):
        gradient = self.trace("conv3d", "-i", "2x3x3", "-k", "2", "--grad-values", "ones")["gradient"]
        self.assertEqual(gradient["kernel"]["shape"], [1, 1, 2, 2, 2])

    def test_trace_transcript_and_explanation_follow_the_view(self):
        self.assertNotIn("gradient", self.trace("conv2d", "-i", "3", "-k", "2"))
        self.assertIn("gradient", self.trace("conv2d", "-i", "3", "-k", "2", "--view", "backward"))
        said = self.ok("conv2d", "-i", "3", "-k", "2", "--view", "backward", "-o", "a.txt", "-o", "a.vtt")
        self.assertNotIn("changes nothing", said.stderr.decode())
        self.assertIn("∂L/∂w[1,1] = ", self.read("a.txt").decode())
        self.assertNotIn("\nstep 1: y[0,0]", self.read("a.txt").decode())
        self.assertIn("⟨x, Aᵀ g⟩", self.ok("explain", "conv2d", "-i", "3", "-k", "2", "--view", "backward").stdout.decode())
        self.assertIn("∂L/∂x = 1 1 0", self.ok("explain", "conv2d", "--input-values", "1 2 3", "--kernel-values", "1 0",
                                               "-i", "1x3", "-k", "1x2", "--grad-values", "1 1").stdout.decode())
        self.assertNotIn("∂L", self.ok("explain", "conv2d", "-i", "3", "-k", "2").stdout.decode())

    def test_what_is_wrong_is_said(self):
        self.refused(2, "conv2d", "-i", "3", "-k", "2", "--grad-values", "ones", "-o", "a.png", says=("--view backward",))
        self.refused(3, "conv2d", "-i", "3", "-k", "2", "--grad-values", "1 2 3", "-o", "a.json", says=("1x2x2",))
        self.refused(2, "explain", "conv2d", "-i", "3", "-k", "2", "--view", "stamp", says=("says the same",))


if __name__ == "__main__":
    support.main()
