"""Files appear whole or not at all, and never differ for another machine, thread count, locale or folder."""
import os
import resource
import signal
import subprocess
import time

import support

SHORT = ("conv2d", "-i", "4", "-k", "3")


class Files(support.Case):
    def test_missing_folders_are_made(self):
        self.ok(*SHORT, "-o", "new/deep/a.json")
        self.assertEqual(self.files(), ["new/deep/a.json"])

    def test_one_run_many_files(self):
        self.ok(*SHORT, "-o", "a.gif", "-o", "a.mp4", "-o", "a.png", "-o", "a.json", "-o", "a.txt", "-o", "a.mp4.png")
        self.assertEqual(len(self.files()), 6)

    def test_steps_that_a_format_cannot_show_are_told(self):
        told = self.ok("conv2d", "-i", "3", "-k", "2", "--step", "10ms", "-o", "a.gif", "-o", "a.webp").stderr.decode()
        self.assertIn("a.gif: pictures stand for 20 ms at least, so some steps of 10 ms are left out", told)
        self.assertNotIn("a.webp: pictures", told)

    def test_unwritable_folder(self):
        self.write("plain", "a file, not a folder")
        self.refused(1, *SHORT, "-o", "plain/a.gif", says="plain")
        if os.geteuid() != 0:
            os.mkdir(self.path("locked"), 0o500)
            self.refused(1, *SHORT, "-o", "locked/a.gif", says="locked")

    def test_disk_full(self):
        for form in ("gif", "mp4", "json", "png"):
            with self.subTest(form):
                self.refused(1, *SHORT, "-o", "/dev/full", "--format", form, says="/dev/full")
        self.assertTrue(os.path.exists("/dev/full"))

    def test_disk_full_on_the_way(self):
        self.write("a.json", "older")

        def limit():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))

        message = self.refused(1, *SHORT, "-o", "a.json", says="a.json", preexec_fn=limit)
        self.assertIn("error: ", message)
        self.assertEqual(self.read("a.json"), b"older")

    def test_stdout_full(self):
        with open("/dev/full", "wb") as full:
            for arguments in ((*SHORT, "-o", "-", "--format", "json"), ("list", "presets"), ("conv2d", "--help")):
                done = self.run_tool(*arguments, stdout=full)
                self.assertEqual(done.returncode, 1, arguments)
                self.assertIn(b"stdout", done.stderr)

    def test_a_failed_run_keeps_the_older_file(self):
        self.write("a.gif", "older")
        self.refused(1, *SHORT, "-o", "a.gif", "-o", "a.gif/b.gif")
        self.assertEqual(self.read("a.gif"), b"older")

    def interrupt(self, number):
        self.write("a.gif", "older")
        command = [support.BINARY, "conv2d", "-i", "34", "-k", "3", "--motion", "smooth", "--fps", "50", "-j", "2",
                   "-o", "a.gif", "-o", "a.mp4"]
        self.assertEqual(self.files(), ["a.gif"])
        running = subprocess.Popen(command, cwd=self.folder, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL)
        try:
            while running.poll() is None and len(self.files()) < 2:  # the temporary files show that work began
                time.sleep(0.01)
            running.send_signal(number)
            _, message = running.communicate(timeout=60)
        finally:
            running.kill()
        self.assertEqual(running.returncode, 130, message)
        self.assertIn(b"interrupted", message)
        self.assertEqual(self.files(), ["a.gif"])
        self.assertEqual(self.read("a.gif"), b"older")

    def test_interrupted(self):
        self.interrupt(signal.SIGINT)

    def test_terminated(self):
        self.interrupt(signal.SIGTERM)

    def test_numbered_frames_and_stills(self):
        self.ok(*SHORT, "--chapters", "none", "-o", "frames/{n:03}.png", "-o", "last.png")
        frames = [name for name in self.files() if name.startswith("frames/")]
        self.assertEqual(frames[0], "frames/001.png")
        self.assertEqual(len(frames), 5)  # four steps and the finished result
        self.assertEqual(self.read(frames[-1]), self.read("last.png"))
        self.ok(*SHORT, "--chapters", "none", "--still", "2", "-o", "two.png")
        self.assertEqual(self.read("frames/002.png"), self.read("two.png"))
        self.ok(*SHORT, "--chapters", "none", "--still", "first", "-o", "one.png")
        self.assertEqual(self.read("frames/001.png"), self.read("one.png"))

    def test_numbered_files_keep_the_question_before_each_answer(self):
        self.ok(*SHORT, "--chapters", "none", "--steps", "2..3", "--predict", "1s", "-o", "q/{n}.png")
        self.assertEqual(self.files(), ["q/%d.png" % n for n in (1, 2, 3, 4, 5)])
        self.assertEqual(len({self.read(name) for name in self.files()}), 5)

    def test_steps_keep_their_numbers(self):
        self.ok(*SHORT, "--chapters", "none", "--steps", "2..3", "-o", "f/{n}.png")
        self.assertEqual(len(self.files()), 3)
        self.ok(*SHORT, "--chapters", "none", "--steps", "2..3", "--still", "2", "-o", "two.png")
        self.assertEqual(self.read("f/1.png"), self.read("two.png"))

    def test_scale(self):
        self.ok(*SHORT, "-o", "one.png:scale=1", "-o", "two.png:scale=2")
        one, two = support.png_size(self.read("one.png")), support.png_size(self.read("two.png"))
        self.assertAlmostEqual(two[0] / one[0], 2, delta=0.02)
        self.ok(*SHORT, "--size", "640x480", "-o", "sized.png")
        self.assertEqual(support.png_size(self.read("sized.png")), (640, 480))


