#!/usr/bin/env python3
"""Asks PyTorch for its own answers to random small layers and writes them as a fixture; run where torch is installed.

pytorch_cases.py volumes > tests/fixtures/pytorch-3d-cases.json          layers with three axes, refusals among them
pytorch_cases.py gradients > tests/fixtures/pytorch-gradient-cases.json  gradients of 1-D to 3-D layers, by torch.autograd

The same command writes the same file: the numbers come from a fixed seed.
"""

import json
import random
import sys

import torch
from torch import nn

OPS = ("conv", "conv_transpose", "max_pool", "avg_pool")
MODES = ("zeros", "reflect", "replicate", "circular")
CLASSES = {"conv": "Conv", "conv_transpose": "ConvTranspose", "max_pool": "MaxPool", "avg_pool": "AvgPool"}


def numbers(shape, pick):
    """Whole numbers, so that sums are exact and may be compared for equality."""
    return torch.tensor([pick.randint(-4, 5) for _ in range(torch.Size(shape).numel())], dtype=torch.float64).reshape(shape)


def per_axis(dims, pick, least, most):
    """One number an axis, half the time the same for all."""
    if pick.random() < 0.5:
        return [pick.randint(least, most)] * dims
    return [pick.randint(least, most) for _ in range(dims)]


def sizes(dims, pick, wild):
    largest = {1: 9, 2: 6, 3: 4}[dims]
    size = [pick.randint(1 if wild else 2, largest) for _ in range(dims)]
    return size, per_axis(dims, pick, 1, 3 if dims < 3 else 2 if not wild else 3)


def weighted(op, dims, pick, wild):
    """A case of a layer with weights, its module, the layer's input."""
    size, kernel = sizes(dims, pick, wild)
    groups = pick.choice((1, 1, 2))
    channels = [groups * pick.randint(1, 2), groups * pick.randint(1, 2)]
    case = {"stride": per_axis(dims, pick, 1, 3), "padding": per_axis(dims, pick, 0, 2),
            "dilation": per_axis(dims, pick, 1, 2) if pick.random() < 0.4 else [1] * dims, "groups": groups}
    if op == "conv":
        case["padding_mode"] = pick.choice(MODES) if pick.random() < 0.6 else "zeros"
        if pick.random() < 0.1:
            case.update(padding="same", stride=[1] * dims)
    else:
        case["output_padding"] = per_axis(dims, pick, 0, 1) if pick.random() < 0.5 else [0] * dims
    padding = case["padding"] if isinstance(case["padding"], str) else tuple(case["padding"])
    module = getattr(nn, "%s%dd" % (CLASSES[op], dims))(
        *channels, tuple(kernel), bias=pick.random() < 0.5, **{k: tuple(v) if isinstance(v, list) else v for k, v in case.items()
                                                            if k != "padding"}, padding=padding).double()
    with torch.no_grad():
        for parameter in module.parameters():
            parameter.copy_(numbers(parameter.shape, pick))
    case.update(kernel_shape=list(module.weight.shape), kernel=module.weight.flatten().tolist(),
                bias=None if module.bias is None else module.bias.tolist())
    return case, module, [channels[0], *size]


def pooling(op, dims, pick, wild):
    size, kernel = sizes(dims, pick, wild)
    case = {"stride": per_axis(dims, pick, 1, 3), "padding": per_axis(dims, pick, 0, 1), "kernel_size": kernel,
            "ceil_mode": pick.random() < 0.3}
    if op == "max_pool":
        case["dilation"] = per_axis(dims, pick, 1, 2) if pick.random() < 0.4 else [1] * dims
    else:
        case["count_include_pad"] = pick.random() < 0.5
    module = getattr(nn, "%s%dd" % (CLASSES[op], dims))(**{k: tuple(v) if isinstance(v, list) else v for k, v in case.items()})
    return case, module, [pick.randint(1, 2), *size]


def asked(op, dims, pick, wild):
    """A case with PyTorch's answer or refusal, the module's input and output among it."""
    case, module, shape = (pooling if op.endswith("pool") else weighted)(op, dims, pick, wild)
    x = numbers(shape, pick).requires_grad_()
    case = {"op": op, "dims": dims, **case, "input_shape": shape, "input": x.flatten().tolist()}
    y = module(x.unsqueeze(0)).squeeze(0)
    case.update(output_shape=list(y.shape), output=y.flatten().tolist())
    return case, module, x, y


def volume(op, pick, refused):
    """A legal layer, or one that PyTorch refuses for its numbers."""
    while True:
        state = pick.getstate()
        try:
            case = asked(op, 3, pick, refused)[0]
        except (RuntimeError, ValueError) as error:
            if refused and isinstance(error, RuntimeError):
                return refusal(op, pick, state, str(error).splitlines()[0])
            continue
        if not refused:
            return case


def refusal(op, pick, state, message):
    """The numbers of the layer that was refused when `pick` stood at `state`."""
    pick.setstate(state)
    case, _, shape = (pooling if op.endswith("pool") else weighted)(op, 3, pick, True)
    return {"op": op, "dims": 3, **case, "input_shape": shape, "input": numbers(shape, pick).flatten().tolist(), "error": message}


def gradient(op, dims, pick):
    while True:
        try:
            case, module, x, y = asked(op, dims, pick, False)
        except (RuntimeError, ValueError):
            continue
        break
    grad = numbers(y.shape, pick)
    y.backward(grad)
    case.update(grad_output=grad.flatten().tolist(), grad_input=x.grad.flatten().tolist())
    if not op.endswith("pool"):
        case.update(grad_kernel=module.weight.grad.flatten().tolist(),
                    grad_bias=None if module.bias is None else module.bias.grad.tolist())
    return case


def volumes(pick):
    return [volume(OPS[n % 4], pick, n % 10 == 9) for n in range(160)]


def gradients(pick):
    return [gradient(OPS[n % 4], n // 4 % 3 + 1, pick) for n in range(168)]


def main():
    cases = {"volumes": volumes, "gradients": gradients}[sys.argv[1]](random.Random(13))
    for n, case in enumerate(cases):
        case["name"] = "%s%dd-%04d" % (case["op"], case["dims"], n)
    print("[\n" + ",\n".join(json.dumps(case) for case in cases) + "\n]")


if __name__ == "__main__":
    main()
