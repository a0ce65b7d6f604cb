#!/usr/bin/env python3
"""Whole processes, ours and public tools', one after the other in each round, so that a busy machine is busy for all.

compare.py CONVREEL [--rounds 5] [--svg FILE] [--json FILE] [--against NAME ARGUMENTS COMMAND]...

Each ratio is taken within a round; printed are its minimum, median and maximum. Needs ffmpeg, gifsicle, python3 with
matplotlib and Pillow, and cc with Pango for the smallest program that draws a string. --against times a program that
is not ours to ship, such as an article's script: how many times faster `convreel ARGUMENTS` is than COMMAND.
"""
import argparse
import json
import os
import pathlib
import shlex
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
LAYER = "conv2d -i 5 -p 1"
THREE = ("gif", "mp4", "webp")
LONG = "transpose -i 32 -s 2 --size 640x480 --motion smooth --fps 4"  # 12,000 pictures
SHORT = LONG + " --steps 1..33"                                       # 100
FOUR = ("Conv2d(1, 1, 3, padding=1)", "ReLU()", "Conv2d(1, 1, 3, padding=1)", "MaxPool2d(2)")
SINGLES = ("conv2d -i 8 -p 1", "relu -i 8", "conv2d -i 8 -p 1", "max-pool2d -i 8 -k 2")
DEEP = "stack 'Conv2d(1, 1, 3, padding=1)' 'ReLU()' 'Conv2d(1, 1, 3, padding=1)' 'ReLU()' -i 32 --size 640x480 --motion smooth --fps 4 --pace even"
SWEEP = "sweep conv2d -P input-size=4..7 -P padding=0..3 -L kernel-size=2,3 -P stride=1..2"
SMALLEST = r"""
#include <pango/pangocairo.h>
int main(int count, char** names) {
  cairo_surface_t* picture = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, 200, 100);
  cairo_t* context = cairo_create(picture);
  PangoLayout* layout = pango_cairo_create_layout(context);
  pango_layout_set_text(layout, "convolution", -1);
  pango_cairo_show_layout(context, layout);
  return count < 2 || cairo_surface_write_to_png(picture, names[1]) != CAIRO_STATUS_SUCCESS;
}
"""


