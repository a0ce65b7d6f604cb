"""The 25 frames of a padded 3x3 convolution over 5x5, as a lecturer's matplotlib script draws them; GIF by Pillow.

article_like.py OUT.gif [INCHES_WIDE INCHES_HIGH]   (100 dots an inch)
"""
import sys

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
from PIL import Image


def grid(axes, x0, y0, rows, columns, colour_of, text_of):
    for y in range(rows):
        for x in range(columns):
            axes.add_patch(plt.Rectangle((x0 + x, y0 - y), 1, 1, facecolor=colour_of(y, x), edgecolor="white"))
            axes.text(x0 + x + 0.5, y0 - y + 0.5, text_of(y, x), ha="center", va="center", fontsize=11)


def frame(step, width, height):
    row, column = divmod(step, 5)
    kernel = (1, 2, 1, 2, 4, 2, 1, 2, 1)

    def value(y, x):
        return (y - 1) * 5 + x if 1 <= y <= 5 and 1 <= x <= 5 else 0

    def result(y, x):
        return sum(kernel[3 * v + u] * value(y + v, x + u) for v in range(3) for u in range(3))

    def covered(y, x):
        return row <= y < row + 3 and column <= x < column + 3

    figure, axes = plt.subplots(figsize=(width, height), dpi=100)
    axes.set_xlim(-0.5, 15.5)
    axes.set_ylim(-6.5, 3)
    axes.axis("off")
    axes.set_title("Convolution - Stride: 1 Padding: 1")
    grid(axes, 0, 1, 7, 7, lambda y, x: "#DD8047" if covered(y, x) else "#94B6D2" if value(y, x) else "#A6A6A6",
         lambda y, x: str(value(y, x)))
    done = lambda y, x: y * 5 + x <= step
    grid(axes, 10, 0, 5, 5, lambda y, x: "#A5AB81" if done(y, x) else "#DDDDCD",
         lambda y, x: str(result(y, x)) if done(y, x) else "")
    figure.canvas.draw()
    image = Image.frombytes("RGBA", figure.canvas.get_width_height(), bytes(figure.canvas.buffer_rgba())).convert("RGB")
    plt.close(figure)
    return image


def main():
    width, height = (float(size) for size in (sys.argv[2:4] or (10, 5)))
    images = [frame(step, width, height) for step in range(25)]
    images[0].save(sys.argv[1], save_all=True, append_images=images[1:], duration=1000, loop=0)


if __name__ == "__main__":
    main()
