#include "numerics/axis.hpp"

#include <array>

#include "numerics/arithmetic.hpp"
#include "numerics/trace.hpp"

namespace convreel::numerics {

Axis axis_of(const Layer& layer, int axis) {
  return {layer.input[axis],    layer.kernel[axis],         layer.stride[axis],
          layer.dilation[axis], layer.output_padding[axis], layer.padding[axis]};
}

std::string_view axis_name(int axis) {
  constexpr std::array<std::string_view, kAxes> kNames{"depth", "rows", "columns"};
  return kNames.at(axis);
}

namespace {

/// Pooling with ceil_mode: the last window may hang over the end, but must begin before the end's padding.
std::int64_t ceil_output(const Axis& axis) {
  const std::int64_t o = ceil_div(axis.i + axis.p.sum() - axis.ke(), axis.s) + 1;
  return (o - 1) * axis.s >= axis.i + axis.p.before ? o - 1 : o;
}

std::vector<Hit> window_hits(const Layer& layer, const Axis& axis, std::int64_t y) {
  std::vector<Hit> found;
  found.reserve(static_cast<std::size_t>(axis.k));
  for (std::int64_t u = 0; u < axis.k; ++u) {
    const std::int64_t t = y * axis.s + u * axis.d - axis.p.before;
    if (t >= axis.i + axis.p.after) break;  // ceil mode: what hangs over the padded end is not there
    found.push_back({u, t, padded_index(t, axis.i, layer.padding_mode)});
  }
  return found;
}

std::vector<Hit> stamped_hits(const Axis& axis, std::int64_t y) {
  std::vector<Hit> found;
  for (std::int64_t u = 0; u < axis.k; ++u) {
    const std::int64_t t = y + axis.p.before - u * axis.d;
    if (t < 0 || t % axis.s != 0 || t / axis.s >= axis.i) continue;
    found.push_back({u, t / axis.s, t / axis.s});
  }
  return found;
}

}  // namespace

std::optional<std::int64_t> output_size(const Layer& layer, const Axis& axis) {
  if (layer.transposed()) return (axis.i - 1) * axis.s + axis.ke() - axis.p.sum() + axis.op;
  if (axis.i + axis.p.sum() < axis.ke() && !layer.ceil_mode) return std::nullopt;
  if (layer.ceil_mode) {
    // PyTorch rounds up before it asks whether the window fits: an overhang alone may make the one window.
    const std::int64_t o = ceil_output(axis);
    return o < 1 ? std::nullopt : std::optional(o);
  }
  return floor_div(axis.i + axis.p.sum() - axis.ke(), axis.s) + 1;
}

std::optional<std::int64_t> padding_limit(const Layer& layer, const Axis& axis) {
  if (layer.row().pools)
    return row_of(layer.rules).pool_padding == PoolPadding::half_the_kernel ? axis.ke() / 2 : axis.ke() - 1;
  if (layer.padding_mode == PaddingMode::reflect) return axis.i - 1;
  if (layer.padding_mode == PaddingMode::circular) return axis.i;
  return std::nullopt;
}

std::vector<Hit> hits(const Layer& layer, int axis, std::int64_t y) {
  const Axis one = axis_of(layer, axis);
  return layer.transposed() ? stamped_hits(one, y) : window_hits(layer, one, y);
}

std::optional<std::int64_t> padded_index(std::int64_t t, std::int64_t n, PaddingMode mode) {
  if (t >= 0 && t < n) return t;
  switch (mode) {
    case PaddingMode::zeros:
      return std::nullopt;
    case PaddingMode::reflect: {
      const std::int64_t mirrored = t < 0 ? -t : 2 * (n - 1) - t;
      return mirrored >= 0 && mirrored < n ? std::optional(mirrored) : std::nullopt;
    }
    case PaddingMode::replicate:
      return t < 0 ? 0 : n - 1;
    case PaddingMode::circular:
      return floor_mod(t, n);
  }
  return std::nullopt;
}

}  // namespace convreel::numerics
