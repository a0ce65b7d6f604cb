"""An MP4's bytes do not depend on what else the run did before, on its threads, or on luck.

x264's macroblock tree once broke this: the same frames gave other bytes once the heap looked different.
"""
import support

GLIDE = ("conv-transpose2d", "-i", "4", "-s", "2", "--motion", "smooth", "--size", "320x240", "--speed", "8")


class VideoBytes(support.Case):
    def movie(self, *others):
        self.ok(*GLIDE, "-o", "a.mp4", *others)
        with open(self.path("a.mp4"), "rb") as file:
            return file.read()

    def test_same_beside_other_outputs_and_on_any_number_of_threads(self):
        alone = self.movie("-j", "1")
        beside = (("-o", "c.webp"), ("-o", "c.gif"), ("-o", "b.mp4:scale=1", "-o", "c.png"))
        for jobs in ("1", "2"):
            for others in beside:
                self.assertEqual(self.movie("-j", jobs, *others), alone, (jobs, others))

    def test_the_comparison_can_fail(self):
        self.assertNotEqual(self.movie("-j", "1"), self.movie("-j", "1", "--set", "role.input.fill=#112233"))


if __name__ == "__main__":
    support.main()
