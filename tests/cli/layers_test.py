"""Layers and data that cannot be: exit 3, the rule with its numbers, nothing written."""
import support


class Impossible(support.Case):
    def test_kernel_larger_than_the_padded_input(self):
        self.refused(3, "conv2d", "-i", "5", "-k", "7", "-o", "a.gif", says=("7", "5", "hint: "))
        self.refused(3, "conv2d", "-i", "9", "-k", "5", "-d", "3", "-o", "a.gif", says=("13", "9"))

    def test_output_size_below_one(self):
        self.refused(3, "transpose", "-i", "1", "-k", "1", "-p", "1", "-o", "a.gif", says="hint: ")

    def test_output_padding(self):
        self.refused(3, "transpose", "-s", "2", "--output-padding", "2", "-o", "a.gif", says=("2", "hint: "))
        self.refused(3, "transpose", "-s", "2", "-p", "1", "--output-size", "9", "-o", "a.gif", says=("9", "5", "6"))

    def test_reflect(self):
        self.refused(3, "conv2d", "-i", "3", "-p", "3", "--padding-mode", "reflect", "-o", "a.gif", says=("3", "2"))

    def test_groups(self):
        self.refused(3, "conv2d", "--in-channels", "3", "--out-channels", "4", "-g", "2", "-o", "a.gif", says=("3", "2"))

    def test_same_with_stride(self):
        self.refused(3, "conv2d", "-p", "same", "-s", "2", "-o", "a.gif", says=("same", "2", "same-upper"))

    def test_pooling_padding(self):
        self.refused(3, "max-pool2d", "-k", "3", "-p", "2", "-o", "a.gif", says=("2", "3"))

    def test_view_that_cannot_show_the_layer(self):
        self.refused(3, "max-pool2d", "--view", "zero-insertion", "-o", "a.gif", says="hint: ")


class BadData(support.Case):
    def test_contradicting_sizes(self):
        self.refused(3, "conv2d", "-i", "4", "--input-values", "1 2 3; 4 5 6; 7 8 9", "-o", "a.gif", says=("4", "3"))

    def test_ragged_matrix(self):
        self.refused(3, "conv2d", "--input-values", "1 2 3; 4 5", "-o", "a.gif", says=("3", "2"))

    def test_not_a_number_is_shown_not_refused(self):
        self.ok("conv2d", "--input-values", "nan 1 2; 3 inf 4; 5 6 7", "-k", "2", "-o", "a.json", "-o", "a.txt", "-o", "a.gif")
        trace = support.load_json(self.read("a.json"))
        self.assertIn("NaN", trace["input"]["values"])
        self.assertIn("Infinity", trace["input"]["values"])

    def test_npy(self):
        whole = support.npy(range(25), [5, 5])
        self.write("cut.npy", whole[:-9])
        self.refused(3, "conv2d", "--input-values", "cut.npy", "-o", "a.gif", says="cut.npy")
        self.write("lie.npy", whole.replace(b"(5, 5,)", b"(5, 9,)"))
        self.refused(3, "conv2d", "--input-values", "lie.npy", "-o", "a.gif", says="lie.npy")
        self.write("huge.npy", whole.replace(b"(5, 5,), }          ", b"(99999999, 99999,), }"))
        self.refused(3, "conv2d", "--input-values", "huge.npy", "-o", "a.gif", says="huge.npy")
        self.write("other.npy", b"not numpy at all")
        self.refused(3, "conv2d", "--input-values", "other.npy", "-o", "a.gif", says="other.npy")

    def test_text_files(self):
        self.write("bad.csv", "1,2,3\n4,x,6\n7,8,9\n")
        self.refused(3, "conv2d", "--input-values", "bad.csv", "-o", "a.gif", says=("bad.csv", "2"))
        self.write("ragged.csv", "1,2,3\n4,5\n")
        self.refused(3, "conv2d", "--input-values", "ragged.csv", "-o", "a.gif", says=("ragged.csv", "2"))
        self.write("bad.json", "[[1, 2], [3, ")
        self.refused(3, "conv2d", "--input-values", "bad.json", "-o", "a.gif", says="bad.json")
        self.write("deep.json", "[" * 100000)
        self.refused(3, "conv2d", "--input-values", "deep.json", "-o", "a.gif", says="deep.json")
        self.write("bad.toml", "layer = 'conv2d'\nstride = = 2\n")
        self.refused(3, "render", "bad.toml", "-o", "a.gif", says=("bad.toml", "2"))
        self.write("key.toml", "layer = 'conv2d'\nstryde = 2\n")
        self.refused(3, "render", "key.toml", "-o", "a.gif", says=("key.toml", "stryde", "stride"))

    def test_a_text_file_named_png(self):
        self.write("photo.png", "this is text\n")
        self.refused(3, "conv2d", "--input-values", "photo.png", "-o", "a.gif", says="photo.png")

    def test_missing_file(self):
        self.refused(3, "conv2d", "--input-values", "nowhere.npy", "-o", "a.gif", says="nowhere.npy")


