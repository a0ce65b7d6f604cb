#include "numerics/step.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "numerics/accumulate.hpp"

namespace convreel::numerics {

CellHits cell_hits(const Layer& layer, const Cell& output) {
  return {hits(layer, 0, output[0]), hits(layer, 1, output[1]), hits(layer, 2, output[2])};
}

double average_divisor(const Layer& layer, const Cell& output) {
  if (layer.divisor_override) return static_cast<double>(*layer.divisor_override);
  std::int64_t cells = 1;
  for (int a = 0; a < kAxes; ++a) {
    const Axis axis = axis_of(layer, a);
    const std::int64_t begin = output[a] * axis.s - axis.p.before;
    // The window is clipped to the explicit padding: an overhang of ceil_mode never counts.
    const std::int64_t end = std::min(begin + axis.k, axis.i + axis.p.after);
    cells *= layer.count_include_pad ? end - begin : std::min(end, axis.i) - std::max<std::int64_t>(begin, 0);
  }
  return static_cast<double>(cells);
}

namespace {

/// Follows PyTorch: padding never wins, the first maximum wins, NaN beats everything.
void take_maximum(Step& step) {
  step.sum = -std::numeric_limits<double>::infinity();
  for (std::size_t n = 0; n < step.terms.size(); ++n) {
    const Term& term = step.terms[n];
    if (!term.input) continue;
    const bool better = !step.winner || term.x > step.sum || (std::isnan(term.x) && !std::isnan(step.sum));
    if (!better) continue;
    step.winner = n;
    step.sum = term.x;
  }
}

double sum_of_products(const Step& step) {
  double sum = 0;
  for (const Term& term : step.terms) sum += term.x * term.w;
  return sum;
}

}  // namespace

void conclude(const Layer& layer, Step& step) {
  if (layer.kind == LayerKind::max_pool) return take_maximum(step);
  if (layer.kind == LayerKind::avg_pool) step.divisor = average_divisor(layer, step.output.cell);
  step.sum = sum_of_products(step);
  if (layer.pooling()) {
    step.sum /= step.divisor;
  } else {
    step.sum += step.bias;
  }
}

namespace {

double padding_value(const Layer& layer) {
  return layer.kind == LayerKind::max_pool ? -std::numeric_limits<double>::infinity() : 0.0;
}

void add_pooling_terms(const Layer& layer, const Map& input, Step& step) {
  const std::int64_t channel = step.output.channel;
  each_hit(cell_hits(layer, step.output.cell), [&](const CellHit& hit) {
    Term term;
    if (hit.cell) term.input = Place{channel, *hit.cell};
    term.looked_at = {channel, hit.looked_at};
    term.tap = hit.tap;
    term.x = term.input ? input.at(*term.input) : padding_value(layer);
    step.terms.push_back(term);
  });
}

void add_products(const Trace& trace, const CellHits& hits, std::int64_t input_channel, Step& step) {
  each_hit(hits, [&](const CellHit& hit) {
    const WeightIndex index = weight_index(trace.layer(), step.output.channel, input_channel, hit.tap);
    Term term;
    if (hit.cell) term.input = Place{input_channel, *hit.cell};
    term.looked_at = {input_channel, hit.looked_at};
    term.outer = index.outer;
    term.inner = index.inner;
    term.tap = index.tap;
    term.x = term.input ? trace.input().at(*term.input) : 0.0;
    term.w = trace.kernel().at(index.outer, index.inner, index.tap);
    step.terms.push_back(term);
  });
}

Place place_of(std::int64_t index, const Map& map) {
  const std::int64_t cells = area(map.size);
  return {index / cells, unflat(index % cells, map.size)};
}

}  // namespace

Step Trace::step(std::int64_t index) const {
  if (index < 0 || index >= step_count())
    throw base::Error(base::ErrorKind::impossible,
                      fmt::format("step {} does not exist: the steps are 0 to {}", index, step_count() - 1));
  Step step;
  step.index = index;
  step.output = place_of(index, output_);
  if (layer_.pooling()) {
    add_pooling_terms(layer_, input_, step);
  } else {
    const CellHits hits = cell_hits(layer_, step.output.cell);
    const ChannelRange range = channels_read(layer_, step.output.channel);
    for (std::int64_t ic = range.first; ic < range.last; ++ic) add_products(*this, hits, ic, step);
    if (!bias_.empty()) step.bias = bias_[static_cast<std::size_t>(step.output.channel)];
  }
  conclude(layer_, step);
  return step;
}

Map pooled(const Layer& layer, const Geometry& geometry, const Map& input) {
  Map output(layer.out_channels, geometry.output);
  Step step;
  for (std::int64_t n = 0; n < static_cast<std::int64_t>(output.values.size()); ++n) {
    step = {};
    step.output = place_of(n, output);
    add_pooling_terms(layer, input, step);
    conclude(layer, step);
    output.values[static_cast<std::size_t>(n)] = step.sum;
  }
  return output;
}

}  // namespace convreel::numerics
