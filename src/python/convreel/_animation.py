"""What a layer becomes: something that a notebook shows and that can be saved, explained and computed with."""

from __future__ import annotations

import base64
import functools
import html
import json
import os
import re
from typing import Any, Iterable, Sequence

from ._program import ConvreelError, options_of, run
from ._values import Folder, words


class Text(str):
    """Lines that a notebook shows as lines."""

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        printer.text(str(self))


class Animation:
    """A layer, or several in a row, as an animation. It is made when it is shown, saved or asked for its numbers.

    `spec` are the command's words (["conv2d"], ["render", "preset:article/conv-s1p0"]), `options` the command line's
    options by their names in Python.
    """

    def __init__(self, spec: Sequence[str], options: "dict[str, Any] | None" = None,
                 folder: "Folder | None" = None) -> None:
        self._folder = folder or Folder()
        self._spec = list(spec)
        self._words = words(options or {}, self._folder.name)
        self._layer_words = self._without_looks()

    def _without_looks(self) -> "list[str]":
        """The options that `convreel explain` takes."""
        known, kept, take = options_of("explain"), [], True
        for word in self._words:
            if word.startswith("--"):
                take = word[2:].replace("no-", "", 1) in known or word[2:] in known
            if take:
                kept.append(word)
        return kept

    def save(self, *paths: "str | os.PathLike[str]") -> "Animation":
        """Writes files, the format by each ending, with options as behind -o: save("a.gif", "a.mp4:scale=1")."""
        run([*self._spec, *self._words, *(word for path in paths for word in ("-o", os.fspath(path))), "-q"])
        return self

    def bytes(self, format: str, **options: Any) -> bytes:
        """The file of a format: bytes("gif"), bytes("png", still=3)."""
        more = words(options, self._folder.name)
        return run([*self._spec, *self._words, *more, "-o", "-", "--format", format, "-q"])

    @functools.cached_property
    def trace(self) -> "dict[str, Any]":
        """Every product of every step; docs/reference has the schema."""
        return json.loads(self.bytes("json"))

    def explain(self) -> Text:
        """The arithmetic: formulas with numbers, what is derived, dropped and legal."""
        spec = self._spec[1:] if self._spec[0] == "render" else self._spec
        return Text(run(["explain", *spec, *self._layer_words]).decode())

    @functools.cached_property
    def _text(self) -> "tuple[str, str]":
        alt, _, transcript = self.bytes("txt").decode().partition("\n\n")
        return alt.strip(), transcript.strip()

    @property
    def alt_text(self) -> str:
        """What the animation shows, in a sentence or two."""
        return self._text[0]

    @property
    def transcript(self) -> str:
        """Step by step, a line each."""
        return self._text[1]

    @functools.cached_property
    def html(self) -> str:
        """The page with the player."""
        return self.bytes("html").decode()

    def _repr_html_(self) -> str:
        size = re.search(r'viewBox="\S+ \S+ (\S+) (\S+)"', self.html)
        width, height = (float(size[1]), float(size[2])) if size else (960.0, 540.0)
        return (f'<iframe srcdoc="{html.escape(self.html)}" title="{html.escape(self.alt_text)}" loading="lazy" '
                f'style="width:100%;max-width:{width + 24:g}px;aspect-ratio:{width:g}/{height + 130:g};border:0">'
                "</iframe>")

    def _repr_mimebundle_(self, include: "Iterable[str] | None" = None,
                          exclude: "Iterable[str] | None" = None) -> "dict[str, Any]":
        try:
            bundle = {"text/plain": repr(self), "text/html": self._repr_html_(),
                      "image/png": base64.b64encode(self.bytes("png")).decode()}
        except ConvreelError as failure:  # IPython would print what is raised here once for each of its formatters
            bundle = {"text/plain": repr(self), "text/html": f'<pre style="color:#b3261e">{html.escape(str(failure))}</pre>'}
        wanted = set(include or bundle) - set(exclude or ())
        return {kind: value for kind, value in bundle.items() if kind in wanted}

    def __repr__(self) -> str:
        try:
            return f"<convreel: {self.alt_text}>"
        except ConvreelError as failure:
            return f"<convreel: {failure}>"
