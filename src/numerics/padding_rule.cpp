#include "numerics/padding_rule.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "numerics/axis.hpp"

namespace convreel::numerics {

namespace {

using base::Problem;

std::string torch_class(const Layer& layer) { return fmt::format("{}{}d", layer.row().torch_name, layer.dims); }

void apply_strided_same(Layer& layer, bool lower) {
  for (int a = first_axis(layer.dims); a < kAxes; ++a) {
    if (!layer.transposed()) {
      layer.padding[a] =
          same_padding_strided(layer.input[a], layer.kernel[a], layer.stride[a], layer.dilation[a], lower);
      continue;
    }
    const auto same = same_padding_transposed(layer.kernel[a], layer.stride[a], layer.dilation[a], lower);
    layer.padding[a] = same.crop;
    layer.output_padding[a] += same.output_padding;
  }
}

/// PyTorch's own 'same', which only a convolution with stride 1 has; other frameworks' has strides.
std::optional<Problem> apply_same(Layer& layer) {
  if (row_of(layer.rules).same_takes_strides) {
    apply_strided_same(layer, false);
    return std::nullopt;
  }
  const std::string hint =
      "--padding same-upper is TensorFlow's and ONNX's same, for any stride; " +
      allowing_rules(layer, [](const Layer& other) { return row_of(other.rules).same_takes_strides; });
  if (!layer.row().padding_modes)
    return Problem{fmt::format("PyTorch's {} has no padding 'same'", torch_class(layer)), hint};
  for (int a = first_axis(layer.dims); a < kAxes; ++a) {
    if (layer.stride[a] != 1)
      return Problem{fmt::format("padding 'same' needs stride 1 in PyTorch, but the stride is {} along {}",
                                 layer.stride[a], axis_name(a)),
                     hint};
    layer.padding[a] = same_padding(layer.kernel[a], layer.dilation[a]);
  }
  return std::nullopt;
}

/// 'valid' crops nothing; TensorFlow's transposed layer then gives every input at least a stride of output.
void apply_valid(Layer& layer) {
  layer.padding = {};
  if (!row_of(layer.rules).valid_gives_strides) return;
  for (int a = first_axis(layer.dims); layer.transposed() && a < kAxes; ++a)
    layer.output_padding[a] += std::max<std::int64_t>(0, layer.stride[a] - axis_of(layer, a).ke());
}

void apply_full(Layer& layer) {
  for (int a = first_axis(layer.dims); a < kAxes; ++a) {
    const std::int64_t p = axis_of(layer, a).ke() - 1;
    layer.padding[a] = {p, p};
  }
}

/// No output sees what comes after it: all padding stands before. Only sequences have a before.
std::optional<Problem> apply_causal(Layer& layer) {
  if (!layer.row().padding_modes || layer.dims != 1)
    return Problem{fmt::format("{} has no padding 'causal'", torch_class(layer)),
                   "only a 1-D convolution has it, of d(k - 1) cells before the input"};
  layer.padding[kAxes - 1] = {axis_of(layer, kAxes - 1).ke() - 1, 0};
  return std::nullopt;
}

}  // namespace

std::optional<Problem> apply(PaddingRule rule, Layer& layer) {
  switch (rule) {
    case PaddingRule::same:
      return apply_same(layer);
    case PaddingRule::causal:
      return apply_causal(layer);
    case PaddingRule::valid:
      apply_valid(layer);
      break;
    case PaddingRule::full:
      apply_full(layer);
      break;
    case PaddingRule::same_upper:
      apply_strided_same(layer, false);
      break;
    case PaddingRule::same_lower:
      apply_strided_same(layer, true);
      break;
  }
  return std::nullopt;
}

void crop_to(const Cell& output, bool lower, Layer& layer) {
  for (int a = first_axis(layer.dims); a < kAxes; ++a) {
    const std::int64_t last = output[a] - (layer.input[a] - 1) * layer.stride[a];
    const TransposedSame crop = cropped_to(layer.kernel[a], layer.dilation[a], last - layer.output_padding[a], lower);
    layer.padding[a] = crop.crop;
    layer.output_padding[a] += crop.output_padding;
  }
}

void apply_same_with_output_padding(Layer& layer) {
  Cell output{1, 1, 1};
  for (int a = first_axis(layer.dims); a < kAxes; ++a)
    output[a] = (layer.input[a] - 1) * layer.stride[a] + axis_of(layer, a).ke() % 2 + layer.output_padding[a];
  layer.output_padding = {};
  crop_to(output, false, layer);
}

bool padded_by_name(const Layer& layer) {
  bool valid = true, same = true, causal = layer.row().padding_modes && layer.dims == 1;
  for (int a = first_axis(layer.dims); a < kAxes; ++a) {
    const Axis axis = axis_of(layer, a);
    valid = valid && axis.p == Sides{};
    causal = causal && axis.p == Sides{axis.ke() - 1, 0};
    if (!layer.transposed()) {
      same = same && axis.p == same_padding_strided(axis.i, axis.k, axis.s, axis.d, false);
      continue;
    }
    const std::int64_t last = axis.ke() - axis.p.sum() + axis.op, asked = last - axis.ke() % 2;
    const TransposedSame crop = cropped_to(axis.k, axis.d, last, false);
    same = same && (last == axis.s || (asked >= 0 && asked < axis.s)) && crop.crop == axis.p &&
           crop.output_padding == axis.op;
  }
  return valid || same || causal;
}

}  // namespace convreel::numerics
