#!/usr/bin/env python3
"""Makes assets/examples/data: example_data.py writes the files that the documents name, the same on every run.

The photo is drawn here, so that it is ours: a house at dusk, with upright, level and slanting edges, a disc, a soft sky."""
import pathlib
import re
import struct
import zlib

SOURCE = pathlib.Path(__file__).resolve().parents[2]
FOLDER = SOURCE / "assets/examples/data"
WIDTH, HEIGHT, FINE = 96, 72, 4


def colour(x, y):
    """Of the point, in units of a pixel."""
    if y > 58:
        return (44 + int(y - 58) * 2, 66, 40)  # the meadow
    if 26 <= x <= 66 and y >= 34:  # the house
        if 42 <= x <= 51 and y >= 44:
            return 70, 38, 26  # the door
        for left in (30, 55):
            if left <= x <= left + 8 and 40 <= y <= 49:
                return (60, 60, 66) if abs(x - left - 4) < 0.6 or abs(y - 44.5) < 0.6 else (255, 226, 150)
        return 196, 168, 140
    if 16 <= y < 34 and abs(x - 46) < (y - 16) * 1.4 + 0.5:
        return 122, 44, 38  # the roof
    if 56 <= x <= 61 and 12 <= y < 30:
        return 110, 84, 74  # the chimney
    if (x - 80) ** 2 + (y - 16) ** 2 < 49:
        return 255, 244, 214  # the moon
    return 32 + int(y * 1.6), 54 + int(y * 1.5), 112 + int(y)  # the sky


def picture():
    rows = []
    for y in range(HEIGHT):
        row = bytearray(b"\0")
        for x in range(WIDTH):
            points = [colour(x + (i + 0.5) / FINE, y + (j + 0.5) / FINE) for i in range(FINE) for j in range(FINE)]
            row += bytes(sum(point[c] for point in points) // len(points) for c in range(3))
        rows.append(bytes(row))

    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(b"".join(rows), 9)) + chunk(b"IEND", b""))


def array(shape, values):
    header = "{'descr': '<f8', 'fortran_order': False, 'shape': %s, }" % (shape,)
    header += " " * (63 - (10 + len(header)) % 64) + "\n"
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header.encode() + struct.pack("<%dd" % len(values), *values)


def theme():
    """The light theme with yellow inputs: a theme has to say every role."""
    text = (SOURCE / "assets/themes/light.toml").read_text()
    changed = re.sub(r"^(input +=) .*$", r'\1 { fill = "#FFF3BF", ink = "#5F3E00", stroke = "#8A6A00" }', text, count=1, flags=re.M)
    return ("# The light theme with yellow inputs.\n" + changed.split("\n", 1)[1]).encode()


FILES = {
    "photo.png": picture(),
    "x.npy": array((2, 5, 5), [n % 4 for n in range(50)]),
    "x.csv": b"1,2,3\n4,5,6\n7,8,9\n",
    "k.json": b"[[[[1, 0], [0, -1]]]]\n",
    "job.toml": b'# convreel render job.toml -o job.gif\nlayer = "conv2d"\ninput-values = [[1, 2, 3], [4, 5, 6], [7, 8, 9]]\n'
                b'kernel-values = "sobel-x"\npadding = 1\n',
    "mine.toml": theme(),
    **{name: (SOURCE / "tests/fixtures/models" / name).read_bytes() for name in ("lenet.onnx", "unet.onnx")},
}

if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, content in FILES.items():
        (FOLDER / name).write_bytes(content)
