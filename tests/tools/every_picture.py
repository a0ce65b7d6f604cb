#!/usr/bin/env python3
"""Draws many layers in many views and themes and lays the pictures out in sheets, for eyes to go over.

    every_picture.py path/to/convreel OUT-FOLDER [--only PATTERN] [--themes light,dark]

Every case is one still of the first, a middle and the last picture. Needs ImageMagick's `montage`. A case that fails is
printed and the run ends with 1; refusals (exit 3) are printed, for they must read well too."""
import argparse
import concurrent.futures
import pathlib
import re
import shlex
import subprocess
import sys

CONV = {
    "conv": "conv2d",
    "conv-s2p1": "conv2d -s 2 -p 1",
    "conv-uneven": "conv2d -i 4x7 -k 2x3 -p 0,1,2,0",
    "conv-1x1": "conv2d -i 1 -k 1",
    "conv-row": "conv2d -i 1x12 -k 1x3",
    "conv-column": "conv2d -i 12x1 -k 3x1",
    "conv-dilated": "conv2d -i 9 -k 3 -d 2",
    "conv-unread": "conv2d -i 9 -k 2 -s 2 -d 2",
    "conv-reflect": "conv2d -p 1 --padding-mode reflect",
    "conv-circular": "conv2d -p 2 --padding-mode circular",
    "conv-channels": "conv2d --in-channels 3 --bias 1",
    "conv-many": "conv2d --in-channels 3 --out-channels 4 --bias 1",
    "conv-groups": "conv2d --in-channels 4 --out-channels 4 -g 2",
    "conv-depthwise": "conv2d --in-channels 3 --out-channels 3 -g 3",
    "conv-flip": "conv2d --flip-kernel",
    "conv-16": "conv2d -i 16 -p 1",
    "conv-32": "conv2d -i 32 -k 5",
    "conv-64": "conv2d -i 64",
    "conv-decimals": "conv2d -i 8 -p 1 --kernel-values gaussian",
    "conv-big": "conv2d -i 10 --input-values random:3 --kernel-values '100 200 300; 400 500 600; 700 800 900'",
    "conv1d": "conv1d -i 8 -k 3",
    "conv1d-causal": "conv1d -i 8 -k 3 -d 2 -p 4,0",
    "conv1d-channels": "conv1d -i 8 --in-channels 2 --out-channels 2 --bias 1",
    "conv1d-long": "conv1d -i 60 -k 5",
    "conv-title": "conv2d --title 'A very long title about convolutions that goes on and on and on until nobody can "
                  "read it any more, and then some more words'",
    "conv-arabic": "conv2d --title 'الالتفاف ثنائي الأبعاد 畳み込み層 свёртка'",
}
TRANSPOSED = {
    "tr": "conv-transpose2d",
    "tr-s2p1": "conv-transpose2d -s 2 -p 1",
    "tr-op": "conv-transpose2d -s 2 -p 1 --output-padding 1",
    "tr-crop": "conv-transpose2d -i 4 -s 2 -p 3",
    "tr-uneven": "conv-transpose2d -i 2x4 -k 2x3 -s 3x2 -p 0x1",
    "tr-1x1": "conv-transpose2d -i 1 -k 1",
    "tr-holes": "conv-transpose2d -k 2 -s 3",
    "tr-dilated": "conv-transpose2d -s 2 -d 2 -p 1",
    "tr-channels": "conv-transpose2d --in-channels 2 --out-channels 2 -s 2 --bias 1",
    "tr-groups": "conv-transpose2d --in-channels 4 --out-channels 4 -g 2",
    "tr-8": "conv-transpose2d -i 8 -k 4 -s 2 -p 1",
    "tr-1d": "conv-transpose1d -i 4 -s 2 -p 1 --output-padding 1",
    "tr-1d-channels": "conv-transpose1d -i 4 -s 2 --in-channels 2 --out-channels 3 --bias 1",
}
POOLING = {
    "max": "max-pool2d -i 6 -k 2",
    "max-pad": "max-pool2d -i 5 -k 3 -s 2 -p 1",
    "max-ceil": "max-pool2d -i 6 -k 3 -s 2 --ceil-mode",
    "max-channels": "max-pool2d -i 4 -k 2 --in-channels 3",
    "max-1d": "max-pool1d -i 7 -k 3 -s 2 -p 1",
    "avg": "avg-pool2d -i 5 -k 3 -s 2 -p 1",
    "avg-exclude": "avg-pool2d -i 5 -k 3 -s 2 -p 1 --no-count-include-pad --ceil-mode",
    "avg-1d": "avg-pool1d -i 6 -k 3 -s 2 -p 1 --ceil-mode",
}
def cases():
    kinds = {
        "slide": {**CONV, **POOLING},
        "zero-insertion": TRANSPOSED,
        "stamp": TRANSPOSED,
        "matrix": {**CONV, **TRANSPOSED, **POOLING},
        "im2col": {**CONV, **TRANSPOSED},
        "iso": {**CONV, **TRANSPOSED, **POOLING},
        "overlap": {**CONV, **TRANSPOSED, **POOLING},
        "roundtrip": {**CONV, **TRANSPOSED},
        "backward": {**CONV, **TRANSPOSED, **POOLING},
        "zero-insertion+stamp": TRANSPOSED,
        "slide+matrix": CONV,
        "slide+overlap": {**CONV, **POOLING},
        "stamp+matrix": TRANSPOSED,
        "iso+backward": {**CONV, **TRANSPOSED, **POOLING},
    }
    for view, layers in kinds.items():
        for name, layer in layers.items():
            yield f"{view}~{name}", f"{layer} --view {view}"
    pairs = {
        "strides": ("conv2d -s 1", "conv2d -s 2"),
        "same": ("conv2d -i 6 -s 2 -p same-upper", "conv2d -i 6 -s 2 -p 1"),
        "output-padding": ("conv-transpose2d -s 2 -p 1", "conv-transpose2d -s 2 -p 1 --output-padding 1"),
        "checkerboard": ("conv-transpose2d -i 4 -k 3 -s 2 --view overlap", "conv-transpose2d -i 4 -k 4 -s 2 --view overlap"),
        "stamps": ("conv-transpose2d -s 1 --view stamp", "conv-transpose2d -s 2 --view stamp"),
        "pools": ("max-pool2d -i 6 -k 2", "avg-pool2d -i 6 -k 2"),
        "depthwise": ("conv2d --in-channels 3 --out-channels 3", "conv2d --in-channels 3 --out-channels 3 -g 3"),
        "three": ("conv2d -d 1 -i 7", "conv2d -d 2 -i 7", "conv2d -d 3 -i 7"),
        "four": ("conv2d -s 1 -i 6", "conv2d -s 2 -i 6", "conv2d -s 3 -i 6", "conv2d -s 4 -i 6"),
        "one-d": ("conv1d -i 8", "conv1d -i 8 -d 2", "conv1d -i 8 -s 2"),
        "unlike": ("conv2d -s 2 -p 1", "conv-transpose2d -s 2 -p 1"),
    }
    for name, layers in pairs.items():
        yield f"compare~{name}", "compare " + " ".join(shlex.quote(layer) for layer in layers)


