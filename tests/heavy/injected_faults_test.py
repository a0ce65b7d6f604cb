"""tests/cli/injected_faults_test.py with every call of every kind failing once, opens for reading too, more formats, and
many more moments for signals. Takes some minutes."""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "cli"))
import support  # noqa: E402
from injected_faults_test import CALLS, FORMATS, Injected, Moments  # noqa: E402

Injected.whole_walk = True
Injected.formats = (*FORMATS, "webm", "webp", "apng", "png", "svg", "txt", "vtt", "jpg")
Injected.calls = (*CALLS, "read")
Moments.rounds = 25

if __name__ == "__main__":
    support.main()
