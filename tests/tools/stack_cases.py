"""Makes tests/fixtures/stack-cases.json with PyTorch: random stacks of 2 to 5 layers, every stage's output in double
precision, and receptive fields found by asking autograd which inputs an output depends on. Of layers without a kernel
window also mapping-cases.json: each by itself, in all its ways. `random SEED` makes other stacks.

    /usr/bin/python3 tests/tools/stack_cases.py > tests/fixtures/stack-cases.json
    /usr/bin/python3 tests/tools/stack_cases.py mappings > tests/fixtures/mapping-cases.json
"""
import json
import random
import sys

import torch
from torch import nn

COUNT, FIELDS = 300, 60
torch.set_default_dtype(torch.float64)


class NotPossible(Exception):
    """The layer does not fit what it would be given."""


def whole(shape, low=-3, high=3):
    return torch.tensor([random.randint(low, high) for _ in range(int(torch.tensor(shape).prod()))],
                        dtype=torch.float64).reshape(tuple(shape))


def options_of(module):
    """The numbers of a layer as options behind its name."""
    if isinstance(module, (nn.Conv2d, nn.ConvTranspose2d)):
        module.weight.data = whole(module.weight.shape)
        words = " --kernel-values '%s'" % json.dumps(module.weight.data.int().tolist(), separators=(",", ":"))
        if module.bias is not None:
            module.bias.data = whole(module.bias.shape)
            words += " --bias '%s'" % json.dumps(module.bias.data.int().tolist(), separators=(",", ":"))
        return words
    if isinstance(module, (nn.BatchNorm1d, nn.BatchNorm2d, nn.BatchNorm3d)):
        module.running_mean, module.running_var = whole([module.num_features]), whole([module.num_features], 1, 5)
        module.weight.data, module.bias.data = whole([module.num_features]), whole([module.num_features])
        names = {"running-mean": module.running_mean, "running-var": module.running_var, "weight": module.weight.data,
                 "bias": module.bias.data}
        return "".join(" --%s '%s'" % (name, " ".join(str(int(v)) for v in value)) for name, value in names.items())
    return ""


def layer(channels, linear):
    """A random layer; `linear`: one whose outputs depend on inputs whatever their values."""
    k, s, p = random.randint(1, 3), random.randint(1, 2), random.randint(0, 1)
    out = random.randint(1, 3)
    size = (random.randint(1, 4), random.randint(1, 4))
    mode = random.choice(["zeros", "zeros", "reflect", "replicate", "circular"])
    choices = [
        lambda: nn.Conv2d(channels, out, k, s, p, dilation=random.randint(1, 2), bias=random.random() < 0.5,
                          padding_mode="zeros" if linear else mode),
        lambda: nn.Conv2d(channels, channels, k, s, p, groups=channels),
        lambda: nn.Conv2d(channels, out, 3, padding="same"),
        lambda: nn.ConvTranspose2d(channels, out, k, s, min(p, k - 1), output_padding=random.randint(0, s - 1)),
        lambda: nn.AvgPool2d(max(k, 2), s, p, ceil_mode=not linear and random.random() < 0.3,
                             count_include_pad=random.random() < 0.5),
        lambda: nn.ZeroPad2d(tuple(random.randint(0, 2) for _ in range(4))),
        lambda: nn.PixelUnshuffle(2),
        lambda: nn.PixelShuffle(2),
        lambda: nn.Upsample(scale_factor=random.choice([2, 3, 1.5]), mode="nearest"),
    ]
    if not linear:
        choices += [
            lambda: nn.MaxPool2d(max(k, 2), s, p, dilation=1, ceil_mode=random.random() < 0.3),
            lambda: nn.MaxPool2d(2, return_indices=True),
            lambda: nn.MaxUnpool2d(2),
            nn.ReLU, lambda: nn.LeakyReLU(random.choice([0.01, 0.2])), nn.Sigmoid, nn.Tanh, nn.Identity,
            lambda: nn.Dropout(0.3), lambda: nn.BatchNorm2d(channels),
            lambda: nn.Upsample(size=size, mode="nearest"),
            lambda: nn.Upsample(scale_factor=random.choice([2, 3, 1.5]), mode="bilinear", align_corners=False),
            lambda: nn.Upsample(size=(size[0] + 2, size[1] + 3), mode="bilinear", align_corners=True),
            lambda: nn.UpsamplingBilinear2d(scale_factor=2),
            lambda: nn.AdaptiveAvgPool2d(size), lambda: nn.AdaptiveMaxPool2d(size), lambda: nn.AdaptiveAvgPool2d((None, 2)),
            nn.Flatten,
        ]
    return random.choice(choices)()


