#!/usr/bin/env python3
"""300 stacks of 2 to 5 layers that no file holds: every stage is what torch computes. Needs Debian's python3-torch. The
second argument is the dice's seed; without it each run throws others."""

import json
import math
import os
import pathlib
import random
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent


def same(made, wanted):
    return made["output"]["shape"] == wanted["shape"] and all(
        math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-9) for a, b in zip(made["output"]["values"], wanted["values"]))


def main(binary, seed):
    maker = ["/usr/bin/python3", str(HERE.parent / "tools" / "stack_cases.py"), "random", str(seed)]
    stacks = json.loads(subprocess.run(maker, check=True, capture_output=True).stdout)["stacks"]
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        trace = os.path.join(folder, "a.json")
        for case in stacks:
            subprocess.run([binary, "stack", *case["layers"], "--input-values", json.dumps(case["input"]), "-q", "-o", trace],
                           check=True)
            made = json.loads(pathlib.Path(trace).read_text())["stages"]
            if len(made) != len(case["stages"]) or not all(map(same, made, case["stages"])):
                wrong += 1
                print("not as torch: %s over %s" % (case["layers"], case["input"]))
    print("seed %d: %d of %d stacks agree with torch in every stage" % (seed, len(stacks) - wrong, len(stacks)))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(os.path.abspath(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else random.randrange(10**6)))
