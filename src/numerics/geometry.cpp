#include <algorithm>
#include <limits>
#include <utility>

#include "numerics/arithmetic.hpp"
#include "numerics/axis.hpp"
#include "numerics/layer.hpp"

namespace convreel::numerics {

namespace {

// Lists longer than this are cut: nobody reads them, and a hostile stride must not take memory.
constexpr std::int64_t kLongestList = 1 << 16;
constexpr std::int64_t kLargestInput = (std::int64_t{1} << 31) - 1;

std::vector<std::int64_t> counted(std::int64_t first, std::int64_t last) {
  std::vector<std::int64_t> list;
  for (std::int64_t n = first; n <= last && n - first < kLongestList; ++n) list.push_back(n);
  return list;
}

/// True when an input of `i` cells gives more than `o` outputs (`or_as_many`: at least `o`). Grows with i.
bool gives(const Layer& layer, Axis axis, std::int64_t i, std::int64_t o, bool or_as_many) {
  axis.i = i;
  const auto limit = padding_limit(layer, axis);
  if (limit && std::max(axis.p.before, axis.p.after) > *limit) return false;
  const auto size = output_size(layer, axis);
  return size && (or_as_many ? *size >= o : *size > o);
}

std::int64_t first_input(const Layer& layer, const Axis& axis, std::int64_t o, bool or_as_many) {
  std::int64_t low = 1, high = kLargestInput + 1;
  while (low < high) {
    const std::int64_t middle = low + (high - low) / 2;
    if (gives(layer, axis, middle, o, or_as_many)) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}

void derive_axis(const Layer& layer, int a, Geometry& g) {
  const Axis axis = axis_of(layer, a);
  const std::int64_t ke = axis.ke();
  g.effective_kernel[a] = ke;
  g.output[a] = *output_size(layer, axis);
  g.window_dilation[a] = axis.d;
  if (layer.transposed()) {
    g.zeros_inserted[a] = axis.s - 1;
    g.spread[a] = (axis.i - 1) * axis.s + 1;
    g.equivalent_padding[a] = {ke - 1 - axis.p.before, ke - 1 - axis.p.after + axis.op};
    g.window_stride[a] = 1;
    g.full[a] = (axis.i - 1) * axis.s + ke;
  } else {
    g.spread[a] = axis.i;
    g.equivalent_padding[a] = axis.p;
    g.window_stride[a] = axis.s;
    g.full[a] = g.output[a];
  }
  g.stretched[a] = g.spread[a] + g.equivalent_padding[a].sum();
}

}  // namespace

Geometry geometry(const Layer& layer) {
  auto problems = check(layer);
  if (!problems.empty()) throw base::Error(base::ErrorKind::impossible, std::move(problems));
  Geometry g;
  for (int a = 0; a < kAxes; ++a) derive_axis(layer, a, g);
  return g;
}

Cell small_size(const Layer& layer, const Geometry& geometry) {
  return layer.transposed() ? layer.input : geometry.output;
}

KernelPlane kernel_planes(const Layer& layer) {
  if (!layer.row().weights) return {};
  if (layer.transposed()) return {layer.in_channels, layer.out_channels / layer.groups};
  return {layer.out_channels, layer.in_channels / layer.groups};
}

KernelPlane kernel_plane(const Layer& layer, std::int64_t output_channel, std::int64_t input_channel) {
  if (!layer.row().weights) return {};
  if (layer.transposed()) return {input_channel, output_channel % (layer.out_channels / layer.groups)};
  return {output_channel, input_channel % (layer.in_channels / layer.groups)};
}

InputRange input_range_with_same_output(const Layer& layer, int axis) {
  const Axis one = axis_of(layer, axis);
  const std::int64_t o = geometry(layer).output[axis];
  return {first_input(layer, one, o, true), first_input(layer, one, o, false) - 1};
}

std::vector<std::int64_t> inputs_with_same_output(const Layer& layer, int axis) {
  const InputRange range = input_range_with_same_output(layer, axis);
  return counted(range.first, range.last);
}

std::vector<std::int64_t> legal_output_paddings(const Layer& layer, int axis) {
  return counted(0, std::max(layer.stride[axis], layer.dilation[axis]) - 1);
}

std::int64_t remainder(const Layer& layer, int axis) {
  const Axis one = axis_of(layer, axis);
  const std::int64_t convolved = layer.transposed() ? *output_size(layer, one) : one.i;
  return floor_mod(convolved + one.p.sum() - one.ke(), one.s);
}

std::int64_t parameter_count(const Layer& layer, bool bias) {
  if (!layer.row().weights) return 0;
  const std::int64_t weights = saturating_product(
      {layer.out_channels, layer.in_channels / layer.groups, layer.kernel[0], layer.kernel[1], layer.kernel[2]});
  return weights > std::numeric_limits<std::int64_t>::max() - layer.out_channels
             ? weights
             : weights + (bias ? layer.out_channels : 0);
}

std::int64_t product_count(const Layer& layer) {
  const Cell small = small_size(layer, geometry(layer));
  return saturating_product({small[0], small[1], small[2], layer.out_channels,
                             layer.in_channels / layer.channel_groups(), layer.kernel[0], layer.kernel[1],
                             layer.kernel[2]});
}

}  // namespace convreel::numerics
