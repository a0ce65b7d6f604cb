"""Runs the program, and turns what it says about a mistake into an exception."""

from __future__ import annotations

import functools
import os
import re
import shutil
import subprocess
from typing import Sequence


class ConvreelError(Exception):
    """What failed, with the number; `hint` says what to try, `code` is the program's exit code."""

    def __init__(self, message: str, hint: str = "", code: int = 1) -> None:
        super().__init__(f"{message}\n{hint}" if hint else message)
        self.message, self.hint, self.code = message, hint, code


class UsageError(ConvreelError):
    """An unknown name or value (exit code 2)."""


class ImpossibleLayer(ConvreelError):
    """A layer that cannot exist, or bad data (exit code 3)."""


class Missing(ConvreelError):
    """Something is not on this machine: the program, an encoder, a font (exit code 5)."""


_KINDS: "dict[int, type[ConvreelError]]" = {2: UsageError, 3: ImpossibleLayer, 5: Missing}


def program() -> str:
    """The program's path: the variable CONVREEL, else what stands on PATH."""
    found = os.environ.get("CONVREEL") or shutil.which("convreel")
    if not found:
        raise Missing("the program convreel is not installed", "install it, or name it in the variable CONVREEL", 5)
    return found


def _failure(code: int, said: str) -> ConvreelError:
    parts = re.findall(r"^(error|hint): (.*(?:\n(?!\w+: ).*)*)", said, re.M)
    message = "\n".join(text.strip() for kind, text in parts if kind == "error") or said.strip() or f"exit code {code}"
    hint = "\n".join(text.strip() for kind, text in parts if kind == "hint")
    return _KINDS.get(code, ConvreelError)(message, hint, code)


def run(arguments: Sequence[str], *, cwd: "str | None" = None, stdin: "bytes | None" = None) -> bytes:
    """What the program prints. Raises ConvreelError."""
    done = subprocess.run([program(), *arguments, "--color", "never"], cwd=cwd, input=stdin if stdin is not None else b"",
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
    if done.returncode != 0:
        raise _failure(done.returncode, done.stderr.decode("utf-8", "replace"))
    return done.stdout


@functools.lru_cache(maxsize=None)
def options_of(command: str) -> "frozenset[str]":
    """The options of a command, without dashes, as its help lists them."""
    return frozenset(re.findall(r"--([a-z][a-z0-9-]*)", run([command, "--help"]).decode()))
