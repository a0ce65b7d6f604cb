"""Keras, JAX and ONNX' evaluator as far as our programs use them, after their documentation, in NumPy and on their own: no rule
here is taken from the program that is tested.

Keras 3 and TensorFlow: keras.io/api/layers; tensorflow.org/api_docs/python/tf/nn#notes_on_padding_2 (SAME: o = ceil(i / s), half of
max((o - 1) s + ke - i, 0) before, the rest after; an average leaves SAME's padding out); keras/src/backend/common/backend_utils.py
for transposed layers. JAX: docs.jax.dev, jax.lax.conv_general_dilated, jax.lax.reduce_window; openxla.org/xla/operation_semantics,
"Conv" (base dilation, padding, window dilation, in that order; no turned kernel). ONNX: docs/Operators.md of opset 17."""
import itertools
import types

import numpy as np


def stretched(x, steps):
    """Zeros between the cells of the last axes."""
    out = np.zeros(x.shape[:x.ndim - len(steps)] + tuple((n - 1) * s + 1 for n, s in zip(x.shape[-len(steps):], steps)))
    out[(...,) + tuple(slice(None, None, s) for s in steps)] = x
    return out


def padded(x, pairs, value=0.0):
    return np.pad(x, [(0, 0)] * (x.ndim - len(pairs)) + [tuple(p) for p in pairs], constant_values=value)


