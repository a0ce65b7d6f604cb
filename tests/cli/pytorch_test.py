"""PyTorch's own answers, asked of the binary: values as .npy and as .json files, the trace compared."""
import concurrent.futures
import json
import math
import os
import re

import support

FIXTURES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "fixtures")
COMMANDS = {"conv": "conv%dd", "conv_transpose": "conv-transpose%dd", "max_pool": "max-pool%dd", "avg_pool": "avg-pool%dd"}


def sizes(value):
    return value if isinstance(value, str) else "x".join(map(str, value if isinstance(value, list) else [value]))


def differs(ours, theirs):
    """Why two lists of numbers are not the same answer, or None."""
    if len(ours) != len(theirs):
        return "%d values instead of %d" % (len(ours), len(theirs))
    for i, (a, b) in enumerate(zip(ours, theirs)):
        a = {"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf}.get(a, a) if isinstance(a, str) else a
        same = a == b if float(b).is_integer() else abs(a - b) <= 1e-9 * max(1.0, abs(b))
        if not same:
            return "value %d is %r instead of %r" % (i, a, b)
    return None


class PyTorch(support.Case):
    @classmethod
    def setUpClass(cls):
        cls.cases = []
        for name, least in ("pytorch-cases.json", 300), ("pytorch-3d-cases.json", 150):
            with open(os.path.join(FIXTURES, name)) as file:
                cases = json.load(file)
            assert len(cases) >= least, "%s has only %d cases" % (name, len(cases))
            cls.cases += cases

    def arguments(self, case, form):
        def save(kind, values, shape):
            name = self.path("%s-%s.%s" % (case["name"], kind, form))
            if form == "npy":
                whole = all(float(v).is_integer() for v in values)
                self.write(name, support.npy(values, shape, "<i4" if whole else "<f8"))
            else:
                self.write(name, json.dumps(support.nested(values, shape)))
            return name

        line = [COMMANDS[case["op"]] % case["dims"], "--input-values", save("input", case["input"], case["input_shape"])]
        if "kernel" in case:
            out = case["kernel_shape"][1 if case["op"] == "conv_transpose" else 0]
            if case["op"] == "conv_transpose":
                out *= case["groups"]
            line += ["--kernel-values", save("kernel", case["kernel"], case["kernel_shape"]), "--out-channels", out,
                     "--in-channels", case["input_shape"][0], "-g", case["groups"]]
        else:
            line += ["-k", sizes(case["kernel_size"])]
        if case.get("bias"):
            line += ["--bias", save("bias", case["bias"], [len(case["bias"])])]
        for key in ("stride", "padding", "dilation", "output_padding"):
            if key in case:
                line += ["--" + key.replace("_", "-"), sizes(case[key])]
        if case.get("padding_mode", "zeros") != "zeros":
            line += ["--padding-mode", case["padding_mode"]]
        for key in ("ceil_mode", "count_include_pad"):
            if key in case:
                line.append("--%s%s" % ("" if case[key] else "no-", key.replace("_", "-")))
        return [str(word) for word in line]

    def check(self, case, form):
        """None, or what is wrong."""
        target = self.path("%s-%s-trace.json" % (case["name"], form))
        done = self.run_tool(*self.arguments(case, form), "-q", "-o", target)
        message = done.stderr.decode()
        if "error" in case:
            if done.returncode != 3:
                return "exit %d instead of 3\n%s" % (done.returncode, message)
            if not re.search(r"error: .*\d", message) or os.path.exists(target):
                return "a refusal without numbers, or with a file\n%s" % message
            return None
        if done.returncode != 0:
            return "exit %d\n%s" % (done.returncode, message)
        with open(target) as file:
            output = json.load(file)["output"]
        if output["shape"] != case["output_shape"]:
            return "shape %s instead of %s" % (output["shape"], case["output_shape"])
        return differs(output["values"], case["output"])

    def all_cases(self, form):
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            answers = list(pool.map(lambda case: (case["name"], self.check(case, form)), self.cases))
        wrong = ["%s: %s" % (name, why) for name, why in answers if why]
        self.assertEqual(wrong, [], "%d of %d cases:\n%s" % (len(wrong), len(answers), "\n".join(wrong[:10])))

    def test_values_as_npy(self):
        self.all_cases("npy")

    def test_values_as_json(self):
        self.all_cases("json")

    def test_the_comparison_can_fail(self):
        self.assertIsNone(differs([1, 2.5], [1.0, 2.5]))
        self.assertIsNotNone(differs([1], [2.0]))
        self.assertIsNotNone(differs([1 + 1e-12], [1.0]))
        self.assertIsNotNone(differs([0.5 + 1e-6], [0.5]))
        self.assertIsNotNone(differs([1, 2], [1.0]))


if __name__ == "__main__":
    support.main()
