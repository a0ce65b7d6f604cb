"""Many animations at once, as a table."""

from __future__ import annotations

import html
import json
import os
import tempfile
from typing import Any, Iterator

from ._program import run
from ._values import Folder, option_text, words


class Sweep:
    """The cases of a sweep: a row each, which is a dict of parameters, shapes, files and outcome."""

    def __init__(self, folder: str, keep: "Folder | None" = None) -> None:
        self.folder, self._keep = folder, keep
        with open(os.path.join(folder, "manifest.json"), encoding="utf-8") as file:
            self.manifest: "dict[str, Any]" = json.load(file)
        self.axes: "list[str]" = self.manifest["axes"]
        self.cases: "list[dict[str, Any]]" = self.manifest["cases"]

    def __len__(self) -> int:
        return len(self.cases)

    def __iter__(self) -> "Iterator[dict[str, Any]]":
        return iter(self.cases)

    def __getitem__(self, index: int) -> "dict[str, Any]":
        return self.cases[index]

    @property
    def rows(self) -> "list[dict[str, Any]]":
        """A flat row a case, as pandas.DataFrame takes them: the axes, the output's shape, outcome, first file."""
        return [{**{axis: case["parameters"].get(axis) for axis in self.axes},
                 "output": case.get("shapes", {}).get("output"), "outcome": case["outcome"],
                 "file": os.path.join(self.folder, case["files"][0]["path"]) if case.get("files") else None}
                for case in self.cases]

    def __repr__(self) -> str:
        rows = [[str(value) for value in row.values()] for row in self.rows]
        heads = list(self.rows[0]) if self.rows else []
        widths = [max(len(line[c]) for line in [heads, *rows]) for c in range(len(heads))]
        return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(line, widths)).rstrip() for line in [heads, *rows])

    def _repr_html_(self) -> str:
        rows = self.rows
        heads = "".join(f"<th>{html.escape(name)}</th>" for name in (rows[0] if rows else []))
        body = "".join("<tr>" + "".join(f"<td>{html.escape(str(value))}</td>" for value in row.values()) + "</tr>" for row in rows)
        return f"<table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"


def _axis(name: str, values: Any) -> "list[str]":
    texts = [option_text(name, value) for value in values]
    return ["-L", f"{name}=" + ",".join(f"({text})" if "," in text else text for text in texts)]


def sweep(layer: str, axes: "dict[str, Any]", *, output: "str | None" = None, **options: Any) -> Sweep:
    """One animation for every combination: sweep("conv2d", {"stride": [1, 2], "padding": range(3)}).

    `layer` is what `convreel sweep` takes. `output` is a template such as "out/s{stride}_p{padding}.gif"; without one
    the files are GIFs in a folder that goes with the result.
    """
    keep = None if output else Folder()
    target = output or os.path.join(keep.name if keep else "", "{i:03}.gif")
    folder = keep.name if keep else os.path.dirname(target.split("{")[0]) or "."
    with tempfile.TemporaryDirectory(prefix="convreel-") as data:
        axis_words = [word for name, values in axes.items() for word in _axis(name, values)]
        run(["sweep", layer, *axis_words, *words(options, data), "-o", target, "-q"])
    return Sweep(folder, keep)
