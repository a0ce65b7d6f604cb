"""A directive for Sphinx, in reStructuredText and MyST: extensions = ["convreel.sphinx"].

.. convreel:: conv2d -i 5 -s 2
   :caption: A window that moves by two

The animation is made once for each content (below the doctrees), in light and dark, with a still for readers who want no
motion and for LaTeX. The directive's content, when there is one, is a job's TOML or layers, a line each.
"""

from __future__ import annotations

import hashlib
import html
import os
import shlex
import shutil
from typing import Any, Iterable

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective

from . import version
from ._program import ConvreelError, run

_FORMATS = ("webp", "gif", "svg", "mp4")


class picture(nodes.General, nodes.Inline, nodes.Element):  # noqa: N801, as docutils names its nodes
    """`files`: (name, scheme, still) of each file in `folder`; `alt`, `width`."""


class ConvreelDirective(SphinxDirective):
    """.. convreel:: COMMAND OPTIONS"""

    has_content = True
    optional_arguments = 1
    final_argument_whitespace = True
    option_spec = {"alt": directives.unchanged, "caption": directives.unchanged, "width": directives.length_or_percentage_or_unitless,
                   "align": lambda text: directives.choice(text, ("left", "center", "right")),
                   "format": lambda text: directives.choice(text, _FORMATS), "class": directives.class_option,
                   "name": directives.unchanged}

    def run(self) -> "list[nodes.Node]":
        try:
            return [self._figure(self._picture())]
        except ConvreelError as failure:
            raise self.error(f"convreel: {failure.message}" + (f" ({failure.hint})" if failure.hint else "")) from failure

    def _spec(self, folder: str) -> "list[str]":
        """The command's words; the content as a job file or as layers."""
        words = shlex.split(self.arguments[0].replace("\n", " ")) if self.arguments else []
        lines = [line.strip() for line in self.content if line.strip()]
        if not lines:
            return words
        if all("(" in line and "=" not in line.split("(")[0] for line in lines):
            return (["render", lines[0]] if len(lines) == 1 else ["stack", *lines]) + words
        text = "\n".join(self.content)
        path = os.path.join(folder, hashlib.sha256(text.encode()).hexdigest()[:16] + ".toml")
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        return ["render", path, *words]

    def _digest(self, spec: "list[str]", base: str, format: str) -> str:
        """Of all that decides the files: words, the program's version, files that the words name."""
        named = [os.path.basename(word) if os.path.isabs(word) else word for word in spec]
        digest = hashlib.sha256("\0".join([version(), format, *named]).encode())
        for word in spec:
            path = os.path.join(base, word)
            if os.path.isfile(path):
                self.env.note_dependency(path)
                with open(path, "rb") as file:
                    digest.update(file.read())
        return digest.hexdigest()[:20]

    def _picture(self) -> picture:
        folder = os.path.join(self.env.doctreedir, "convreel")
        os.makedirs(folder, exist_ok=True)
        spec = self._spec(folder)
        if not spec:
            raise ConvreelError("a directive without a command", "such as: .. convreel:: conv2d -i 5")
        base = os.path.dirname(os.path.abspath(self.env.doc2path(self.env.docname)))
        format = self.options.get("format", "webp")
        name = f"convreel-{self._digest(spec, base, format)}"
        schemes = [None] if any(word == "--theme" or word.startswith("--theme=") for word in spec) else ["light", "dark"]
        files = [(f"{name}{'-dark' if scheme == 'dark' else ''}.{ending}", scheme, ending == "png")
                 for scheme in schemes for ending in (format, "png")]
        for scheme in schemes:
            self._make(spec, base, folder, scheme, [file for file, of, _ in files if of == scheme])
        return picture("", folder=folder, files=files, alt=self.options.get("alt") or self._alt(folder, name, spec, base),
                       width=self.options.get("width"), classes=self.options.get("class", []))

    def _make(self, spec: "list[str]", base: str, folder: str, scheme: "str | None", names: "Iterable[str]") -> None:
        paths = [os.path.join(folder, name) for name in names]
        if all(map(os.path.exists, paths)):
            return
        theme = ["--theme", scheme] if scheme else []
        run([*spec, *theme, "--no-config", "-q", *(word for path in paths for word in ("-o", path))], cwd=base)

    def _alt(self, folder: str, name: str, spec: "list[str]", base: str) -> str:
        path = os.path.join(folder, name + ".txt")
        if not os.path.exists(path):
            run([*spec, "--no-config", "-q", "-o", path], cwd=base)
        with open(path, encoding="utf-8") as file:
            return file.read().partition("\n\n")[0].strip()

    def _figure(self, shown: picture) -> nodes.Element:
        figure = nodes.figure("", shown, align=self.options.get("align", "center"))
        if "caption" in self.options:
            text, messages = self.state.inline_text(self.options["caption"], self.lineno)
            figure += [nodes.caption(self.options["caption"], "", *text), *messages]
        self.set_source_info(figure)
        self.add_name(figure)
        return figure


