"""A static site with one page a preset: python3 -m convreel.gallery site/ [--url https://example.org/] [--only 'article/*'].

Every page has the animation in light and dark, a still for readers who want no motion, every format to take away, the player,
the alt text, the command, the same layer in other frameworks, the explanation, and its neighbours. A page's address is its
preset's name and never changes: a site that has pages which would vanish is not overwritten. Nothing is asked of other hosts.
"""

from __future__ import annotations

import argparse
import concurrent.futures
import fnmatch
import html
import json
import os
import pathlib
from typing import Any

from . import version
from ._program import ConvreelError, run

FRAMEWORKS = {"pytorch": "PyTorch", "keras": "Keras", "jax": "JAX", "onnx": "ONNX", "numpy": "NumPy"}
GROUPS = {"3-d": "Three axes", "article": "The article", "guide": "The guide", "teach": "Teaching", "stack": "Stacks"}
#: Groups that are known by their look, which a dark page shows as it is.
OWN_LOOK = {"article"}
#: What is made beside the pictures in both schemes: the ending, and what it is for.
FILES = {"gif": "plays everywhere", "mp4": "slides", "webp": "pages", "svg": "a vector still", "png": "a still", "html": "the player",
         "txt": "alt text and transcript", "json": "every product"}

STYLE = """
:root { color-scheme: light dark; --ground: #f6f8fa; --card: #fff; --ink: #1b2430; --muted: #56616d; --rule: #d5dbe1; --accent: #b83b0a; }
@media (prefers-color-scheme: dark) { :root { --ground: #11161c; --card: #1b222b; --ink: #e8edf2; --muted: #a3b0bd; --rule: #36414d; --accent: #ff9d70; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1080px; padding: 16px; background: var(--ground); color: var(--ink); font: 16px/1.5 Inter, "DejaVu Sans", system-ui, sans-serif; }
a { color: var(--accent); }
h1 { font-size: 24px; margin: 8px 0; } h2 { font-size: 18px; margin: 28px 0 8px; }
nav { display: flex; flex-wrap: wrap; gap: 6px 18px; justify-content: space-between; }
figure { margin: 12px 0; padding: 12px; background: var(--card); border: 1px solid var(--rule); border-radius: 10px; }
img { display: block; max-width: 100%; height: auto; margin: 0 auto; }
figcaption, .muted { color: var(--muted); }
figcaption { margin-top: 10px; }
pre { overflow-x: auto; padding: 10px 12px; background: var(--card); border: 1px solid var(--rule); border-radius: 8px; font: 13px/1.45 ui-monospace, "DejaVu Sans Mono", monospace; }
summary { cursor: pointer; padding: 6px 0; }
ul.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 240px), 1fr)); gap: 14px; padding: 0; list-style: none; }
ul.cards a { display: block; height: 100%; padding: 10px; background: var(--card); border: 1px solid var(--rule); border-radius: 10px; text-decoration: none; color: inherit; }
ul.cards img { aspect-ratio: 8 / 5; width: 100%; object-fit: contain; }
ul.files { display: flex; flex-wrap: wrap; gap: 6px 16px; padding: 0; list-style: none; }
@media (max-width: 600px) { ul.cards { grid-template-columns: 1fr 1fr; gap: 8px; font-size: 14px; overflow-wrap: anywhere; } ul.cards a { padding: 8px; } }
input { font: inherit; width: min(100%, 24em); padding: 8px 10px; color: inherit; background: var(--card); border: 1px solid var(--rule); border-radius: 8px; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
[hidden] { display: none !important; }
"""

SEARCH = """
const box = document.getElementById("search"), cards = [...document.querySelectorAll("ul.cards li")];
box.closest("p").hidden = false;
box.addEventListener("input", () => {
  const words = box.value.toLowerCase().split(/\\s+/).filter(Boolean);
  for (const card of cards) card.hidden = !words.every((word) => card.textContent.toLowerCase().includes(word));
  for (const section of document.querySelectorAll("section")) section.hidden = ![...section.querySelectorAll("li")].some((card) => !card.hidden);
});
"""


def _escaped(text: str) -> str:
    return html.escape(text, quote=True)


