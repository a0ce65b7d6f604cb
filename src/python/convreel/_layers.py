"""A function a kind of layer, with the layer's parameters by PyTorch's names."""

from __future__ import annotations

from typing import Any, Callable

from ._animation import Animation

LAYERS = ("conv1d", "conv2d", "conv3d", "conv_transpose1d", "conv_transpose2d", "conv_transpose3d",
          "max_pool1d", "max_pool2d", "max_pool3d", "avg_pool1d", "avg_pool2d", "avg_pool3d")


def _function(name: str) -> "Callable[..., Animation]":
    def layer(input_size: "int | tuple[int, ...] | None" = None, kernel_size: "int | tuple[int, ...] | None" = None,
              stride: "int | tuple[int, ...] | None" = None, padding: Any = None,
              dilation: "int | tuple[int, ...] | None" = None, *, input_values: Any = None, kernel_values: Any = None,
              bias: Any = None, **options: Any) -> Animation:
        given = dict(input_size=input_size, kernel_size=kernel_size, stride=stride, padding=padding, dilation=dilation,
                     input_values=input_values, kernel_values=kernel_values, bias=bias, **options)
        return Animation([name.replace("_", "-")], given)

    layer.__name__ = layer.__qualname__ = name
    layer.__doc__ = (f"`convreel {name.replace('_', '-')}`. Values are text, nested lists, numpy arrays or torch tensors; "
                     "further options have the command line's names.")
    return layer


FUNCTIONS = {name: _function(name) for name in LAYERS}
