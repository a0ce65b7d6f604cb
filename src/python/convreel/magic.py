"""%convreel conv2d -i 5 -s 2, and %%convreel over a job's TOML or layers as PyTorch prints them."""

from __future__ import annotations

import os
import shlex
from typing import Any

from ._animation import Animation
from ._program import run
from ._values import Folder

_TALKING = ("explain", "solve", "list", "doctor", "help", "version", "show", "sweep", "completions")


def _answer(words: "list[str]") -> "Animation | None":
    """Prints what the command says, or gives the animation that it would write."""
    outputs = any(word in ("-o", "--output", "--for") or word.startswith(("-o", "--output=")) for word in words)
    if not words or outputs or words[0] in _TALKING or "--help" in words:
        print(run(words).decode(), end="")
        return None
    return Animation(words)


def line_magic(line: str) -> "Animation | None":
    """%convreel: as on the command line; without -o the animation is shown."""
    return _answer(shlex.split(line))


def cell_magic(line: str, cell: str) -> "Animation | None":
    """%%convreel: the cell is a job in TOML, or layers, a line each; the line has further options."""
    folder = Folder()
    lines = [text.strip() for text in cell.splitlines() if text.strip()]
    if all("(" in text and "=" not in text.split("(")[0] for text in lines):
        spec = ["render", lines[0]] if len(lines) == 1 else ["stack", *lines]
    else:
        path = os.path.join(folder.name, "cell.toml")
        with open(path, "w", encoding="utf-8") as file:
            file.write(cell)
        spec = ["render", path]
    return Animation([*spec, *shlex.split(line)], folder=folder)


def load_ipython_extension(ipython: Any) -> None:
    """%load_ext convreel"""
    def convreel(line: str, cell: "str | None" = None) -> "Animation | None":
        return line_magic(line) if cell is None else cell_magic(line, cell)

    ipython.register_magic_function(convreel, magic_kind="line_cell", magic_name="convreel")