def used(command, folder):
    """(CPU seconds, peak bytes) of a command and what it started."""
    child = subprocess.Popen(command, cwd=folder, shell=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    if status != 0:
        sys.exit("%s\nfailed" % command)
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024


def run(command, folder):
    begin = time.perf_counter()
    done = subprocess.run(command, cwd=folder, shell=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    seconds = time.perf_counter() - begin
    if done.returncode != 0:
        sys.exit("%s\nfailed: %s" % (command, done.stderr.decode(errors="replace")[-500:]))
    return seconds


def output_of(command, folder):
    return subprocess.run(command, cwd=folder, shell=True, check=True, capture_output=True, text=True).stdout


def prepare(convreel, folder):
    """Frames for the others, from our own program, and the smallest Pango program."""
    run("%s %s -o frames/{n:03}.png" % (convreel, LAYER), folder)
    run("%s %s -o ours.mp4" % (convreel, LAYER), folder)
    run("ffmpeg -v error -y -i ours.mp4 -f rawvideo -pix_fmt bgra raw.bgra", folder)
    (pathlib.Path(folder) / "smallest.c").write_text(SMALLEST)
    run("cc -O2 smallest.c -o smallest $(pkg-config --cflags --libs pangocairo)", folder)
    size = output_of("ffprobe -v error -select_streams v -show_entries stream=width,height,r_frame_rate -of csv=p=0 ours.mp4",
                     folder).strip().split(",")
    return "%sx%s" % (size[0], size[1]), size[2]


def contests(convreel, size, rate):
    """(name, what the target is, ours, theirs): the ratio is ours / theirs, or theirs / ours when we say "faster"."""
    palette = ("ffmpeg -v error -y -framerate 1 -i frames/%03d.png -filter_complex "
               "'split[a][b];[a]palettegen=stats_mode=full[p];[b][p]paletteuse=dither=none' theirs.gif")
    x264 = ("ffmpeg -v error -y -f rawvideo -pix_fmt bgra -s {} -r {} -i raw.bgra -vf "
            "scale=out_color_matrix=bt709:out_range=tv,format=yuv420p -c:v libx264 -preset veryfast -qp 32 -bf 0 -g 250 "
            "-threads 2 -x264-params rc-lookahead=0:scenecut=0:ref=1:weightp=0:no-deblock=1:8x8dct=0:chroma-qp-offset=-6 theirs.mp4").format(size, rate)
    draw = "%s %s" % (shlex.quote(sys.executable), shlex.quote(str(HERE / "article_like.py")))
    ours = lambda rest: "%s %s" % (convreel, rest)
    return [
        ("GIF / ffmpeg palettegen+paletteuse on ready PNGs", "at most 0.25", ours(LAYER + " -o ours.gif"), palette),
        ("matplotlib + Pillow / article GIF", "faster", ours("render preset:article/transposed-s2p1 -o article.gif"),
         draw + " drawn.gif"),
        ("MP4 / ffmpeg x264 on ready raw frames", "at most 1.15", ours(LAYER + " -o ours.mp4"), x264),
        ("one PNG / smallest Pango program", "under 2", ours("conv2d -i 3 -o one.png"), "./smallest theirs.png"),
        ("MP4 of 500 frames, -j2 / -j1", "at most 0.62", ours(LAYER + " -j 2 -o two.mp4"),
         ours(LAYER + " -j 1 -o one.mp4")),
        ("sweep of 64 GIFs, -j2 / -j1", "at most 0.56", ours(SWEEP + " -j 2 -o 'two/{i}.gif'"),
         ours(SWEEP + " -j 1 -o 'one/{i}.gif'")),
    ]


def sizes(folder):
    run("gifsicle -O3 theirs.gif -o theirs3.gif", folder)
    run("gifsicle -O3 ours.gif -o ours3.gif", folder)
    names = ("ours.gif", "ours3.gif", "theirs.gif", "theirs3.gif", "ours.mp4", "article.gif", "drawn.gif")
    return {name: os.path.getsize(os.path.join(folder, name)) for name in names}


def once_for_three(convreel, folder):
    """CPU of three files in one run against the most that is meant: 1.1 of the slowest and the others' encoding."""
    alone = {end: used("%s %s -o alone.%s" % (convreel, LAYER, end), folder)[0] for end in THREE}
    start = used("%s %s -o start.png" % (convreel, LAYER), folder)[0]
    together = used("%s %s %s" % (convreel, LAYER, " ".join("-o three.%s" % end for end in THREE)), folder)[0]
    slowest, *others = sorted(alone.values(), reverse=True)
    return together, 1.1 * slowest + sum(seconds - start for seconds in others)


def stack_of_four(convreel, folder):
    """CPU of a stack's animation and of its layers' animations, each by itself."""
    layers = " ".join(shlex.quote(layer) for layer in FOUR)
    together = used("%s stack %s -i 8 -j 1 -o stack.gif" % (convreel, layers), folder)[0]
    return together, sum(used("%s %s -j 1 -o single.gif" % (convreel, layer), folder)[0] for layer in SINGLES)


def memory(convreel, folder, long=LONG, short=SHORT):
    """Peak bytes of a long and of a short animation of the same size."""
    return tuple(used("%s %s -o %s.gif -j 2" % (convreel, layer, name), folder)[1]
                 for layer, name in ((long, "long"), (short, "short")))


def measure(convreel, rounds, against):
    with tempfile.TemporaryDirectory() as folder:
        size, rate = prepare(convreel, folder)
        table = contests(convreel, size, rate)
        table += [("%s / ours" % name, "faster", "%s %s -o against.gif" % (convreel, ours), theirs)
                  for name, ours, theirs in against]
        results = []
        for name, target, ours, theirs in table:
            pairs = [(run(ours, folder), run(theirs, folder)) for _ in range(rounds)]
            ratios = sorted(theirs_s / ours_s if target == "faster" else ours_s / theirs_s for ours_s, theirs_s in pairs)
            results.append({"name": name, "target": target, "ratio": [ratios[0], statistics.median(ratios), ratios[-1]],
                            "ours_s": statistics.median(p[0] for p in pairs),
                            "theirs_s": statistics.median(p[1] for p in pairs)})
        stacks = (stack_of_four(convreel, folder), memory(convreel, folder, DEEP, DEEP + " --steps 1..33"))
        return results, sizes(folder), once_for_three(convreel, folder), memory(convreel, folder), stacks


def plot(results, path):
    """Bars of the median ratio on a plain SVG, the range as a line."""
    rows, top = [], max(result["ratio"][2] for result in results if result["target"] != "faster")
    shown = [result for result in results if result["target"] != "faster"]
    for n, result in enumerate(shown):
        low, middle, high = (300 * value / top for value in result["ratio"])
        y = 30 + 46 * n
        rows.append('<text x="10" y="%d">%s (%s): %.2f</text>' % (y, result["name"], result["target"], result["ratio"][1]))
        rows.append('<rect x="10" y="%d" width="%.1f" height="12" fill="#0072B2"/>' % (y + 8, middle))
        rows.append('<path d="M%.1f %dH%.1f" stroke="#000" stroke-width="2"/>' % (10 + low, y + 14, 10 + high))
    pathlib.Path(path).write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 520 %d" font-family="sans-serif" font-size="13">%s</svg>\n'
        % (40 + 46 * len(shown), "".join(rows)))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("convreel")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--svg")
    parser.add_argument("--json")
    parser.add_argument("--against", nargs=3, action="append", default=[], metavar=("NAME", "ARGUMENTS", "COMMAND"))
    options = parser.parse_args()
    results, bytes_of, three, peaks, stacks = measure(shlex.quote(os.path.abspath(options.convreel)), options.rounds,
                                              options.against)
    for result in results:
        print("%-52s %-13s min %.2f  median %.2f  max %.2f   (%.0f ms, %.0f ms)" % (
            result["name"], result["target"], *result["ratio"], 1e3 * result["ours_s"], 1e3 * result["theirs_s"]))
    for name, size in bytes_of.items():
        print("%-14s %9d bytes" % (name, size))
    print("GIF, MP4 and WebP in one run: %.2f s of CPU, meant: at most %.2f" % three)
    print("memory of 12,000 pictures and of 100: %.1f and %.1f MB" % tuple(peak / 1e6 for peak in peaks))
    print("a stack of four layers over 8x8: %.2f s of CPU, its layers by themselves %.2f" % stacks[0])
    print("memory of a stack of 4,096 pictures and of 132: %.1f and %.1f MB" % tuple(peak / 1e6 for peak in stacks[1]))
    if options.svg:
        plot(results, options.svg)
    if options.json:
        pathlib.Path(options.json).write_text(json.dumps({"ratios": results, "bytes": bytes_of, "three": three, "memory": peaks, "stacks": stacks}, indent=1) + "\n")


if __name__ == "__main__":
    main()