def printed(module):
    text = repr(module)
    if isinstance(module, nn.Upsample) and module.align_corners is not None and type(module) is nn.Upsample:
        text = text[:-1] + ", align_corners=%s)" % module.align_corners
    if isinstance(module, nn.Upsample) and module.recompute_scale_factor:
        text = text[:-1] + ", recompute_scale_factor=True)"
    if isinstance(module, nn.AvgPool2d):  # which PyTorch prints without them
        text = text[:-1] + ", ceil_mode=%s, count_include_pad=%s)" % (module.ceil_mode, module.count_include_pad)
    return text + options_of(module)


def run(module, x, pools):
    if isinstance(module, nn.MaxUnpool2d):
        if not pools or pools[-1][1].shape != x.shape:
            raise NotPossible
        size, places = pools.pop()
        return module(x, places, output_size=size)
    if isinstance(module, nn.MaxPool2d):
        before = x.shape
        keeps, module.return_indices = module.return_indices, True
        x, places = module(x)
        module.return_indices = keeps
        pools.append((before[-2:], places))
        return x
    return module(x)


def stack(linear, size):
    channels = random.randint(1, 3)
    x = whole([1, channels, *size], 0, 9)
    case = {"input": x[0].int().tolist(), "layers": [], "stages": []}
    modules, pools = [], []
    for _ in range(random.randint(2, 5)):
        for _ in range(40):
            if x.dim() == 2:
                module = random.choice([nn.ReLU(), nn.Sigmoid(), nn.Dropout(0.5)])
            else:
                module = layer(x.shape[1], linear)
            module.eval()
            text = printed(module)
            kept = list(pools)
            try:
                y = run(module, x, pools)
            except (RuntimeError, ValueError, NotPossible):
                pools = kept
                continue
            if y.numel() == 0 or y.numel() > (90 if not linear else 10**6):
                pools = kept
                continue
            break
        else:
            return None
        x = y
        modules.append(module)
        case["layers"].append(text)
        case["stages"].append(stage_of(x))
    return case, modules


def field(modules, size):
    """The largest box of inputs that an output depends on; nothing when one touches the border."""
    for module in modules:
        for weights in module.parameters():
            weights.data = torch.rand(weights.shape) + 0.5
    x = torch.rand(1, channels_in(modules), *size, requires_grad=True)
    y = x
    for module in modules:
        y = module(y)
    found = [0, 0]
    middle_row, middle_column = y.shape[2] // 2, y.shape[3] // 2
    spread = range(-4, 5)
    for dy in spread:
        for dx in spread:
            row, column = middle_row + dy, middle_column + dx
            if not (0 <= row < y.shape[2] and 0 <= column < y.shape[3]):
                return None
            grad = torch.autograd.grad(y[0, :, row, column].sum(), x, retain_graph=True)[0][0].abs().sum(0)
            for axis, total in enumerate((grad.sum(1), grad.sum(0))):
                at = total.nonzero().flatten()
                if len(at) == 0:
                    continue
                if at[0] == 0 or at[-1] == len(total) - 1:
                    return None
                found[axis] = max(found[axis], int(at[-1] - at[0]) + 1)
    return found


def channels_in(modules):
    """Channels that the first layer takes; those that take any are given 4, which pixel shuffle needs."""
    first = modules[0]
    return getattr(first, "in_channels", 4)


def fields():
    cases = []
    while len(cases) < FIELDS:
        made = stack(True, (40, 40))
        if not made or any(isinstance(m, (nn.PixelShuffle, nn.PixelUnshuffle)) for m in made[1]):
            continue
        case, modules = made
        channels = len(case["input"])
        if channels_in(modules) != channels:
            continue
        found = field(modules, (40, 40))
        if found:
            cases.append({"layers": [text.split(" --")[0] for text in case["layers"]], "channels": channels, "field": found})
    return cases


def stage_of(x):
    return {"shape": list(x.shape[1:]), "values": [float("%.12g" % v) for v in x.flatten().tolist()]}


