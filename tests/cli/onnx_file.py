"""ONNX files made by hand, byte by byte as protobuf has them: also those that no library would write."""
import struct

KINDS = {"float": (1, 4), "int32": (6, 5), "int64": (7, 7), "double": (11, 10), "float16": (10, 5)}  # type, field of its numbers


def varint(number):
    number &= (1 << 64) - 1
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    return bytes(out + bytes([number]))


def field(number, value):
    """One field: whole numbers as varints, floats in four bytes, text and messages with their length."""
    if isinstance(value, int):
        return varint(number << 3) + varint(value)
    if isinstance(value, float):
        return varint(number << 3 | 5) + struct.pack("<f", value)
    data = value.encode() if isinstance(value, str) else value
    return varint(number << 3 | 2) + varint(len(data)) + data


def tensor(name, dims, values, kind="float", external=None):
    head = b"".join(field(1, size) for size in dims) + field(8, name)
    if external is not None:
        entries = b"".join(field(13, field(1, key) + field(2, value)) for key, value in external.items())
        return head + field(2, 1) + entries + field(14, 1)
    if kind == "raw":
        return head + field(2, 1) + field(9, struct.pack("<%df" % len(values), *values))
    code, place = KINDS[kind]
    if kind == "float16":
        values = [struct.unpack("<H", struct.pack("<e", value))[0] for value in values]
    if kind in ("float", "double"):
        packed = struct.pack("<%d%s" % (len(values), kind[0]), *values)
    else:
        packed = b"".join(varint(int(value)) for value in values)
    return head + field(2, code) + field(place, packed)


def attribute(name, value):
    head = field(1, name)
    if isinstance(value, bytes):
        return head + field(6, value) + field(20, 5)
    if isinstance(value, str):
        return head + field(4, value) + field(20, 3)
    if isinstance(value, list):
        real = value and isinstance(value[0], float)
        return head + b"".join(field(7 if real else 8, one) for one in value) + field(20, 6 if real else 7)
    return head + field(3 if isinstance(value, int) else 2, value) + field(20, 2 if isinstance(value, int) else 1)


def node(kind, inputs, outputs, name="", domain="", **attributes):
    return (b"".join(field(1, one) for one in inputs) + b"".join(field(2, one) for one in outputs) + field(3, name)
            + field(4, kind) + b"".join(field(5, attribute(*pair)) for pair in attributes.items()) + field(7, domain))


def constant(name, value):
    """A node that gives a tensor."""
    return field(2, name) + field(4, "Constant") + field(5, field(1, "value") + field(5, value) + field(20, 4))


def port(name, dims):
    axes = b"".join(field(1, field(2, size) if isinstance(size, str) else field(1, size)) for size in dims)
    return field(1, name) + field(2, field(1, field(1, 1) + field(2, axes)))


def graph(nodes, inputs, tensors=(), outputs=None):
    return (b"".join(field(1, one) for one in nodes) + field(2, "g") + b"".join(field(5, one) for one in tensors)
            + b"".join(field(11, port(*pair)) for pair in inputs.items())
            + b"".join(field(12, port(*pair)) for pair in (outputs or {}).items()))


def model(nodes, inputs, tensors=(), opset=13, outputs=None):
    return field(1, 8) + field(7, graph(nodes, inputs, tensors, outputs)) + field(8, field(2, opset))
