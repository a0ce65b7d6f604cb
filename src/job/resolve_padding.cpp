// Padding by number and by name, and the output padding that a wanted output size asks for.
#include <fmt/format.h>

#include <algorithm>

#include "job/layer_name.hpp"
#include "job/resolve_parts.hpp"

namespace convreel::job {

namespace {

using numerics::Layer;
using numerics::Sides;

std::int64_t effective(const Layer& layer, int axis) { return layer.dilation[axis] * (layer.kernel[axis] - 1) + 1; }

constexpr std::string_view kAxisNames[] = {"depth", "rows", "columns"};

/// PyTorch's own 'same', which only a convolution with stride 1 has.
void apply_same(const LayerName& name, Layer& layer, Problems& problems) {
  const std::string hint = "--padding same-upper is TensorFlow's and ONNX's same, for any stride";
  if (!layer.row().padding_modes) {
    problems.push_back({fmt::format("PyTorch's {} has no padding 'same'", torch_name(name)), hint});
    return;
  }
  for (int a = numerics::first_axis(layer.dims); a < numerics::kAxes; ++a) {
    if (layer.stride[a] != 1) {
      problems.push_back({fmt::format("padding 'same' needs stride 1 in PyTorch, but the stride is {} along {}",
                                      layer.stride[a], kAxisNames[a]),
                          hint});
      return;
    }
    layer.padding[a] = numerics::same_padding(layer.kernel[a], layer.dilation[a]);
  }
}

void apply_strided_same(Layer& layer, bool lower) {
  for (int a = numerics::first_axis(layer.dims); a < numerics::kAxes; ++a) {
    if (!layer.transposed()) {
      layer.padding[a] =
          numerics::same_padding_strided(layer.input[a], layer.kernel[a], layer.stride[a], layer.dilation[a], lower);
      continue;
    }
    const auto same = numerics::same_padding_transposed(layer.kernel[a], layer.stride[a], layer.dilation[a], lower);
    layer.padding[a] = same.crop;
    layer.output_padding[a] += same.output_padding;
  }
}

/// 'valid' crops nothing; TensorFlow's transposed layer then gives every input at least a stride of output.
void apply_valid(Layer& layer) {
  for (int a = numerics::first_axis(layer.dims); layer.transposed() && a < numerics::kAxes; ++a)
    layer.output_padding[a] += std::max<std::int64_t>(0, layer.stride[a] - effective(layer, a));
}

void apply_full(Layer& layer) {
  for (int a = numerics::first_axis(layer.dims); a < numerics::kAxes; ++a)
    layer.padding[a] = {effective(layer, a) - 1, effective(layer, a) - 1};
}

void apply_name(PaddingName padding, const LayerName& name, Layer& layer, Problems& problems) {
  switch (padding) {
    case PaddingName::same:
      return apply_same(name, layer, problems);
    case PaddingName::valid:
      return apply_valid(layer);
    case PaddingName::full:
      return apply_full(layer);
    case PaddingName::same_upper:
      return apply_strided_same(layer, false);
    case PaddingName::same_lower:
      return apply_strided_same(layer, true);
  }
}

void apply_sides(const std::vector<std::int64_t>& sides, const LayerName& name, Layer& layer) {
  const std::size_t wanted = 2 * static_cast<std::size_t>(layer.dims);
  if (sides.size() != wanted)
    throw base::Error(base::ErrorKind::usage,
                      fmt::format("--padding has {} sides, but {} has {}", sides.size(), job::name(name), wanted),
                      layer.dims == 1 ? "before,after" : "top,bottom,left,right; or ROWSxCOLUMNS");
  std::size_t next = 0;
  for (int a = numerics::first_axis(layer.dims); a < numerics::kAxes; ++a, next += 2)
    layer.padding[a] = {sides[next], sides[next + 1]};
}

std::string range_text(std::int64_t least, std::int64_t most) {
  return least == most ? fmt::format("{} only", least) : fmt::format("{} to {}", least, most);
}

void apply_output_size(const numerics::Cell& wanted, Layer& layer, Problems& problems) {
  for (int a = numerics::first_axis(layer.dims); a < numerics::kAxes; ++a) {
    const std::int64_t least = (layer.input[a] - 1) * layer.stride[a] + effective(layer, a) - layer.padding[a].sum();
    const std::int64_t most = least + layer.stride[a] - 1;
    layer.output_padding[a] = wanted[a] - least;
    if (most < 1) {
      problems.push_back({fmt::format("output size {} along {} is out of reach: padding {} crops all {} cells",
                                      wanted[a], kAxisNames[a], layer.padding[a].sum(), least + layer.padding[a].sum()),
                          "use less padding"});
      continue;
    }
    if (wanted[a] < least || wanted[a] > most)
      problems.push_back(
          {fmt::format("output size {} along {} is out of reach: stride {} allows {}", wanted[a], kAxisNames[a],
                       layer.stride[a], range_text(std::max<std::int64_t>(least, 1), most)),
           "change the output size, the padding or the stride"});
  }
}

}  // namespace

void decide_padding(const JobSpec& spec, const LayerName& name, Layer& layer, Problems& problems) {
  if (spec.output_padding) layer.output_padding = expand("output-padding", *spec.output_padding, name, 0);
  const PaddingSpec padding = spec.padding.value_or(PaddingSpec{{}, {0}, {}});
  if (padding.name)
    apply_name(*padding.name, name, layer, problems);
  else if (!padding.sides.empty())
    apply_sides(padding.sides, name, layer);
  else
    for (std::size_t a = 0; const std::int64_t p : expand("padding", padding.symmetric, name, 0))
      layer.padding[a++] = {p, p};
  if (spec.output_size) {
    layer.output_padding = {};
    apply_output_size(expand("output-size", *spec.output_size, name, 1), layer, problems);
  }
}

}  // namespace convreel::job
