"""Python values as the program's words: numbers, tuples, nested lists, numpy arrays, torch tensors."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import weakref
from typing import Any, Iterable

DATA = ("input_values", "kernel_values", "bias", "grad_values", "running_mean", "running_var", "weight")


class Folder:
    """A folder for a result's files, which goes with the result."""

    def __init__(self) -> None:
        self.name = tempfile.mkdtemp(prefix="convreel-")
        weakref.finalize(self, shutil.rmtree, self.name, True)


def _as_array(value: Any) -> Any:
    """A torch tensor as the array that it is; everything else as it came."""
    return value.detach().cpu().numpy() if hasattr(value, "detach") else value


def data_text(value: Any, folder: str, name: str) -> str:
    """Numbers as a SRC of the command line: strings and numbers as they are, the rest in a file in `folder`."""
    value = _as_array(value)
    if isinstance(value, (str, os.PathLike)):
        return os.fspath(value)
    if isinstance(value, (int, float)):
        return repr(value)
    if hasattr(value, "__array__"):
        import numpy
        path = os.path.join(folder, f"{name}.npy")
        numpy.save(path, numpy.asarray(value))
        return path
    path = os.path.join(folder, f"{name}.json")
    with open(path, "w", encoding="utf-8") as file:
        json.dump(value, file)
    return path


def _flat(value: Any) -> "Iterable[Any]":
    if isinstance(value, (tuple, list)):
        for part in value:
            yield from _flat(part)
    else:
        yield value


def option_text(name: str, value: Any) -> str:
    """A value as an option's text: (3, 5) is 3x5, ((1, 2), (3, 4)) is 1,2,3,4, a list of views is joined by +."""
    if not isinstance(value, (tuple, list)):
        return str(value)
    if name in ("view", "views"):
        return "+".join(map(str, value))
    if name == "steps":
        return "..".join(map(str, value))
    nested = any(isinstance(part, (tuple, list)) for part in value) or len(value) > 3
    return ("," if name == "padding" and nested else "x").join(str(part) for part in _flat(value))


def words(options: "dict[str, Any]", folder: str) -> "list[str]":
    """Keyword arguments as the command line's words; None is left out."""
    result: "list[str]" = []
    for name, value in options.items():
        flag = "--" + name.replace("_", "-")
        if value is None:
            continue
        if name in DATA:
            result += [flag, data_text(value, folder, name)]
        elif value is True or value is False:
            result.append(flag if value else "--no-" + flag[2:])
        elif isinstance(value, dict):
            result += [word for key, one in value.items() for word in (flag, f"{key}={one}")]
        else:
            result += [flag, option_text(name, value)]
    return result
