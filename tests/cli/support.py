"""What the end-to-end tests share: the binary's path, a folder of their own, small decoders. Standard library only."""
import json
import os
import struct
import subprocess
import sys
import tempfile
import unittest
import zlib

BINARY = ""


def main():
    """Runs the calling script's tests; the binary's path is its first argument."""
    global BINARY
    if len(sys.argv) < 2:
        sys.exit("usage: %s PATH-OF-CONVREEL [unittest options]" % sys.argv[0])
    BINARY = os.path.abspath(sys.argv.pop(1))
    sys.modules["support"].BINARY = BINARY
    unittest.main(module="__main__")


class Case(unittest.TestCase):
    """Every test works in an empty folder that is removed afterwards."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="convreel-cli-")
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def path(self, *parts):
        return os.path.join(self.folder, *parts)

    def write(self, name, content):
        with open(self.path(name), "wb" if isinstance(content, bytes) else "w") as file:
            file.write(content)
        return self.path(name)

    def read(self, name):
        with open(self.path(name), "rb") as file:
            return file.read()

    def files(self):
        """Every file below the folder, hidden ones too."""
        return sorted(os.path.relpath(os.path.join(root, name), self.folder)
                      for root, _, names in os.walk(self.folder) for name in names)

    def run_tool(self, *arguments, environment=None, folder=None, stdout=subprocess.PIPE, **more):
        env = dict(os.environ)
        for name in ("NO_COLOR", "CLICOLOR_FORCE"):
            env.pop(name, None)
        env["XDG_CONFIG_HOME"] = self.path("no-config")
        env.update(environment or {})
        return subprocess.run([BINARY, *map(str, arguments)], cwd=folder or self.folder, env=env, stdout=stdout,
                              stderr=subprocess.PIPE, timeout=300, **more)

    def ok(self, *arguments, **more):
        done = self.run_tool(*arguments, **more)
        self.assertEqual(done.returncode, 0, "%s\n%s" % (arguments, done.stderr.decode()))
        return done

    def refused(self, code, *arguments, says=(), **more):
        """The exit code, an "error:" with every fragment of `says` on stderr, nothing on stdout, no file left."""
        before = self.files()
        done = self.run_tool(*arguments, **more)
        message = done.stderr.decode()
        self.assertEqual(done.returncode, code, "%s\n%s" % (arguments, message))
        self.assertIn("error: ", message)
        for fragment in [says] if isinstance(says, str) else says:
            self.assertIn(fragment, message)
        self.assertEqual(done.stdout or b"", b"")
        self.assertEqual(self.files(), before, "files were left behind")
        return message


def npy(values, shape, dtype="<f8"):
    """A version 1 .npy file of flat row-major values."""
    header = "{'descr': '%s', 'fortran_order': False, 'shape': (%s,), }" % (dtype, ", ".join(map(str, shape)))
    header += " " * (63 - (10 + len(header)) % 64) + "\n"
    code = {"<f8": "d", "<f4": "f", "<i4": "i", "<i8": "q"}[dtype]
    numbers = [v if code in "df" else int(v) for v in values]
    return (b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header.encode()
            + struct.pack("<%d%s" % (len(numbers), code), *numbers))


def nested(values, shape):
    """Flat row-major values as nested lists."""
    if len(shape) == 1:
        return list(values)
    size = len(values) // shape[0]
    return [nested(values[i * size:(i + 1) * size], shape[1:]) for i in range(shape[0])]


def png_size(data):
    assert data[:8] == b"\x89PNG\r\n\x1a\n", "not a PNG"
    return struct.unpack(">II", data[16:24])


def paeth(a, b, c):
    """PNG's fourth filter: the neighbour nearest to a + b - c."""
    return min((a, b, c), key=lambda value: abs(a + b - c - value))


def png_rows(data):
    """Rows of pixels of a PNG that is not interlaced: palette indices, or tuples of 8-bit channels."""
    width, height, depth, colour = struct.unpack(">IIBB", data[16:26])
    channels = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[colour]
    at, packed = 8, b""
    while at < len(data):
        size, kind = struct.unpack(">I4s", data[at:at + 8])
        packed += data[at + 8:at + 8 + size] if kind == b"IDAT" else b""
        at += size + 12
    raw, stride, step = zlib.decompress(packed), (width * channels * depth + 7) // 8, max(1, channels * depth // 8)
    rows, above = [], bytes(stride)
    for y in range(height):
        how, line = raw[y * (stride + 1)], bytearray(raw[y * (stride + 1) + 1:(y + 1) * (stride + 1)])
        for i in range(stride) if how else ():
            a, b, c = (line[i - step], above[i], above[i - step]) if i >= step else (0, above[i], 0)
            line[i] = (line[i] + (a if how == 1 else b if how == 2 else (a + b) // 2 if how == 3 else paeth(a, b, c))) & 255
        above = bytes(line)
        if depth < 8:
            rows.append([line[x * depth // 8] >> (8 - depth - x * depth % 8) & (1 << depth) - 1 for x in range(width)])
        else:
            rows.append([tuple(line[x * channels:(x + 1) * channels]) for x in range(width)])
    return rows


def gif_frames(data):
    """Delays (1/100 s) of every image of a GIF, its size and loop count (None: no loop block)."""
    assert data[:6] in (b"GIF89a", b"GIF87a"), "not a GIF"
    size = struct.unpack("<HH", data[6:10])
    at = 13 + (3 * 2 ** ((data[10] & 7) + 1) if data[10] & 0x80 else 0)
    delays, loop, delay = [], None, 0
    while data[at] != 0x3B:
        if data[at] == 0x21:
            label, at = data[at + 1], at + 2
            if label == 0xF9:
                delay = struct.unpack("<H", data[at + 2:at + 4])[0]
            if label == 0xFF and data[at + 1:at + 12] == b"NETSCAPE2.0":
                loop = struct.unpack("<H", data[at + 14:at + 16])[0]
        else:
            flags = data[at + 9]
            at += 10 + (3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0) + 1
            delays.append(delay)
        while data[at]:
            at += 1 + data[at]
        at += 1
    return {"size": size, "delays": delays, "loop": loop}


def load_json(data):
    return json.loads(data)


def tiny_png(width=4, height=4):
    """A grey PNG whose value is 16 times its index."""
    raw = b"".join(b"\0" + bytes((16 * (y * width + x)) % 256 for x in range(width)) for y in range(height))

    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(raw)) + chunk(b"IEND", b""))
