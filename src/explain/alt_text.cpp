#include "explain/alt_text.hpp"

#include <fmt/format.h>

#include "explain/by_axis.hpp"
#include "explain/size.hpp"
#include "explain/title.hpp"

namespace convreel::explain {

using numerics::Layer;
using numerics::Trace;

namespace {

std::string extras(const Layer& layer) {
  std::string text;
  if (layer.dilation != numerics::Cell{1, 1, 1}) text += ", dilation " + per_axis_text(layer.dilation, layer.dims);
  if (layer.output_padding != numerics::Cell{})
    text += ", output padding " + per_axis_text(layer.output_padding, layer.dims);
  if (layer.padding_mode != numerics::PaddingMode::zeros)
    text += fmt::format(", padding mode {}", numerics::name(layer.padding_mode));
  if (layer.groups > 1) text += fmt::format(", {} groups", layer.groups);
  if (layer.ceil_mode) text += ", ceil mode";
  if (layer.rules != numerics::Rules::pytorch)
    text += fmt::format(", by the rules of {}", numerics::row_of(layer.rules).title);
  return text;
}

std::string map_text(const numerics::Map& map, int dims) {
  const std::string size = size_text(map.size, dims);
  return map.channels > 1 ? fmt::format("{}×{}", map.channels, size) : size;
}

const char* article(const std::string& size) {
  // "an 8×8 input", "an 11×11 input", "an 18...": the numbers that begin with a vowel's sound.
  const std::string first = size.substr(0, size.find("×"));
  return first[0] == '8' || first == "11" || first == "18" ? "an" : "a";
}

}  // namespace

std::string alt_text(const Trace& trace) {
  const Layer& layer = trace.layer();
  const std::string kernel = size_text(layer.kernel, layer.dims), input = map_text(trace.input(), layer.dims);
  const char* what = layer.row().weights ? "kernel" : "window";
  const bool flat = layer.dims == 1;
  return fmt::format("{}: {}, stride {}, padding {}{} over {}; the output is {}.", layer_title(layer),
                     flat ? fmt::format("{} of {}", what, kernel) : fmt::format("{} {}", kernel, what),
                     per_axis_text(layer.stride, layer.dims), padding_text(layer.padding, layer.dims), extras(layer),
                     flat ? fmt::format("an input of {}", input) : fmt::format("{} {} input", article(input), input),
                     map_text(trace.output(), layer.dims));
}

}  // namespace convreel::explain
