#include "explain/conclusion.hpp"

#include "explain/size.hpp"
#include "words/sentences.hpp"

namespace convreel::explain {

using numerics::Cell;
using numerics::Layer;
using numerics::Trace;

namespace {

/// "5×5 becomes 3×3", "6 cells stay 6".
std::string change(const Trace& trace) {
  const Layer& layer = trace.layer();
  const Cell &from = layer.input, &to = trace.output().size;
  const bool stays = from == to;
  const words::Sentence& said = layer.dims > 1 ? (stays ? words::kStays : words::kBecomes)
                                : from[2] == 1 ? (stays ? words::kCellStays : words::kCellBecomes)
                                               : (stays ? words::kCellsStay : words::kCellsBecome);
  return words::say(said, {{"from", size_text(from, layer.dims)}, {"to", size_text(to, layer.dims)}});
}

/// True when the convolution with the same parameters makes the transposed layer's input of its output.
bool undoes(const Layer& layer) {
  for (int a = 0; a < numerics::kAxes; ++a)
    if (layer.output_padding[a] >= layer.stride[a]) return false;
  return true;
}

}  // namespace

std::string conclusion(const Trace& trace) {
  const Layer& layer = trace.layer();
  const std::string become = change(trace);
  if (layer.transposed()) return undoes(layer) ? words::say(words::kShapeOfConvolution, {{"change", become}}) : become;
  const std::string places = size_text(trace.output().size, layer.dims);
  const bool one = places == "1", strides = layer.stride != Cell{1, 1, 1};
  std::vector<words::Blank> blanks{
      {"places", places}, {"map", size_text(trace.geometry().stretched, layer.dims)}, {"change", become}};
  if (strides) blanks.emplace_back("stride", per_axis_text(layer.stride, layer.dims));
  return words::say(
      strides ? (one ? words::kOnePlaceAtStride : words::kPlacesAtStride) : (one ? words::kOnePlace : words::kPlaces),
      blanks);
}

}  // namespace convreel::explain
