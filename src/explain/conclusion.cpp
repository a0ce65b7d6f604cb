#include "explain/conclusion.hpp"

#include <fmt/format.h>

#include "explain/size.hpp"

namespace convreel::explain {

using numerics::Cell;
using numerics::Layer;
using numerics::Trace;

namespace {

/// "5×5 becomes 3×3", "6 cells stay 6".
std::string change(const Trace& trace) {
  const Layer& layer = trace.layer();
  const Cell &from = layer.input, &to = trace.output().size;
  const bool flat = layer.dims == 1, stays = from == to;
  const char* verb = flat && from[2] != 1 ? (stays ? "stay" : "become") : (stays ? "stays" : "becomes");
  return fmt::format("{}{} {} {}", size_text(from, layer.dims), flat ? (from[2] == 1 ? " cell" : " cells") : "", verb,
                     size_text(to, layer.dims));
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
  if (layer.transposed())
    return change(trace) + (undoes(layer) ? ": the shape that the convolution had comes back, its values do not" : "");
  const std::string places = size_text(trace.output().size, layer.dims);
  return fmt::format(
      "{}the window has {} {} on {}: {}",
      layer.stride == Cell{1, 1, 1} ? "" : fmt::format("at stride {} ", per_axis_text(layer.stride, layer.dims)),
      places, places == "1" ? "place" : "places", size_text(trace.geometry().stretched, layer.dims), change(trace));
}

}  // namespace convreel::explain