class Article(support.Case):
    """The ten animations of the article."""

    FRAMES = {"conv-s1p0": 9, "conv-s1p1": 25, "conv-s2p0": 4, "conv-s2p1": 9, "conv-s2p3": 25, "conv-s3p2": 9,
              "transposed-s1p0": 25, "transposed-s1p1": 25, "transposed-s2p0": 25, "transposed-s2p1": 25}

    def test_one_command_writes_all_ten(self):
        self.ok("render", "preset:article/*", "-o", "gifs/{name}.gif")
        self.assertEqual(self.files(), sorted("gifs/%s.gif" % name for name in self.FRAMES))
        for name, frames in self.FRAMES.items():
            data = self.read("gifs/%s.gif" % name)
            gif = support.gif_frames(data)
            with self.subTest(name):
                self.assertEqual(gif["size"], (1000, 500))
                self.assertEqual(gif["delays"], [100] * frames)
                self.assertEqual(gif["loop"], 0)
                self.assertLessEqual(len(data), 75000)


class Banks(support.Case):
    """Lists of named kernels."""

    def test_over_a_photo(self):
        self.write("photo.png", support.tiny_png(24, 24))
        self.ok("conv2d", "--input-values", "photo.png", "--kernel-values", "sobel-x||sobel-y||laplacian", "-q", "-o", "bank.svg",
                "-o", "bank.json")
        trace = support.load_json(self.read("bank.json"))
        self.assertEqual(trace["output"]["shape"], [3, 22, 22])
        self.assertEqual(trace["kernel"]["values"][9:18], [-1, -2, -1, 0, 0, 0, 1, 2, 1])
        drawn = self.read("bank.svg").decode()
        for name in ("sobel-x", "sobel-y", "laplacian"):
            self.assertIn(name, drawn)

    def test_in_a_job_a_stack_and_a_sweep(self):
        self.write("job.toml", "layer = 'conv2d'\nkernel-values = 'box||sharpen'\n")
        self.ok("render", "job.toml", "-q", "-o", "job.json")
        self.assertEqual(support.load_json(self.read("job.json"))["output"]["shape"], [2, 3, 3])
        self.ok("stack", "Conv2d(1, 2, 3) --kernel-values 'box||sharpen'", "ReLU()", "-i", 6, "-q", "-o", "stack.txt")
        self.ok("sweep", "conv2d", "-L", "kernel-values=box||sharpen,sobel-x||sobel-y||box", "-q", "-o", "{i}.json")
        self.assertEqual(support.load_json(self.read("2.json"))["output"]["shape"], [3, 3, 3])

    def test_mistakes(self):
        self.refused(2, "conv2d", "--kernel-values", "sobel-x||sobel-z", "-o", "a.gif", says="did you mean sobel-x?")
        self.refused(3, "conv2d", "--kernel-values", "box||box", "--out-channels", 3, "-o", "a.gif", says="names make 2")


if __name__ == "__main__":
    support.main()
