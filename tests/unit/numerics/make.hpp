// Short ways to write layers and tensors in tests.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "numerics/trace.hpp"

namespace convreel::test {

using numerics::Cell;
using numerics::Kernel;
using numerics::Layer;
using numerics::LayerKind;
using numerics::Map;
using numerics::Trace;

/// A square 2-D layer of one channel.
inline Layer square(LayerKind kind, std::int64_t i, std::int64_t k, std::int64_t s = 1, std::int64_t p = 0,
                    std::int64_t d = 1, std::int64_t op = 0) {
  Layer layer;
  layer.kind = kind;
  layer.input = {1, i, i};
  layer.kernel = {1, k, k};
  layer.stride = {1, s, s};
  layer.dilation = {1, d, d};
  layer.padding = {numerics::Sides{}, {p, p}, {p, p}};
  layer.output_padding = {0, op, op};
  return layer;
}

/// A 1-D layer of one channel.
inline Layer strip(LayerKind kind, std::int64_t i, std::int64_t k, std::int64_t s = 1, std::int64_t p = 0,
                   std::int64_t d = 1, std::int64_t op = 0) {
  Layer layer = square(kind, i, k, s, p, d, op);
  layer.dims = 1;
  layer.input[1] = layer.kernel[1] = layer.stride[1] = layer.dilation[1] = 1;
  layer.padding[1] = {};
  layer.output_padding[1] = 0;
  return layer;
}

inline Map map_of(const Layer& layer, std::vector<double> values) {
  Map map(layer.in_channels, layer.input);
  map.values = std::move(values);
  return map;
}

/// The kernel's shape for a layer; no values for pooling.
inline Kernel kernel_of(const Layer& layer, std::vector<double> values = {}) {
  if (!layer.row().weights) return {};
  Kernel kernel = layer.transposed() ? Kernel(layer.in_channels, layer.out_channels / layer.groups, layer.kernel)
                                     : Kernel(layer.out_channels, layer.in_channels / layer.groups, layer.kernel);
  if (!values.empty()) kernel.values = std::move(values);
  return kernel;
}

inline Trace trace_of(const Layer& layer, std::vector<double> input, std::vector<double> kernel = {},
                      std::vector<double> bias = {}) {
  return Trace(layer, map_of(layer, std::move(input)), kernel_of(layer, std::move(kernel)), std::move(bias));
}

/// 1, 2, 3, ...
inline std::vector<double> ramp(std::int64_t n) {
  std::vector<double> values;
  for (std::int64_t v = 1; v <= n; ++v) values.push_back(static_cast<double>(v));
  return values;
}

/// A trace whose values do not matter.
inline Trace any_trace(const Layer& layer) {
  Map input(layer.in_channels, layer.input);
  input.values = ramp(static_cast<std::int64_t>(input.values.size()));
  Kernel kernel = kernel_of(layer);
  kernel.values = ramp(static_cast<std::int64_t>(kernel.values.size()));
  return Trace(layer, std::move(input), std::move(kernel), {});
}

}  // namespace convreel::test
