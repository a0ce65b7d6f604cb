"""convreel show: plain text in a pipe, steps and keys on a terminal, which is as it was afterwards."""
import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import termios
import time
import unittest

import support

ENTER, LEAVE = b"\x1b[?1049h\x1b[?25l", b"\x1b[?25h\x1b[?1049l"


class Terminal:
    """The program on a terminal of its own."""

    def __init__(self, *arguments, environment=None, rows=40, columns=120):
        self.controller, self.terminal = pty.openpty()
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.before = termios.tcgetattr(self.terminal)
        env = {**os.environ, "TERM": "xterm", **(environment or {})}
        for name in ("NO_COLOR", "CLICOLOR_FORCE"):
            if name not in (environment or {}):
                env.pop(name, None)
        self.process = subprocess.Popen([support.BINARY, *arguments], stdin=self.terminal, stdout=self.terminal,
                                        stderr=subprocess.PIPE, env=env, start_new_session=True)
        self.seen = b""

    def until(self, text):
        """Everything printed since the last call, up to `text`."""
        deadline = time.monotonic() + 60
        while text not in self.seen:
            if time.monotonic() > deadline:
                raise AssertionError("never saw %r in %r" % (text, self.seen))
            if select.select([self.controller], [], [], 1)[0]:
                self.seen += os.read(self.controller, 65536)
        at = self.seen.index(text) + len(text)
        found, self.seen = self.seen[:at], self.seen[at:]
        return found

    def press(self, keys):
        os.write(self.controller, keys)

    def ended(self):
        """The exit code; checks that screen, cursor and modes are back."""
        self.until(LEAVE)
        code = self.process.wait(60)
        self.process.stderr.close()
        after = termios.tcgetattr(self.terminal)
        os.close(self.terminal)
        os.close(self.controller)
        if after != self.before:
            raise AssertionError("the terminal's modes were not restored")
        return code


class Show(support.Case):
    def text(self, *arguments, **more):
        return self.ok("show", *arguments, **more).stdout.decode()

    def test_pipe_gets_every_step_as_plain_text(self):
        text = self.text("conv2d", "-i", "5", "-k", "3", "-s", "2", "-p", "1")
        self.assertNotIn("\x1b", text)
        self.assertIn("input 5×5, kernel 3×3, stride 2, padding 1", text)
        for n in range(1, 10):
            self.assertEqual(text.count("step %d of 9" % n), 1)
        self.assertEqual(text, self.text("conv2d", "-i", "5", "-k", "3", "-s", "2", "-p", "1"))

    def test_a_step_alone(self):
        text = self.text("conv2d", "--input-values", "1 2 3; 4 5 6; 7 8 9", "--kernel-values", "1 0; 0 -1", "--steps", "2")
        self.assertEqual(text.split("\n\n", 1)[1], (
            "step 2 of 4\n\n"
            "input  3×3    kernel  2×2    output  2×2\n"
            " 1 [2][3]       1   0         −4 <−4>\n"
            " 4 [5][6]       0  −1          _   _\n"
            " 7  8  9\n\n"
            "y[0,1] = 2·1 + 3·0 + 5·0 + 6·(−1) = −4\n"))

    def test_marks_tell_roles_apart_without_colour(self):
        text = self.text("transpose", "-i", "2", "-k", "3", "-s", "2", "-p", "1")
        for mark in ("·0·", "0°", "[4 convolve]", "_"):
            self.assertIn(mark, text.split("x3x cropped\n", 1)[1])

    def test_colour_when_asked(self):
        self.assertIn("\x1b[", self.text("conv2d", "--steps", "1", "--color", "always"))
        self.assertNotIn("\x1b[", self.text("conv2d", "--steps", "1", "--color", "never"))
        self.assertIn("\x1b[", self.text("conv2d", "--steps", "1", environment={"CLICOLOR_FORCE": "1"}))

    def test_every_kind_and_source(self):
        for arguments in (["conv1d"], ["conv-transpose1d"], ["max-pool2d", "-i", "6"], ["avg-pool1d", "-i", "8"],
                          ["preset:article/transposed-s2p1"], ["Conv2d(1, 1, kernel_size=3, stride=2)"],
                          ["transpose", "--view", "stamp"], ["conv2d", "--view", "matrix"], ["conv2d", "--in-channels", "3"]):
            with self.subTest(arguments):
                self.assertIn("output", self.text(*arguments))

    def test_refusals(self):
        self.refused(2, "show", says="needs SPEC")
        self.refused(2, "show", "conv2d", "--view", "iso", says="no grids of numbers")
        self.refused(2, "show", "conv2d", "-o", "a.gif", says="unknown option -o")
        self.refused(3, "show", "conv2d", "-i", "2", says="kernel")

    def test_keys_step_and_quit(self):
        terminal = Terminal("show", "conv2d")
        first = terminal.until(b"1/10")
        self.assertIn(ENTER, first)
        self.assertIn(b"\x1b[", first.split(ENTER)[1].split(b"output")[1])
        for keys, place in ((b"\x1b[C", b"2/10"), (b" ", b"3/10"), (b"\x1b[D", b"2/10"), (b"\x1b[F", b"10/10"),
                            (b"\x1b[C", b"10/10"), (b"\x1b[H", b"1/10"), (b"\x1b[D", b"1/10"), (b"\x1b[C\x1b[C", b"3/10")):
            terminal.press(keys)
            terminal.until(place)
        terminal.press(b"q")
        self.assertEqual(terminal.ended(), 0)

    def test_no_color_is_heeded(self):
        terminal = Terminal("show", "conv2d", environment={"NO_COLOR": "1"})
        screen = terminal.until(b"1/10").split(ENTER)[1]
        self.assertNotIn(b"\x1b[3", screen)
        self.assertNotIn(b"\x1b[0m", screen)
        terminal.press(b"\x1b")
        self.assertEqual(terminal.ended(), 0)

    def test_signals_put_the_terminal_back(self):
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            with self.subTest(number):
                terminal = Terminal("show", "conv2d")
                terminal.until(b"1/10")
                terminal.process.send_signal(number)
                self.assertEqual(terminal.ended(), 130)

    def test_a_small_window_is_never_overrun(self):
        terminal = Terminal("show", "transpose", rows=8, columns=30)
        screen = terminal.until(b"1/")
        lines = screen.split(b"\x1b[2J")[1].split(b"\r\n")
        self.assertLessEqual(len(lines), 8)
        self.assertIn(b"more than", screen)
        terminal.press(b"q")
        self.assertEqual(terminal.ended(), 0)

    def test_a_new_size_draws_again(self):
        terminal = Terminal("show", "conv2d")
        terminal.until(b"1/10")
        fcntl.ioctl(terminal.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
        terminal.until(b"1/10")
        terminal.press(b"q")
        self.assertEqual(terminal.ended(), 0)

    def test_dumb_terminal_gets_text(self):
        terminal = Terminal("show", "conv2d", "--steps", "1", environment={"TERM": "dumb"})
        self.assertNotIn(ENTER, terminal.until(b"step 1 of 9"))
        terminal.until(b"y[0,0]")
        terminal.process.wait(60)
        terminal.process.stderr.close()


if __name__ == "__main__":
    support.main()