def run(tool, line, *more):
    return subprocess.run([tool, *shlex.split(line), "-q", *more], capture_output=True, text=True)


def middle_step(tool, line):
    """The refusal of a step that cannot be says how many there are."""
    said = re.search(r"shows steps (\d+) to (\d+)", run(tool, line, "--still", "999999", "-o", "never.png").stderr)
    return str((int(said[1]) + int(said[2]) + 1) // 2) if said else "first"


def draw(tool, folder, theme, name, line):
    """Stills of one case, or the words of its refusal."""
    files = []
    stills = {"first": "first", "middle": middle_step(tool, line), "last": "last"}
    for still, number in stills.items():
        out = folder / f"{theme}~{name}~{still}.png"
        done = run(tool, line, "--theme", theme, "--still", number, "-o", str(out))
        if done.returncode != 0:
            return name, theme, done.returncode, done.stderr.strip(), []
        files.append(out)
    return name, theme, 0, "", files


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("tool")
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--only", default="")
    parser.add_argument("--themes", default="light")
    parser.add_argument("--columns", type=int, default=6)
    parser.add_argument("--rows", type=int, default=6)
    parser.add_argument("--width", type=int, default=480)
    parser.add_argument("--font", default="/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")
    chosen = parser.parse_args()
    chosen.folder.mkdir(parents=True, exist_ok=True)
    jobs = [(theme, name, line) for theme in chosen.themes.split(",") for name, line in cases()
            if re.search(chosen.only, f"{theme}~{name}")]
    failed, files = 0, []
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for name, theme, code, words, drawn in pool.map(
                lambda job: draw(chosen.tool, chosen.folder, *job), jobs):
            files += drawn
            if code:
                print(f"{theme} {name}: exit {code}\n  {words}".replace("\nhint", "\n  hint"))
                failed += code != 3
    sheet = chosen.columns * chosen.rows
    for first in range(0, len(files), sheet):
        out = chosen.folder / f"sheet{first // sheet:02}.png"
        subprocess.run(["montage", "-font", chosen.font, "-label", "%t", *map(str, files[first:first + sheet]), "-tile",
                        f"{chosen.columns}x", "-geometry", f"{chosen.width}x+4+4", "-background", "#808080", str(out)],
                       check=True)
        print(out)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
