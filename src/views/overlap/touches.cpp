#include "views/overlap/touches.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "numerics/stamp.hpp"

namespace convreel::views {

namespace {

constexpr std::int64_t kMaxTouches = 200'000;

std::vector<Cell> stamped_cells(const numerics::Stamps& stamps, std::int64_t input) {
  std::vector<Cell> cells;
  for (const numerics::Landing& landing : stamps.stamp(input, 0).landings) cells.push_back(landing.sheet);
  return cells;
}

std::vector<Cell> read_cells(const Trace& trace, std::int64_t output) {
  std::vector<Cell> cells;
  for (const numerics::Term& term : trace.step(output).terms)
    if (term.input && term.input->channel == 0) cells.push_back(term.input->cell);
  return cells;
}

std::int64_t step_count(const Layer& layer, const numerics::Geometry& geometry) {
  return numerics::area(numerics::small_size(layer, geometry));
}

}  // namespace

Touches::Touches(const Trace& trace) {
  const Layer& layer = trace.layer();
  std::optional<numerics::Stamps> stamps;
  if (layer.transposed()) stamps.emplace(trace);
  size = stamps ? stamps->sheet() : layer.input;
  numerics::Map sums(1, size);
  for (std::int64_t n = 0; n < step_count(layer, trace.geometry()); ++n) {
    for (const Cell& cell : stamps ? stamped_cells(*stamps, n) : read_cells(trace, n)) {
      double& sum = sums.at({0, cell});
      sum += 1;
      cells.push_back(cell);
      counts.push_back(static_cast<std::int64_t>(sum));
      most = std::max(most, counts.back());
    }
    ends.push_back(cells.size());
  }
}

std::optional<std::string> Touches::refuses(const Layer& layer) {
  const std::int64_t touches = step_count(layer, numerics::geometry(layer)) * numerics::area(layer.kernel);
  if (touches <= kMaxTouches) return std::nullopt;
  return fmt::format(
      "the layer makes {} products a channel, and overlap counts up to {}: use a smaller input or kernel", touches,
      kMaxTouches);
}

}  // namespace convreel::views