class Sources(support.Case):
    """The same layer from flags, TOML, a preset and PyTorch's line gives the same trace."""

    def trace(self, *arguments):
        return support.load_json(self.ok(*arguments, "-o", "-", "--format", "json").stdout)

    def test_toml_and_layer_string_and_flags_agree(self):
        self.write("job.toml", "layer = 'conv-transpose2d'\ninput-size = 3\nkernel-size = 3\nstride = 2\npadding = 1\n")
        flags = self.trace("transpose", "-i", "3", "-k", "3", "-s", "2", "-p", "1")
        self.assertEqual(flags["output"]["shape"], [1, 5, 5])
        self.assertEqual(self.trace("render", "job.toml"), flags)
        line = "ConvTranspose2d(1, 1, kernel_size=(3, 3), stride=(2, 2), padding=(1, 1))"
        self.assertEqual(self.trace("render", line, "-i", "3"), flags)
        self.assertEqual(self.trace("render", "nn." + line, "-i", "3"), flags)

    def test_flags_override(self):
        self.write("job.toml", "layer = 'conv2d'\nstride = 2\n")
        self.assertEqual(self.trace("render", "job.toml")["layer"]["stride"], [2, 2])
        self.assertEqual(self.trace("render", "job.toml", "-s", "1")["layer"]["stride"], [1, 1])

    def test_data_paths_start_where_they_were_written(self):
        import os
        os.mkdir(self.path("jobs"))
        self.write("jobs/x.csv", "1,2,3\n4,5,6\n7,8,9\n")
        self.write("x.csv", "9,9,9\n9,9,9\n9,9,9\n")
        self.write("jobs/job.toml", "layer = 'conv2d'\ninput-values = 'x.csv'\nkernel-size = 2\n")
        self.assertEqual(self.trace("render", "jobs/job.toml")["input"]["values"], list(range(1, 10)))
        self.assertEqual(self.trace("render", "jobs/job.toml", "--input-values", "x.csv")["input"]["values"], [9] * 9)

    def test_picture_as_input(self):
        self.write("p.png", support.tiny_png())
        trace = self.trace("conv2d", "--input-values", "p.png", "-k", "3", "--kernel-values", "sobel-x")
        self.assertEqual(trace["input"]["shape"], [1, 4, 4])
        self.assertEqual(trace["input"]["values"][:4], [0, 16, 32, 48])

    def test_channels_and_groups_from_npy(self):
        self.write("x.npy", support.npy(range(4 * 25), [4, 5, 5]))
        trace = self.trace("conv2d", "--input-values", "x.npy", "--out-channels", "2", "-g", "2")
        self.assertEqual(trace["kernel"]["shape"], [2, 2, 3, 3])
        self.assertEqual(trace["layer"]["groups"], 2)

    def test_explain(self):
        text = self.ok("explain", "transpose", "-i", "3", "-s", "2", "-p", "1").stdout.decode()
        self.assertIn("5", text)
        summary = support.load_json(self.ok("explain", "--json", "transpose", "-i", "3", "-s", "2", "-p", "1").stdout)
        whole = self.trace("transpose", "-i", "3", "-s", "2", "-p", "1")
        for key in ("steps", "input", "kernel"):
            whole.pop(key)
        whole["output"].pop("values")
        self.assertEqual(summary, whole)
        compared = self.ok("explain", "preset:teach/checkerboard").stdout.decode()
        self.assertLess(compared.index("# kernel 3, stride 2"), compared.index("# kernel 4, stride 2"))
        self.refused(3, "explain", "conv2d", "-i", "2", says="hint: ")


if __name__ == "__main__":
    support.main()
