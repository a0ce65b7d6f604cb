"""Teaching animations of convolution layers.

>>> import convreel
>>> convreel.conv2d(input_size=5, stride=2, padding=1)            # shows itself in a notebook
>>> convreel.conv_transpose2d(3, stride=2).save("up.gif", "up.mp4")
>>> convreel.render("preset:article/transposed-s2p1").explain()
>>> convreel.show(model[0], x)                                    # a torch.nn layer with its weights

The work is done by the program convreel (the variable CONVREEL names another one than that on PATH). numpy is used
where it is there.
"""

from __future__ import annotations

from typing import Any

from ._animation import Animation
from ._layers import FUNCTIONS as _FUNCTIONS
from ._program import ConvreelError, ImpossibleLayer, Missing, UsageError, run as _run
from ._sweep import Sweep, sweep
from ._torch import show
from .magic import load_ipython_extension

conv1d, conv2d, conv3d = (_FUNCTIONS[f"conv{n}d"] for n in (1, 2, 3))
conv_transpose1d, conv_transpose2d, conv_transpose3d = (_FUNCTIONS[f"conv_transpose{n}d"] for n in (1, 2, 3))
max_pool1d, max_pool2d, max_pool3d = (_FUNCTIONS[f"max_pool{n}d"] for n in (1, 2, 3))
avg_pool1d, avg_pool2d, avg_pool3d = (_FUNCTIONS[f"avg_pool{n}d"] for n in (1, 2, 3))


def render(spec: str, **options: Any) -> Animation:
    """What `convreel render` takes: a layer as PyTorch prints it, a preset, a job file."""
    return Animation(["render", spec], options)


def stack(*layers: str, **options: Any) -> Animation:
    """Several layers, each fed with the one before: stack("Conv2d(1, 1, 3)", "ReLU()", input_size=8)."""
    return Animation(["stack", *layers], options)


def compare(*layers: str, **options: Any) -> Animation:
    """Two to four layers side by side: compare("conv2d -s 1", "conv2d -s 2")."""
    return Animation(["compare", *layers], options)


def version() -> str:
    """The program's version."""
    return _run(["--version"]).decode().split()[-1]


__all__ = ["Animation", "ConvreelError", "ImpossibleLayer", "Missing", "Sweep", "UsageError", "compare",
           "load_ipython_extension", "render", "show", "stack", "sweep", "version", *_FUNCTIONS]
