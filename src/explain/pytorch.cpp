#include "explain/pytorch.hpp"

#include <algorithm>
#include <array>

#include "explain/by_axis.hpp"
#include "explain/python.hpp"

namespace convreel::explain {

using numerics::Cell;
using numerics::first_axis;
using numerics::kAxes;
using numerics::Layer;
using numerics::Padding;

namespace {

bool symmetric(const Padding& padding) {
  return std::all_of(padding.begin(), padding.end(), [](const auto& side) { return side.before == side.after; });
}

Cell befores(const Padding& padding) { return {padding[0].before, padding[1].before, padding[2].before}; }

/// PyTorch's own 'same', which it understands although it is not symmetric.
bool same(const Layer& layer) {
  for (int a = first_axis(layer.dims); a < kAxes; ++a)
    if (layer.stride[a] != 1 || layer.padding[a] != numerics::same_padding(layer.kernel[a], layer.dilation[a]))
      return false;
  return true;
}

std::string explicit_pad(const Layer& layer) {
  std::string extra;
  if (layer.padding_mode != numerics::PaddingMode::zeros)
    extra = fmt::format(", mode='{}'", numerics::name(layer.padding_mode));
  if (layer.row().padding != 0) extra = fmt::format(", value=float('{}')", layer.row().padding);
  return fmt::format("F.pad(x, ({}){})", torch_widths(layer.padding, layer.dims), extra);
}

std::string channels(const Layer& layer) {
  return fmt::format("{}, {}, kernel_size={}, stride={}", layer.in_channels, layer.out_channels,
                     python_tuple(layer.kernel, layer.dims), python_tuple(layer.stride, layer.dims));
}

std::string convolution_tail(const Layer& layer, bool bias) {
  std::string text;
  if (layer.dilation != Cell{1, 1, 1}) text += ", dilation=" + python_tuple(layer.dilation, layer.dims);
  if (layer.output_padding != Cell{}) text += ", output_padding=" + python_tuple(layer.output_padding, layer.dims);
  if (layer.groups != 1) text += fmt::format(", groups={}", layer.groups);
  if (!bias) text += ", bias=False";
  if (layer.padding_mode != numerics::PaddingMode::zeros)
    text += fmt::format(", padding_mode='{}'", numerics::name(layer.padding_mode));
  return text;
}

TorchCall convolution(Layer layer, bool bias) {
  std::string before, padding;
  if (!symmetric(layer.padding) && same(layer)) {
    padding = ", padding='same'";
  } else if (!symmetric(layer.padding)) {
    before = explicit_pad(layer);
    layer.padding_mode = numerics::PaddingMode::zeros;
  } else if (befores(layer.padding) != Cell{}) {
    padding = ", padding=" + python_tuple(befores(layer.padding), layer.dims);
  }
  return {before,
          fmt::format("nn.{}{}d({}{}{})", layer.row().torch_name, layer.dims, channels(layer), padding,
                      convolution_tail(layer, bias)),
          {},
          {}};
}

/// A crop that differs at both ends: more output padding where that is legal, else a slice of a larger output.
TorchCall transposed(Layer layer, bool bias) {
  std::string slices;
  for (int a = first_axis(layer.dims); a < kAxes; ++a) {
    auto& p = layer.padding[a];
    const std::int64_t longer = layer.output_padding[a] + p.before - p.after;
    std::int64_t begin = 0, end = 0;
    if (p.before > p.after && longer < std::max(layer.stride[a], layer.dilation[a])) {
      layer.output_padding[a] = longer;
      p.after = p.before;
    } else {
      const std::int64_t both = std::min(p.before, p.after);
      begin = p.before - both;
      end = p.after - both;
      p = {both, both};
    }
    slices += fmt::format(", {}:{}", begin > 0 ? fmt::format("{}", begin) : "", end > 0 ? fmt::format("-{}", end) : "");
  }
  const bool sliced = slices.find_first_of("0123456789") != std::string::npos;
  const std::string padding =
      befores(layer.padding) == Cell{} ? "" : ", padding=" + python_tuple(befores(layer.padding), layer.dims);
  return {{},
          fmt::format("nn.{}{}d({}{}{})", layer.row().torch_name, layer.dims, channels(layer), padding,
                      convolution_tail(layer, bias)),
          sliced ? fmt::format("[...{}]", slices) : "",
          {}};
}

std::string average_tail(const Layer& layer) {
  std::string text;
  if (layer.ceil_mode) text += ", ceil_mode=True";
  if (!layer.count_include_pad) text += ", count_include_pad=False";
  if (layer.divisor_override && layer.dims > 1) text += fmt::format(", divisor_override={}", *layer.divisor_override);
  return text;
}

/// An explicit pad makes the padding part of the input, which pooling's own rules then treat as such.
const char* lost_by_padding_first(const Layer& layer, const Layer& padded) {
  if (numerics::geometry(padded).output != numerics::geometry(layer).output)
    return "  # not the same: PyTorch has no asymmetric padding here, and ceil mode counts differently after F.pad";
  if (layer.row().divides && !layer.count_include_pad && !layer.divisor_override)
    return "  # not the same: PyTorch has no asymmetric padding here, and after F.pad its zeros are counted";
  return "";
}

TorchCall pooling(Layer layer) {
  std::string before, after;
  if (!symmetric(layer.padding)) {
    before = explicit_pad(layer);
    Layer padded = layer;
    for (int a = 0; a < kAxes; ++a) padded.input[a] += padded.padding[a].sum();
    padded.padding = {};
    after = lost_by_padding_first(layer, padded);
    layer = padded;
  }
  if (layer.dims == 1 && layer.divisor_override) after = "  # not the same: AvgPool1d has no divisor_override";
  const std::string tail = layer.row().divides
                               ? average_tail(layer)
                               : fmt::format(", dilation={}, ceil_mode={}", python_sizes(layer.dilation, layer.dims),
                                             python_bool(layer.ceil_mode));
  return {before,
          fmt::format("nn.{}{}d(kernel_size={}, stride={}, padding={}{})", layer.row().torch_name, layer.dims,
                      python_sizes(layer.kernel, layer.dims), python_sizes(layer.stride, layer.dims),
                      python_sizes(befores(layer.padding), layer.dims), tail),
          {},
          after};
}

}  // namespace

std::string_view last_axes(int dims) {
  static constexpr std::array<std::string_view, kAxes> kAxesFromTheEnd{"-1", "-2, -1", "-3, -2, -1"};
  return kAxesFromTheEnd.at(static_cast<std::size_t>(dims - 1));
}

TorchCall torch_call(const Layer& layer, bool bias) {
  if (!layer.row().weights) return pooling(layer);
  return layer.transposed() ? transposed(layer, bias) : convolution(layer, bias);
}

std::string pytorch_line(const Layer& layer, bool bias) {
  const TorchCall call = torch_call(layer, bias);
  const std::string line = fmt::format("{}{}{}{}", call.pad.empty() ? "" : fmt::format("x = {}; ", call.pad), call.call,
                                       call.slice.empty() ? "" : "(x)" + call.slice, call.comment);
  if (!layer.flip_kernel) return line;
  return fmt::format("{}  # PyTorch does not flip kernels: give it weight.flip({})", line, last_axes(layer.dims));
}

}  // namespace convreel::explain