def mapping_cases():
    """Layers without a kernel window, each over an input of its own; a MaxUnpool behind its pool."""
    line, plane, volume = [2, 7], [2, 5, 6], [1, 3, 4, 5]
    every = [nn.ReLU(), nn.LeakyReLU(0.2), nn.ReLU6(), nn.Hardtanh(-2, 3), nn.Sigmoid(), nn.Tanh(), nn.Identity(),
             nn.Dropout(0.3), nn.Flatten(), nn.Upsample(scale_factor=2), nn.Upsample(scale_factor=1.5)]
    for module in every:  # whose number of axes is another layer's
        for before, shape in ((nn.AvgPool1d(1), line), (None, plane), (nn.AvgPool3d(1), volume)):
            yield [before, module] if before else [module], shape
    for align in (False, True):
        yield [nn.Upsample(size=11, mode="linear", align_corners=align)], line
        yield [nn.Upsample(scale_factor=2, mode="bilinear", align_corners=align)], plane
        yield [nn.Upsample(size=(7, 4), mode="bilinear", align_corners=align)], plane
        yield [nn.Upsample(scale_factor=1.5, mode="bilinear", align_corners=align, recompute_scale_factor=True)], plane
    yield [nn.UpsamplingBilinear2d(scale_factor=3)], plane
    yield [nn.UpsamplingNearest2d(size=(3, 8))], plane
    yield [nn.PixelShuffle(2)], [8, 3, 4]
    yield [nn.PixelShuffle(3)], [9, 2, 2]
    yield [nn.PixelUnshuffle(2)], [2, 4, 6]
    yield [nn.PixelUnshuffle(3)], [1, 3, 6]
    yield [nn.ZeroPad2d((1, 2, 3, 0))], plane
    yield [nn.ZeroPad2d((-1, 2, 0, -2))], plane
    for size in (1, 2, 3, 7):
        yield [nn.AdaptiveAvgPool1d(size)], line
        yield [nn.AdaptiveMaxPool1d(size)], line
    for size in (1, 3, (2, 5), (4, 6), (None, 4)):
        yield [nn.AdaptiveAvgPool2d(size)], plane
        yield [nn.AdaptiveMaxPool2d(size)], plane
    yield [nn.AdaptiveAvgPool3d((2, 3, 2))], volume
    yield [nn.AdaptiveMaxPool3d((2, 3, 2))], volume
    for norm, shape in ((nn.BatchNorm1d(2), line), (nn.BatchNorm2d(2, eps=0.1), plane), (nn.BatchNorm3d(1), volume)):
        yield [norm], shape
    yield [nn.MaxPool1d(2, return_indices=True), nn.MaxUnpool1d(2)], line
    yield [nn.MaxPool2d(2, return_indices=True), nn.MaxUnpool2d(2)], plane
    yield [nn.MaxPool2d(3, 2, 1, return_indices=True), nn.MaxUnpool2d(3, 2, 1)], plane
    yield [nn.MaxPool2d(3, 1, return_indices=True), nn.MaxUnpool2d(3, 1)], plane
    yield [nn.MaxPool3d(2, return_indices=True), nn.MaxUnpool3d(2)], [1, 4, 4, 4]
    for align in (False, True):
        yield [nn.Upsample(scale_factor=2, mode="bicubic", align_corners=align)], plane
        yield [nn.Upsample(size=(7, 4), mode="bicubic", align_corners=align)], plane


def mappings():
    cases = []
    for modules, shape in mapping_cases():
        x = whole([1, *shape], -5, 9)
        case = {"layers": [], "input": x[0].int().tolist()}
        pools = []
        for module in modules:
            module.eval()
            case["layers"].append(printed(module))
            if isinstance(module, (nn.MaxPool1d, nn.MaxPool2d, nn.MaxPool3d)):
                before, (x, places) = x.shape[2:], module(x)
                pools.append((before, places))
            elif pools:
                x = module(x, pools[-1][1], output_size=pools[-1][0])
            else:
                x = module(x)
        case.update(stage_of(x))
        cases.append(case)
    return cases


def stacks():
    cases = []
    while len(cases) < COUNT:
        made = stack(False, (random.randint(3, 7), random.randint(3, 7)))
        if made:
            cases.append(made[0])
    return cases


def lines(cases):
    return ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases)


def main(words):
    seed = int(words[1]) if words[:1] == ["random"] else 14
    random.seed(seed)
    torch.manual_seed(seed)
    if words == ["mappings"]:
        print("[\n%s\n]" % lines(mappings()))
    elif words:
        print('{"stacks":[\n%s\n]}' % lines(stacks()))
    else:
        made = lines(stacks())
        print('{"stacks":[\n%s\n],\n"fields":[\n%s\n]}' % (made, lines(fields())))


main(sys.argv[1:])
