#include "views/parts/running_sums.hpp"

#include <fmt/format.h>

#include "numerics/adjacency.hpp"

namespace convreel::views {

namespace {

constexpr std::int64_t kMaxLandings = 200'000;

}  // namespace

std::optional<std::string> RunningSums::refuses(const Layer& layer) {
  if (const auto why = numerics::Stamps::refuses(layer)) return why;
  const std::int64_t products = numerics::product_count(layer);
  if (products <= kMaxLandings) return std::nullopt;
  return fmt::format(
      "the layer makes {} products, and stamps are shown up to {}: use a smaller input or kernel, or "
      "fewer channels",
      products, kMaxLandings);
}

RunningSums::RunningSums(const numerics::Trace& trace) : trace_(trace), stamps_(trace) {
  const Layer& layer = trace.layer();
  Map sums(layer.out_channels, stamps_.sheet());
  std::vector<bool> touched(sums.values.size());
  for (std::int64_t c = 0; c < layer.out_channels; ++c)
    for (std::int64_t n = 0; n < numerics::area(sums.size); ++n)
      sums.at({c, numerics::unflat(n, sums.size)}) = start(c).value_or(0);
  const std::int64_t cells = numerics::area(layer.input);
  for (std::int64_t n = 0; n < layer.in_channels * cells; ++n) {
    const std::int64_t channel = n / cells;
    const numerics::OutputChannels fed = numerics::channels_fed(layer, channel);
    for (std::int64_t c = fed.first; c < fed.last; ++c) {
      const std::int64_t first = numerics::channels_read(layer, c).first;
      for (const numerics::Landing& landing : stamps_.stamp(n - first * cells, c).landings) {
        const Place at{c, landing.sheet};
        const std::size_t offset = sums.offset(at);
        const std::optional<double> before = touched[offset] ? std::optional(sums.values[offset]) : start(c);
        touched[offset] = true;
        sums.values[offset] += landing.product;
        landings_.push_back({at, landing.output, landing.w, landing.product, sums.values[offset], before});
      }
    }
    ends_.push_back(landings_.size());
  }
}

Place RunningSums::input(std::int64_t stamp) const { return numerics::place_at(stamp, trace_.layer().input); }

std::span<const Landed> RunningSums::landings(std::int64_t stamp) const {
  return {landings_.data() + landed(stamp), landed(stamp + 1) - landed(stamp)};
}

std::optional<double> RunningSums::start(std::int64_t output_channel) const {
  if (trace_.bias().empty()) return std::nullopt;
  return trace_.bias()[static_cast<std::size_t>(output_channel)];
}

std::string landing_range(const Layer& layer, const Cell& input) {
  const auto range = [&](int axis, std::string_view one, std::string_view many) {
    const std::int64_t first = input[axis] * layer.stride[axis];
    const std::int64_t last = first + layer.dilation[axis] * (layer.kernel[axis] - 1);
    if (first == last) return fmt::format("{} {}", one, first);
    std::string text = fmt::format("{} {}–{}", many, first, last);
    if (layer.dilation[axis] == 2) text += " (every 2nd)";
    if (layer.dilation[axis] == 3) text += " (every 3rd)";
    if (layer.dilation[axis] > 3) text += fmt::format(" (every {}th)", layer.dilation[axis]);
    return text;
  };
  if (layer.dims == 1) return range(2, "cell", "cells");
  const std::string flat = range(1, "row", "rows") + ", " + range(2, "column", "columns");
  return layer.dims == 2 ? flat : range(0, "slice", "slices") + ", " + flat;
}

}  // namespace convreel::views
