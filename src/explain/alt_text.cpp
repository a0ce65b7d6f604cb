#include "explain/alt_text.hpp"

#include <fmt/format.h>

#include "explain/by_axis.hpp"
#include "explain/size.hpp"
#include "explain/title.hpp"
#include "words/sentences.hpp"

namespace convreel::explain {

using numerics::Layer;
using numerics::Trace;

namespace {

std::vector<std::string> parameters(const Layer& layer) {
  const bool kernel = layer.row().weights, flat = layer.dims == 1;
  std::vector<std::string> each{words::say(flat ? (kernel ? words::kKernelLength : words::kWindowLength)
                                                : (kernel ? words::kKernelSize : words::kWindowSize),
                                           {{"size", size_text(layer.kernel, layer.dims)}}),
                                words::say(words::kStride, {{"stride", per_axis_text(layer.stride, layer.dims)}}),
                                words::say(words::kPadding, {{"padding", padding_text(layer.padding, layer.dims)}})};
  if (layer.dilation != numerics::Cell{1, 1, 1})
    each.push_back(words::say(words::kDilation, {{"dilation", per_axis_text(layer.dilation, layer.dims)}}));
  if (layer.output_padding != numerics::Cell{})
    each.push_back(words::say(words::kOutputPadding, {{"padding", per_axis_text(layer.output_padding, layer.dims)}}));
  if (layer.padding_mode != numerics::PaddingMode::zeros)
    each.push_back(words::say(words::kPaddingMode, {{"mode", numerics::name(layer.padding_mode)}}));
  if (layer.groups > 1) each.push_back(words::say(words::kGroups, {{"n", layer.groups}}));
  if (layer.ceil_mode) each.push_back(words::say(words::kCeilMode));
  if (layer.rules != numerics::Rules::pytorch)
    each.push_back(words::say(words::kRulesOf, {{"framework", numerics::row_of(layer.rules).title}}));
  return each;
}

std::string input_words(const Trace& trace) {
  const int dims = trace.layer().dims;
  const std::string size = map_text(trace.input(), dims), first = size.substr(0, size.find("×"));
  // "an 8×8 input", "an 11×11 input": the numbers that begin with a vowel's sound.
  const bool vowel = first[0] == '8' || first == "11" || first == "18";
  const words::Sentence& input = dims == 1 ? words::kAnInputStrip : vowel ? words::kAnInputVowel : words::kAnInput;
  return words::say(input, {{"size", size}});
}

}  // namespace

std::string alt_text(const Trace& trace) {
  const Layer& layer = trace.layer();
  return words::say(words::kAltText, {{"layer", layer_title(layer)},
                                      {"parameters", words::listed(parameters(layer))},
                                      {"input", input_words(trace)},
                                      {"output", map_text(trace.output(), layer.dims)}});
}

}  // namespace convreel::explain
