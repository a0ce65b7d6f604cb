#include "views/roundtrip/reunion.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "explain/size.hpp"

namespace convreel::views {

namespace {

bool same_value(double a, double b) {
  return a == b || std::abs(a - b) <= 1e-9 * std::max({1.0, std::abs(a), std::abs(b)});
}

}  // namespace

Layer layer_back(const Layer& layer) {
  Layer back = layer;
  back.kind = *layer.row().adjoint;
  back.input = numerics::geometry(layer).output;
  std::swap(back.in_channels, back.out_channels);
  for (int a = 0; a < numerics::kAxes; ++a)
    back.output_padding[a] = layer.transposed() ? 0 : numerics::remainder(layer, a);
  return back;
}

std::optional<std::string> no_way_back(const Layer& layer) {
  if (!layer.row().adjoint)
    return fmt::format("{} has no weights to go back with: roundtrip takes convolutions; use backward",
                       layer.row().family);
  if (layer.padding_mode != numerics::PaddingMode::zeros)
    return fmt::format("a transposed layer has no {} padding to undo: use zero padding, or the slide view",
                       numerics::name(layer.padding_mode));
  const Layer back = layer_back(layer);
  if (const auto problems = numerics::check(back); !problems.empty())
    return "the layer has no way back: " + problems.front().message;
  if (const numerics::Cell size = numerics::geometry(back).output; size != layer.input)
    return fmt::format(
        "the way back gives {} and not {}, because the output padding is not below the stride: use "
        "zero-insertion or stamp",
        explain::size_text(size, layer.dims), explain::size_text(layer.input, layer.dims));
  return std::nullopt;
}

numerics::Trace sent_back(const numerics::Trace& trace) {
  return {layer_back(trace.layer()), trace.output(), trace.kernel(), {}};
}

Map difference(const Map& restored, const Map& input) {
  Map error = restored;
  for (std::size_t v = 0; v < error.values.size(); ++v)
    error.values[v] = same_value(restored.values[v], input.values[v]) ? 0 : restored.values[v] - input.values[v];
  return error;
}

}  // namespace convreel::views