def _placed(translator: Any, node: picture, name: str) -> str:
    """Copies a file to where the builder's images are, and gives the path by which its pages name it."""
    builder = translator.builder
    target = os.path.join(builder.outdir, builder.imagedir, name)
    os.makedirs(os.path.dirname(target), exist_ok=True)
    if not os.path.exists(target):
        shutil.copyfile(os.path.join(node["folder"], name), target)
    return "/".join(part for part in (builder.imgpath, name) if part)


def _html(translator: Any, node: picture) -> None:
    sources, shown = [], ""
    order = sorted(node["files"], key=lambda file: (not file[2], file[1] != "dark"))
    for name, scheme, still in order:  # the first source whose media fits is taken: stills before motion
        url = html.escape(_placed(translator, node, name))
        media = [*(["(prefers-reduced-motion: reduce)"] if still else []),
                 *(["(prefers-color-scheme: dark)"] if scheme == "dark" else [])]
        if media and not name.endswith(".mp4"):
            sources.append(f'<source media="{" and ".join(media)}" srcset="{url}">')
        elif not media:
            shown = url
    width = f"width: {html.escape(node['width'])}; " if node["width"] else ""
    style = f' style="{width}max-width: 100%; height: auto"'  # few themes of Sphinx say so of videos, not all of pictures
    classes = html.escape(" ".join(["convreel", *node["classes"]]))
    alt = html.escape(node["alt"])
    if shown.endswith(".mp4"):
        poster = html.escape(_placed(translator, node, next(name for name, scheme, still in node["files"] if still and scheme != "dark")))
        translator.body.append(f'<video class="{classes}" src="{shown}" poster="{poster}" controls loop muted playsinline '
                               f'aria-label="{alt}"{style}></video>')
    else:
        translator.body.append(f'<picture>{"".join(sources)}<img class="{classes}" src="{shown}" alt="{alt}"{style}></picture>')
    raise nodes.SkipNode


def _latex(translator: Any, node: picture) -> None:
    still = next(name for name, scheme, is_still in node["files"] if is_still and scheme != "dark")
    width = str(node["width"] or "")
    share = f"{float(width[:-1]) / 100:g}" if width.endswith("%") else "1"
    translator.body.append(f"\\sphinxincludegraphics[width={share}\\linewidth]{{{_placed(translator, node, still)}}}")
    raise nodes.SkipNode


def _words(translator: Any, node: picture) -> None:
    """Where there are no pictures the alt text stands."""
    if hasattr(translator, "add_text"):
        translator.add_text(node["alt"] + "\n\n")
    else:
        translator.body.append(node["alt"])
    raise nodes.SkipNode


def setup(app: Any) -> "dict[str, Any]":
    app.add_node(picture, html=(_html, None), latex=(_latex, None), text=(_words, None), man=(_words, None),
                 texinfo=(_words, None))
    app.add_directive("convreel", ConvreelDirective)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
