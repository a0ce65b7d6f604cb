#!/usr/bin/env python3
"""Makes tests/fixtures/models: small ONNX models of well-known shapes by Debian's python3-torch, and beside each one what
torch computes after every layer with a window (`reference` in its .json: names of kinds, shapes and values, in order).

    /usr/bin/python3 tests/tools/make_models.py
"""

import json
import pathlib
import warnings

import onnx
import torch
from torch import nn
from torch.nn import functional as F

warnings.filterwarnings("ignore")
FOLDER = pathlib.Path(__file__).resolve().parents[1] / "fixtures" / "models"

KINDS = {nn.Conv1d: "conv", nn.Conv2d: "conv", nn.ConvTranspose1d: "conv_transpose", nn.ConvTranspose2d: "conv_transpose",
         nn.MaxPool1d: "max_pool", nn.MaxPool2d: "max_pool", nn.AvgPool2d: "avg_pool", nn.Upsample: "upsample",
         nn.AdaptiveAvgPool2d: "adaptive_avg_pool", nn.PixelShuffle: "pixel_shuffle", nn.ConstantPad1d: "zero_pad"}


class ResNetBlock(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1, self.bn1 = nn.Conv2d(2, 4, 3, stride=2, padding=1, bias=False), nn.BatchNorm2d(4)
        self.conv2, self.bn2 = nn.Conv2d(4, 4, 3, padding=1, bias=False), nn.BatchNorm2d(4)
        self.down, self.bn3 = nn.Conv2d(2, 4, 1, stride=2, bias=False), nn.BatchNorm2d(4)
        self.pool, self.fc = nn.AdaptiveAvgPool2d(1), nn.Linear(4, 3)

    def forward(self, x):
        y = self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x)))))
        return self.fc(torch.flatten(self.pool(F.relu(y + self.bn3(self.down(x)))), 1))


class UNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.down1, self.pool1 = nn.Conv2d(1, 2, 3, padding=1), nn.MaxPool2d(2)
        self.down2, self.pool2 = nn.Conv2d(2, 3, 3, padding=1), nn.MaxPool2d(2)
        self.bottom = nn.Conv2d(3, 4, 3, padding=1)
        self.up2, self.merge2 = nn.ConvTranspose2d(4, 3, 2, stride=2), nn.Conv2d(6, 3, 3, padding=1)
        self.up1, self.merge1 = nn.Upsample(scale_factor=2, mode="bilinear", align_corners=False), nn.Conv2d(5, 2, 3, padding=1)
        self.last = nn.Conv2d(2, 1, 1)

    def forward(self, x):
        a = F.relu(self.down1(x))
        b = F.relu(self.down2(self.pool1(a)))
        c = F.relu(self.bottom(self.pool2(b)))
        d = F.relu(self.merge2(torch.cat([self.up2(c), b], 1)))
        return torch.sigmoid(self.last(F.relu(self.merge1(torch.cat([self.up1(d), a], 1)))))


class MobileNetBlock(nn.Module):
    def __init__(self):
        super().__init__()
        self.expand, self.depth, self.point = nn.Conv2d(3, 6, 1), nn.Conv2d(6, 6, 3, padding=1, groups=6), nn.Conv2d(6, 3, 1)

    def forward(self, x):
        return x + self.point(F.relu6(self.depth(F.relu6(self.expand(x)))))


class WaveNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Conv1d(1, 3, 1)
        self.pads = nn.ModuleList(nn.ConstantPad1d((d, 0), 0.0) for d in (1, 2, 4))
        self.filters = nn.ModuleList(nn.Conv1d(3, 3, 2, dilation=d) for d in (1, 2, 4))
        self.gates = nn.ModuleList(nn.Conv1d(3, 3, 2, dilation=d) for d in (1, 2, 4))
        self.last = nn.Conv1d(3, 1, 1)

    def forward(self, x):
        x = self.first(x)
        for pad, filter_, gate in zip(self.pads, self.filters, self.gates):
            padded = pad(x)
            x = x + torch.tanh(filter_(padded)) * torch.sigmoid(gate(padded))
        return self.last(x)


MODELS = {
    "lenet": (nn.Sequential(nn.Conv2d(1, 3, 5), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(3, 4, 3), nn.ReLU(), nn.MaxPool2d(2),
                            nn.Flatten(), nn.Linear(4, 10), nn.ReLU(), nn.Linear(10, 5)), (1, 14, 14), 9),
    "resnet": (ResNetBlock(), (2, 9, 9), 13),
    "unet": (UNet(), (1, 8, 12), 11),
    "dcgan": (nn.Sequential(nn.ConvTranspose2d(5, 4, 3), nn.BatchNorm2d(4), nn.ReLU(),
                            nn.ConvTranspose2d(4, 3, 4, stride=2, padding=1), nn.BatchNorm2d(3), nn.LeakyReLU(0.2),
                            nn.ConvTranspose2d(3, 1, 3, stride=2, padding=1, output_padding=1), nn.Tanh()), (5, 1, 1), 7),
    "mobilenet": (MobileNetBlock(), (3, 6, 7), 12),
    "wavenet": (WaveNet(), (1, 12), 17),
    "superres": (nn.Sequential(nn.Conv2d(1, 4, 3, padding=1), nn.ReLU(), nn.PixelShuffle(2), nn.Upsample(scale_factor=2),
                               nn.AvgPool2d(3, stride=2, padding=1, count_include_pad=False)), (1, 5, 4), 14),
}


def record(model, x):
    """[kind, shape, values] of every layer with a window, in the order in which they run."""
    seen = []

    def note(module, _, y):
        seen.append({"kind": KINDS[type(module)], "shape": list(y.shape[1:]), "values": y.flatten().tolist()})

    for module in model.modules():
        if type(module) in KINDS:
            module.register_forward_hook(note)
    with torch.no_grad():
        model(x)
    return seen


def randomised(model):
    for module in model.modules():
        if isinstance(module, (nn.BatchNorm2d,)):
            module.running_mean.normal_()
            module.running_var.uniform_(0.5, 2)
            nn.init.uniform_(module.weight, 0.5, 1.5)
            nn.init.normal_(module.bias)
    return model.eval()


def export(name, model, shape, opset):
    x = torch.randint(-3, 6, (1, *shape)).float()
    batch = {"input": {0: "batch"}} if name in ("lenet", "unet") else {}
    training = torch.onnx.TrainingMode.PRESERVE if name in ("resnet", "dcgan") else torch.onnx.TrainingMode.EVAL
    torch.onnx.export(model, x, str(FOLDER / f"{name}.onnx"), opset_version=opset, input_names=["input"], dynamic_axes=batch,
                      training=training, do_constant_folding=training == torch.onnx.TrainingMode.EVAL,
                      keep_initializers_as_inputs=opset < 9)
    reference = {"input": {"shape": list(shape), "values": x.flatten().tolist()}, "reference": record(model, x)}
    (FOLDER / f"{name}.json").write_text(json.dumps(reference) + "\n")


def keep_apart():
    """lenet with its weights in a file beside it, as large models have them."""
    model = onnx.load(str(FOLDER / "lenet.onnx"))
    onnx.save_model(model, str(FOLDER / "lenet_apart.onnx"), save_as_external_data=True, location="lenet_apart.bin",
                    size_threshold=0)


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(14)
    for name, (model, shape, opset) in MODELS.items():
        export(name, randomised(model), shape, opset)
    (FOLDER / "lenet_apart.bin").unlink(missing_ok=True)
    keep_apart()


if __name__ == "__main__":
    main()
