"""torch.nn modules as layers with their real weights. Nothing of torch is imported: what a module says of itself does."""

from __future__ import annotations

from typing import Any, Iterator

from ._animation import Animation
from ._program import UsageError
from ._values import Folder, data_text

# A parameter's name in torch, and the option that takes it, for layers with a kernel and for those with statistics.
_KERNEL = {"weight": "kernel-values", "bias": "bias"}
_STATISTICS = {"weight": "weight", "bias": "bias", "running_mean": "running-mean", "running_var": "running-var"}


def _leaves(module: Any) -> "Iterator[Any]":
    """The layers of a module in order; only Sequential says in which."""
    children = list(module.children())
    if not children:
        yield module
        return
    if type(module).__name__ != "Sequential":
        raise UsageError(f"{type(module).__name__} does not say in which order it uses its layers",
                         "give a layer of it or a torch.nn.Sequential", 2)
    for child in children:
        yield from _leaves(child)


def _weights(layer: Any, folder: str, number: int) -> "list[str]":
    """The layer's own numbers as options."""
    kind = type(layer).__name__
    if kind == "Linear":
        return []  # only its shape is told
    statistics = hasattr(layer, "running_mean")
    words: "list[str]" = []
    for name, option in (_STATISTICS if statistics else _KERNEL).items():
        value = getattr(layer, name, None)
        if value is None or not hasattr(value, "detach"):
            continue
        typed = "'" + " ".join(map(repr, value.tolist())) + "'" if statistics else ""
        words += [f"--{option}", typed or data_text(value, folder, f"{name}-{number}")]
    return words


def _input(x: Any) -> Any:
    """One example: a batch of one is taken out of its batch."""
    shape = tuple(getattr(x, "shape", ()))
    if len(shape) == 4 and shape[0] != 1:
        raise UsageError(f"a batch of {shape[0]} examples", "show one of them: x[0]", 2)
    return x[0] if len(shape) == 4 else x


def show(module: Any, x: Any = None, **options: Any) -> Animation:
    """A torch.nn layer or Sequential with its real weights, fed with `x` ([C, H, W], or a batch of one).

    Options are those of the command line: show(layer, x, view="stamp", theme="dark", steps=(1, 9)).
    """
    folder = Folder()
    layers = list(_leaves(module))
    if not layers:
        raise UsageError("a module without layers", "give a torch.nn layer or a Sequential of some", 2)
    if x is not None:
        options["input_values"] = _input(x)
    if len(layers) == 1 and _drawn_alone(layers[0]):
        return Animation(["render", repr(layers[0]), *_weights(layers[0], folder.name, 1)], options, folder)
    words = [" ".join([repr(layer), *_weights(layer, folder.name, n)]) for n, layer in enumerate(layers, 1)]
    return Animation(["stack", *words], options, folder)


def _drawn_alone(layer: Any) -> bool:
    """Kernels that slide have commands of their own; all others are a stack of one."""
    name = type(layer).__name__
    return name.startswith(("Conv", "MaxPool", "AvgPool"))
