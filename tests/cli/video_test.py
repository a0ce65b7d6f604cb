"""Videos as ffmpeg's programs see them: a constant frame rate, the story's length, key frames where steps begin, the finished
result as last picture, transparency. Needs ffmpeg."""
import re
import subprocess

import support

LAYER = ["conv2d", "-i", "4", "-k", "3", "--hold-end", "1s", "--step", "1s", "--size", "960x600"]  # four steps, the result: 5 s
FORMS = {"h264": ".mp4", "vp9": ".webm", "av1": ".webm:codec=av1", "h264, 4:4:4": ".mp4:chroma=444", "vp9, 30 fps": ".webm:fps=30"}
STEPS = ":keyframes=steps"


def output_of(*command):
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=True, timeout=300)


class Videos(support.Case):
    def packets(self, name):
        told = output_of("ffprobe", "-v", "error", "-show_entries", "packet=pts_time,flags", "-of", "csv=p=0", self.path(name))
        rows = [line.split(",") for line in told.stdout.decode().split()]
        return [(float(row[0]), "K" in row[1]) for row in rows]

    def fact(self, name, entry):
        told = output_of("ffprobe", "-v", "error", "-show_entries", entry, "-of", "default=nw=1:nk=1", self.path(name))
        return told.stdout.decode().split("\n")[0]

    def psnr_of_last(self, name, still):
        """Of the video's last picture against a still."""
        told = output_of("ffmpeg", "-nostdin", "-hide_banner", "-sseof", "-0.2", "-i", self.path(name), "-i", self.path(still), "-lavfi",
                         "[0]scale=in_range=tv:in_color_matrix=bt709,format=gbrp[a];[1]format=gbrp[b];[a][b]psnr", "-f", "null", "-")
        return float(re.search(r"average:(\S+)", told.stderr.decode()).group(1))

    def test_every_codec(self):
        self.ok(*LAYER, "-o", "still.png", "-o", "first.png:still=first")
        for name, form in FORMS.items():
            with self.subTest(name):
                file = "a" + form.split(":")[0]
                self.ok(*LAYER, "-o", "a" + form + STEPS)
                self.assertEqual(self.fact(file, "stream=codec_name"), name.split(",")[0])
                rate = 30 if "30" in name else 25
                packets = self.packets(file)
                self.assertEqual(len(packets), 5 * rate)
                for n, (at, _) in enumerate(packets):
                    self.assertAlmostEqual(at, n / rate, delta=0.002)  # WebM counts milliseconds
                self.assertAlmostEqual(float(self.fact(file, "format=duration")), 5, delta=1 / rate)
                self.assertEqual(self.fact(file, "stream=avg_frame_rate"), "%d/1" % rate)
                keys = [at for at, key in packets if key]
                self.assertEqual([round(at) for at in keys], [0, 1, 2, 3, 4], keys)
                self.assertLess(max(abs(at - round(at)) for at in keys), 0.6, "a step begins to glide just before its time")
                self.assertGreater(self.psnr_of_last(file, "still.png"), 33)
                self.assertLess(self.psnr_of_last(file, "first.png"), 30, "the comparison can fail")

    def test_what_av1_cannot(self):
        self.refused(3, *LAYER[:-2], "--size", "60x40", "-o", "a.webm:codec=av1", says="60x40 pixels are too few for AV1")
        self.refused(2, *LAYER, "-o", "a.webm:codec=av1:chroma=444", says="chroma=420 only")
        self.assertEqual(self.files(), [])

    def test_transparent_vp9(self):
        self.ok(*LAYER, "--transparent", "--layout", "plain", "-o", "a.webm", "-o", "still.png")
        alpha = ["-vf", "format=yuva420p,alphaextract,format=gray", "-f", "rawvideo", "-"]
        planes = [output_of("ffmpeg", "-nostdin", "-v", "error", *options, *alpha).stdout for options in (
            ["-sseof", "-0.1", "-c:v", "libvpx-vp9", "-i", self.path("a.webm"), "-frames:v", "1"], ["-i", self.path("still.png")])]
        self.assertEqual(len(planes[0]), len(planes[1]))
        self.assertLess(planes[0][0], 3)  # coded with loss
        far = sum(abs(a - b) > 40 for a, b in zip(*planes))
        self.assertLess(far, len(planes[0]) // 100)
        self.assertGreater(sum(value == 255 for value in planes[1]), len(planes[0]) // 10)


if __name__ == "__main__":
    support.main()
