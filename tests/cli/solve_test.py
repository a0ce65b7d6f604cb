"""convreel solve: answers that the layers' own commands confirm, in every form in which they are given."""
import csv
import io
import json

import support


class Solve(support.Case):
    def solve(self, *arguments):
        return json.loads(self.ok("solve", *arguments, "--json").stdout)["answers"]

    def output_of(self, command, size, answer):
        """What explain says about one answer."""
        join = lambda numbers: "x".join(map(str, numbers))
        line = ["explain", command, "-i", size, "-k", join(answer["kernel_size"]), "-s", join(answer["stride"]),
                "-d", join(answer["dilation"]), "-p", ",".join(str(n) for side in answer["padding"] for n in side), "--json"]
        if "transpose" in command:
            line += ["--output-padding", join(answer["output_padding"])]
        if "avg" in command:
            del line[line.index("-d"):line.index("-d") + 2]
        return json.loads(self.ok(*line).stdout)["output"]["shape"][1:]

    def test_every_answer_holds(self):
        for command, size, to in (("conv-transpose2d", "3", "6"), ("conv2d", "9x6", "5x3"), ("max-pool1d", "9", "4"),
                                  ("avg-pool2d", "8", "4")):
            answers = self.solve(command, "-i", size, "--to", to, "-k", "2..3", "-s", "1..2", "-p", "0..1")
            self.assertTrue(answers, command)
            for answer in answers:
                self.assertEqual(answer["output"], self.output_of(command, size, answer))

    def test_schema_and_defaults(self):
        answers = self.solve("conv-transpose2d", "-i", "14", "--to", "28")
        self.assertEqual(list(answers[0]), ["kernel_size", "stride", "padding", "dilation", "output_padding", "output", "even"])
        wanted = [[k, 2, p, op] for k in range(1, 8) for p in range(4) for op in range(2) if 26 + k - 2 * p + op == 28]
        found = [[a["kernel_size"][0], a["stride"][0], a["padding"][0][0], a["output_padding"][0]] for a in answers]
        self.assertEqual(found, wanted)
        self.assertEqual([a["even"] for a in answers], [k % 2 == 0 for k, *_ in found])
        self.assertEqual(self.solve("transpose", "--from", "14", "--to", "28"), answers)

    def test_a_range_of_inputs_tells_each_answers_input(self):
        answers = self.solve("conv2d", "--from", "28..29", "--to", "14", "-k", "3", "-s", "2", "-p", "1")
        self.assertEqual([a["input"] for a in answers], [[28, 28]])
        self.assertEqual([a["input"] for a in self.solve("conv1d", "--from", "27..28", "--to", "14", "-k", "3", "-s", "2", "-p", "1")],
                         [[27], [28]])

    def test_question_marks_leave_open(self):
        answers = self.solve("Conv2d(1, 1, kernel_size=?, stride=2, padding=?)", "-i", "28", "--to", "14")
        self.assertEqual({a["stride"][0] for a in answers}, {2})
        self.assertEqual(len(answers), sum(1 for k in range(1, 8) for p in range(4) if (28 + 2 * p - k) // 2 + 1 == 14))
        fails = self.run_tool("render", "Conv2d(1, 1, kernel_size=?)", "-o", "a.gif")
        self.assertEqual(fails.returncode, 2)
        self.assertIn(b"convreel solve", fails.stderr)

    def test_a_layer_left_open_in_a_stack(self):
        around = ("Conv2d(1, 1, 3)", "ReLU()", "Conv2d(1, 1, kernel_size=?, stride=2, padding=?)", "MaxPool2d(2)")
        answers = self.solve(*around, "-i", "30", "--to", "7")
        self.assertEqual({a["output"][0] for a in answers}, {14, 15})
        wanted = sum(1 for k in range(1, 8) for p in range(4) if (28 + 2 * p - k) // 2 + 1 in (14, 15))
        self.assertEqual(len(answers), wanted)
        self.assertEqual(self.solve("Sequential(%s)" % ", ".join("(%d): %s" % pair for pair in enumerate(around)), "-i", "30", "--to", "7"),
                         answers)
        self.ok("solve", *around, "-i", "30", "--to", "7", "-o", "a.json")
        stages = json.loads(self.read("a.json"))["stages"]
        self.assertEqual(stages[-1]["output"]["shape"], [1, 7, 7])
        self.refused(2, "solve", "Conv2d(1, 1, 3)", "ReLU()", "-i", "30", "--to", "7", says="0 of 2 layers have a ?")
        self.refused(3, "solve", "Conv2d(1, 1, kernel_size=?)", "Upsample(scale_factor=2)", "-i", "6", "--to", "7",
                     says="no size behind layer 1 leads to 7x7")

    def test_table_and_csv(self):
        table = self.ok("solve", "transpose", "-i", "3", "--to", "6", "-k", "2..3", "-s", "2").stdout.decode()
        self.assertIn("Transposed convolution: 2 answers", table)
        self.assertIn("uneven", table)
        rows = list(csv.DictReader(io.StringIO(self.ok("solve", "conv1d", "-i", "6", "--to", "3", "-k", "3", "-s", "2", "-p",
                                                       "same-upper", "--csv").stdout.decode())))
        self.assertEqual([(row["kernel_size"], row["padding"], row["output"]) for row in rows], [("3", "0,1", "3")])

    def test_none_says_why_and_what_is_near(self):
        done = self.run_tool("solve", "conv2d", "-i", "20", "--to", "8", "-s", "1,3", "-p", "0", "--json")
        self.assertEqual(done.returncode, 3)
        answer = json.loads(done.stdout)
        self.assertEqual(answer["answers"], [])
        self.assertEqual([near["output"] for near in answer["nearest"]], [[7, 7], [14, 14]])
        for word in (b"no conv2d within the bounds turns 20", b"7\xc3\x977", b"hint"):
            self.assertIn(word, done.stderr)
        done = self.run_tool("solve", "transpose", "--from", "28", "--to", "14")
        self.assertEqual(done.returncode, 3)
        self.assertIn(b"conv2d does it", done.stderr)

    def test_draws_the_first_several_and_all(self):
        ask = ("solve", "transpose", "-i", "2", "--to", "4", "-k", "2..3", "-s", "2")
        self.ok(*ask, "-o", "first.json")
        trace = json.loads(self.read("first.json"))
        self.assertEqual((trace["layer"]["kernel_size"], trace["output"]["shape"]), ([2, 2], [1, 4, 4]))
        self.ok(*ask, "--compare", "2", "-o", "two.txt")
        self.assertEqual(self.read("two.txt").count(b"step 1:"), 2)
        self.ok(*ask, "--sweep", "-o", "all/k{kernel_size}.txt")
        self.assertEqual([f for f in self.files() if f.endswith(".txt")], ["all/k2.txt", "all/k3.txt", "two.txt"])

    def test_wrong_words(self):
        for words, code, text in ((("conv2d", "--to", "3"), 2, b"from which size"), (("conv2d", "-i", "3"), 2, b"to which size"),
                                  (("conv2d", "-i", "3", "--from", "3", "--to", "3"), 2, b"give one of them"),
                                  (("conv2d", "-i", "3", "--to", "x"), 2, b"--output-size takes"),
                                  (("conv2d", "-i", "3", "--to", "3", "--axes", "both"), 2, b"together or apart"),
                                  (("conv2d", "-i", "5", "--to", "3", "--compare", "2"), 2, b"no output"),
                                  (("conv2d", "-i", "5", "--to", "3", "-k", "3", "-s", "1", "-p", "0", "--compare", "2", "-o", "a.gif"), 3,
                                   b"one answer only")):
            done = self.run_tool("solve", *words)
            self.assertEqual(done.returncode, code, words)
            self.assertIn(text, done.stderr)


if __name__ == "__main__":
    support.main()