def correlated(x, w, strides, groups=1):
    """[N, I, ...] and [O, I / groups, ...]: the sum of products of every window."""
    dims, inner, outer = x.ndim - 2, w.shape[1], w.shape[0] // groups
    sizes = [(n - k) // s + 1 for n, k, s in zip(x.shape[2:], w.shape[2:], strides)]
    y = np.zeros((x.shape[0], w.shape[0], *sizes))
    for place in itertools.product(*map(range, sizes)):
        window = x[(slice(None), slice(None)) + tuple(slice(p * s, p * s + k) for p, s, k in zip(place, strides, w.shape[2:]))]
        for o in range(w.shape[0]):
            first = o // outer * inner
            y[(slice(None), o) + place] = (window[:, first:first + inner] * w[o]).sum(axis=tuple(range(1, dims + 2)))
    return y


def windows(x, sizes, strides, dilation, reduce):
    """Over the last axes, each window reduced to one number."""
    counts = [(n - (k - 1) * d - 1) // s + 1 for n, k, s, d in zip(x.shape[-len(sizes):], sizes, strides, dilation)]
    y = np.zeros(x.shape[:x.ndim - len(sizes)] + tuple(counts))
    for place in itertools.product(*map(range, counts)):
        cut = tuple(slice(p * s, p * s + (k - 1) * d + 1, d) for p, s, k, d in zip(place, strides, sizes, dilation))
        y[(...,) + place] = reduce(x[(...,) + cut], axis=tuple(range(x.ndim - len(sizes), x.ndim)))
    return y


# JAX

def conv_general_dilated(lhs, rhs, window_strides, padding, lhs_dilation, rhs_dilation, feature_group_count):
    assert all(low >= 0 and high >= 0 for low, high in padding)
    return correlated(padded(stretched(lhs, lhs_dilation), padding), stretched(rhs, rhs_dilation), window_strides, feature_group_count)


def reduce_window(x, init, by, window, strides, padding, window_dilation):
    reduce = {"add": np.sum, "max": np.max}[by]
    return windows(np.pad(x, padding, constant_values=init), window, strides, window_dilation, reduce)


def jax():
    lax = types.SimpleNamespace(conv_general_dilated=conv_general_dilated, reduce_window=reduce_window, add="add", max="max")
    module, numpy, lax_module = types.ModuleType("jax"), types.ModuleType("jax.numpy"), types.ModuleType("jax.lax")
    for name in ("array", "pad", "ones_like", "float64", "inf"):
        setattr(numpy, name, getattr(np, name))
    module.numpy, module.lax, module.config = numpy, lax, types.SimpleNamespace(update=lambda name, on: None)
    return {"jax": module, "jax.numpy": numpy, "jax.lax": lax_module}


# Keras: channels last outside, first inside.

def last(x):
    return np.moveaxis(x, 1, -1)


def first(x):
    return np.moveaxis(np.asarray(x), -1, 1)


def same(sizes, spans, strides):
    total = [max((-(-i // s) - 1) * s + ke - i, 0) for i, ke, s in zip(sizes, spans, strides)]
    return [(t // 2, t - t // 2) for t in total]


class Conv:
    def __init__(self, filters, kernel_size, strides, padding, dilation_rate, use_bias, dtype, groups=1):
        assert dtype == "float64" and padding in ("valid", "same", "causal")
        assert max(strides) == 1 or max(dilation_rate) == 1, "strides > 1 not supported in conjunction with dilation_rate > 1"
        self.__dict__.update(locals())

    def build(self, shape):
        self.shape = (*self.kernel_size, shape[-1] // self.groups, self.filters)

    def set_weights(self, weights):
        assert len(weights) == 1 + self.use_bias
        self.w, self.b = weights[0], weights[1] if self.use_bias else 0
        assert self.w.shape == self.shape, (self.w.shape, self.shape)

    def __call__(self, x):
        x, d = first(x), self.dilation_rate
        spans = [(k - 1) * n + 1 for k, n in zip(self.kernel_size, d)]
        pairs = {"valid": [(0, 0)] * len(d), "same": same(x.shape[2:], spans, self.strides), "causal": [(ke - 1, 0) for ke in spans]}
        w = stretched(np.moveaxis(self.w, (-1, -2), (0, 1)), d)
        return last(correlated(padded(x, pairs[self.padding]), w, self.strides, self.groups)) + self.b


class ConvTranspose(Conv):
    def __init__(self, output_padding=None, **rest):
        super().__init__(**rest)
        assert self.padding != "causal" and self.groups == 1
        assert output_padding is None or all(op < s for op, s in zip(output_padding, self.strides))
        self.output_padding = output_padding

    def build(self, shape):
        self.shape = (*self.kernel_size, self.filters, shape[-1])

    def __call__(self, x):
        pairs = []
        for axis, (k, d, s) in enumerate(zip(self.kernel_size, self.dilation_rate, self.strides)):
            k, op = (k - 1) * d + 1, self.output_padding and self.output_padding[axis]
            if self.padding == "valid":
                pairs.append((k - 1, k - 1 + (max(k, s) - k if op is None else op)))
            else:
                total = s + k - 2 if op is None else k + k % 2 - 2 + op
                left = min(total // 2 + total % 2, k - 1)
                pairs.append((left, total - left))
        w = stretched(np.moveaxis(self.w, (-1, -2), (1, 0)), self.dilation_rate)  # [O, I, ...], then turned
        w = w[(slice(None),) * 2 + (slice(None, None, -1),) * len(pairs)]
        return last(correlated(padded(stretched(first(x), self.strides), pairs), w, [1] * len(pairs))) + self.b


class Pooling:
    def __init__(self, reduce, fill, pool_size, strides, padding, dtype):
        assert dtype == "float64" and padding in ("valid", "same")
        self.__dict__.update(locals())

    def __call__(self, x):
        x, ones = first(x), [1] * len(self.pool_size)
        pairs = same(x.shape[2:], self.pool_size, self.strides) if self.padding == "same" else [(0, 0)] * len(ones)
        return last(windows(padded(x, pairs, self.fill), self.pool_size, self.strides, ones, self.reduce))


def pairs_of(amount):
    return [amount] if isinstance(amount[0], int) else amount


def keras():
    module, layers = types.ModuleType("keras"), types.SimpleNamespace()
    for dims in (1, 2, 3):
        setattr(layers, "Conv%dD" % dims, Conv)
        setattr(layers, "Conv%dDTranspose" % dims, ConvTranspose)
        setattr(layers, "MaxPooling%dD" % dims, lambda **rest: Pooling(np.max, -np.inf, **rest))
        setattr(layers, "AveragePooling%dD" % dims, lambda **rest: Pooling(np.nanmean, np.nan, **rest))
        setattr(layers, "ZeroPadding%dD" % dims, lambda amount, dtype: lambda x: last(padded(first(x), pairs_of(amount))))
        setattr(layers, "Cropping%dD" % dims, lambda amount, dtype: lambda x: last(
            first(x)[(...,) + tuple(slice(a, -b or None) for a, b in pairs_of(amount))]))
    module.layers = layers
    return {"keras": module}


# ONNX: a model is read as onnx made it; what its nodes mean is computed here.

def begins_ends(pads):
    return list(zip(pads[:len(pads) // 2], pads[len(pads) // 2:]))


def onnx_conv(x, w, b=None, *, kernel_shape, strides, pads, dilations, group):
    assert list(w.shape[2:]) == kernel_shape
    y = correlated(padded(x, begins_ends(pads)), stretched(w, dilations), strides, group)
    return y if b is None else y + b.reshape(1, -1, *[1] * len(strides))


def onnx_conv_transpose(x, w, b=None, *, kernel_shape, strides, pads, dilations, group, output_padding=None):
    """output = stride (input - 1) + output_padding + ((kernel - 1) dilation + 1) - pads, stamped input by input."""
    w, dims = stretched(w, dilations), len(strides)
    more = output_padding or [0] * dims
    full = np.zeros((1, w.shape[1] * group, *((i - 1) * s + k + op for i, s, k, op in zip(x.shape[2:], strides, w.shape[2:], more))))
    inner, outer = x.shape[1] // group, w.shape[1]
    for place in itertools.product(*map(range, x.shape[2:])):
        stamp = tuple(slice(p * s, p * s + k) for p, s, k in zip(place, strides, w.shape[2:]))
        for c in range(x.shape[1]):
            g = c // inner
            full[(0, slice(g * outer, (g + 1) * outer)) + stamp] += x[(0, c) + place] * w[c]
    y = full[(...,) + tuple(slice(begin, n - end) for (begin, end), n in zip(begins_ends(pads), full.shape[2:]))]
    return y if b is None else y + b.reshape(1, -1, *[1] * dims)


def onnx_pool(reduce, x, sizes, strides, pads, dilations, fill):
    return windows(padded(x, begins_ends(pads), fill), sizes, strides, dilations or [1] * len(sizes), reduce)


OPERATORS = {
    "Conv": onnx_conv,
    "ConvTranspose": onnx_conv_transpose,
    "MaxPool": lambda x, kernel_shape, strides, pads, dilations: onnx_pool(np.max, x, kernel_shape, strides, pads, dilations, -np.inf),
    "AveragePool": lambda x, kernel_shape, strides, pads, count_include_pad: onnx_pool(
        np.mean if count_include_pad else np.nanmean, x, kernel_shape, strides, pads, None, 0.0 if count_include_pad else np.nan),
    "Pad": lambda x, pads, mode: np.pad(x, begins_ends(list(pads)), mode=mode.decode() if isinstance(mode, bytes) else mode),
    "Gather": lambda x, indices, axis: np.take(x, indices, axis=axis),
}


class ReferenceEvaluator:
    def __init__(self, model):
        self.model = model

    def run(self, names, feeds):
        from onnx import helper, numpy_helper
        values = dict(feeds, **{one.name: numpy_helper.to_array(one) for one in self.model.graph.initializer})
        for node in self.model.graph.node:
            attributes = {a.name: helper.get_attribute_value(a) for a in node.attribute}
            values[node.output[0]] = OPERATORS[node.op_type](*[values[name] for name in node.input], **attributes)
        return [values["y"]]


def onnx_reference():
    module = types.ModuleType("onnx.reference")
    module.ReferenceEvaluator = ReferenceEvaluator
    return {"onnx.reference": module}