def _page(title: str, description: str, body: str, *, root: str, url: str = "", image: str = "") -> str:
    share = ""
    if url:
        share = (f'<link rel="canonical" href="{_escaped(url)}"><meta property="og:url" content="{_escaped(url)}">'
                 f'<meta property="og:image" content="{_escaped(url + image)}">')
    elif image:
        share = f'<meta property="og:image" content="{_escaped(image)}">'
    return (f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f'<meta name="description" content="{_escaped(description)}">\n<meta property="og:title" content="{_escaped(title)}">'
            f'<meta property="og:description" content="{_escaped(description)}"><meta property="og:type" content="article">{share}\n'
            f'<link rel="license" href="{root}licence.html"><link rel="icon" href="data:,">\n<title>{_escaped(title)}</title>\n'
            f"<style>{STYLE}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n")


class Site:
    """The folder, and what is known of every preset."""

    def __init__(self, folder: str, url: str = "", only: str = "*") -> None:
        self.folder, self.url = pathlib.Path(folder), url.rstrip("/") + "/" if url else ""
        listed = json.loads(run(["list", "presets", "--json"]))
        self.presets = {one["name"]: one["summary"] for one in listed if fnmatch.fnmatch(one["name"], only)}
        if not self.presets:
            raise ConvreelError(f"no preset is called {only}", "convreel list presets", 2)

    def refuse_vanishing(self) -> None:
        """A page that somebody may have linked to stays."""
        record = self.folder / "permalinks.json"
        before = json.loads(record.read_text()) if record.exists() else []
        gone = sorted(set(before) - set(self.presets))
        if gone:
            raise ConvreelError(f"{len(gone)} pages of {self.folder} would vanish: {', '.join(gone[:5])}",
                                "keep the presets, or write into another folder", 1)

    def make(self, jobs: int = 1) -> None:
        self.refuse_vanishing()
        self.folder.mkdir(parents=True, exist_ok=True)
        with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
            described = dict(zip(self.presets, pool.map(self._make_files, self.presets)))
        for name in self.presets:
            self._write(f"{name}/index.html", self._preset_page(name, described[name]))
        self._write("index.html", self._index(described))
        self._write("licence.html", _page("Licence", "The pictures are yours.", "<nav><a href=\"index.html\">Gallery</a></nav><h1>Licence</h1>"
                                          "<p>Every picture, video and page of this gallery is under CC0 1.0: take it, change it, show it, sell "
                                          "it, with or without saying where it is from.</p>", root=""))
        self._write("permalinks.json", json.dumps(sorted(self.presets), indent=1) + "\n")

    def _write(self, path: str, text: str) -> None:
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")

    @staticmethod
    def _has_dark(name: str) -> bool:
        return name.split("/")[0] not in OWN_LOOK

    def _make_files(self, name: str) -> "dict[str, Any]":
        folder = self.folder / name
        folder.mkdir(parents=True, exist_ok=True)
        spec = ["render", f"preset:{name}", "--no-config", "-q"]
        outputs = [word for ending in FILES for word in ("-o", f"{folder}/animation.{ending}")]
        run([*spec, *outputs])
        if self._has_dark(name):
            run([*spec, "--theme", "dark", "-o", f"{folder}/dark.webp", "-o", f"{folder}/dark.png"])
        alt = (folder / "animation.txt").read_text(encoding="utf-8").partition("\n\n")[0].strip()
        programs = {}
        for framework in FRAMEWORKS:
            try:
                programs[framework] = run(["explain", f"preset:{name}", "--as", framework]).decode()
            except ConvreelError:
                continue  # a comparison, or what that framework has not
        return {"alt": alt, "explanation": run(["explain", f"preset:{name}"]).decode(), "programs": programs}

    def _neighbours(self, name: str) -> "tuple[str | None, str | None]":
        names = list(self.presets)
        at = names.index(name)
        return (names[at - 1] if at else None), (names[at + 1] if at + 1 < len(names) else None)

    def _preset_page(self, name: str, about: "dict[str, Any]") -> str:
        root, (before, after) = "../../", self._neighbours(name)
        link = lambda other, label: f'<a href="{root}{other}/index.html">{label}</a>' if other else "<span></span>"  # noqa: E731
        files = "".join(f'<li><a href="animation.{ending}">{ending.upper()}</a> <span class="muted">{use}</span></li>' for ending, use in FILES.items())
        programs = "".join(f"<details{' open' if framework == 'pytorch' else ''}><summary>{FRAMEWORKS[framework]}</summary><pre>{_escaped(text)}</pre></details>"
                           for framework, text in about["programs"].items())
        source = lambda media, file: f'<source media="{media}" srcset="{file}">'  # noqa: E731
        still, dark = "(prefers-reduced-motion: reduce)", "(prefers-color-scheme: dark)"
        sources = source(still, "animation.png")
        if self._has_dark(name):
            sources = source(f"{still} and {dark}", "dark.png") + sources + source(dark, "dark.webp")
        command = f"convreel render preset:{name} -o {name.split('/')[1]}.gif"
        body = (f'<nav>{link(before, "← " + _escaped(before or ""))}<a href="{root}index.html">Gallery</a>{link(after, _escaped(after or "") + " →")}</nav>\n'
                f"<h1>{_escaped(self.presets[name])}</h1>\n<figure><picture>{sources}"
                f'<img src="animation.webp" alt="{_escaped(about["alt"])}"></picture><figcaption>{_escaped(about["alt"])}</figcaption></figure>\n'
                f'<p><a href="animation.html">Step through it</a> at your own pace.</p>\n<h2>Take it away</h2>\n<ul class="files">{files}</ul>\n'
                f'<p class="muted">It is yours: <a href="{root}licence.html">CC0</a>.</p>\n<h2>Make it yourself</h2>\n<pre>{_escaped(command)}</pre>\n'
                f"{'<h2>The same layer elsewhere</h2>' + programs if programs else ''}\n<h2>Why these sizes</h2>\n<pre>{_escaped(about['explanation'])}</pre>")
        return _page(self.presets[name], about["alt"], body, root=root, url=f"{self.url}{name}/" if self.url else "", image="animation.png")

    def _index(self, described: "dict[str, dict[str, Any]]") -> str:
        sections = ""
        for group in dict.fromkeys(name.split("/")[0] for name in self.presets):
            dark = '<source media="(prefers-color-scheme: dark)" srcset="{}/dark.png">'
            cards = "".join(f'<li><a href="{name}/index.html"><picture>{dark.format(name) if self._has_dark(name) else ""}'
                            f'<img loading="lazy" src="{name}/animation.png" alt=""></picture>{_escaped(summary)}'
                            f'<br><span class="muted">{name}</span></a></li>'
                            for name, summary in self.presets.items() if name.startswith(group + "/"))
            sections += f'<section><h2>{GROUPS.get(group, group.capitalize())}</h2><ul class="cards">{cards}</ul></section>\n'
        body = (f'<h1>Convolution, step by step</h1>\n<p>{len(self.presets)} animations with their numbers. Each is <a href="licence.html">yours</a>.</p>\n'
                f'<p hidden><label>Search <input id="search" type="search" autocomplete="off"></label></p>\n{sections}<p class="muted">Made by convreel {version()}.</p>'
                f"<script>{SEARCH}</script>")
        return _page("Convolution, step by step", "Animations of convolution, transposed convolution and pooling with their numbers.", body, root="",
                     url=self.url, image=next(iter(self.presets)) + "/animation.png")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python3 -m convreel.gallery", description="Writes a static site with one page a preset.")
    parser.add_argument("folder")
    parser.add_argument("--url", default="", help="where the site will be, for canonical links and pictures of shared links")
    parser.add_argument("--only", default="*", help="presets by a glob: 'article/*'")
    parser.add_argument("-j", "--jobs", type=int, default=os.cpu_count() or 1)
    given = parser.parse_args()
    try:
        Site(given.folder, given.url, given.only).make(given.jobs)
    except ConvreelError as failure:
        raise SystemExit(f"error: {failure.message}" + (f"\nhint: {failure.hint}" if failure.hint else "")) from None


if __name__ == "__main__":
    main()
