#include "numerics/step.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "base/cancel.hpp"
#include "numerics/accumulate.hpp"

namespace convreel::numerics {

CellHits cell_hits(const Layer& layer, const Cell& output) {
  return {hits(layer, 0, output[0]), hits(layer, 1, output[1]), hits(layer, 2, output[2])};
}

namespace {

void add_terms(const Layer& layer, const Map& input, const Kernel& kernel, Step& step) {
  const CellHits hits = cell_hits(layer, step.output.cell);
  const ChannelRange range = channels_read(layer, step.output.channel);
  for (std::int64_t ic = range.first; ic < range.last; ++ic)
    each_hit(hits, [&](const CellHit& hit) {
      const WeightIndex index = weight_index(layer, step.output.channel, ic, hit.tap);
      Term term;
      if (hit.cell) term.input = Place{ic, *hit.cell};
      term.looked_at = {ic, hit.looked_at};
      term.outer = index.outer;
      term.inner = index.inner;
      term.tap = index.tap;
      term.x = term.input ? input.at(*term.input) : layer.row().padding;
      if (!kernel.empty()) term.w = kernel.at(index.outer, index.inner, index.tap);
      step.terms.push_back(term);
    });
}

}  // namespace

Step Trace::step(std::int64_t index) const {
  base::stop_if_cancelled();
  if (index < 0 || index >= step_count())
    throw base::Error(base::ErrorKind::impossible,
                      fmt::format("step {} does not exist: the steps are 0 to {}", index, step_count() - 1));
  Step step;
  step.index = index;
  step.output = place_at(index, output_->size);
  if (!bias_.empty()) step.bias = bias_[static_cast<std::size_t>(step.output.channel)];
  add_terms(layer_, *input_, kernel_, step);
  layer_.row().reduce(layer_, step);
  return step;
}

std::vector<Term> in_reading_order(const Step& step) {
  std::vector<Term> terms = step.terms;
  std::stable_sort(terms.begin(), terms.end(), [](const Term& a, const Term& b) {
    return std::tie(a.looked_at.channel, a.looked_at.cell) < std::tie(b.looked_at.channel, b.looked_at.cell);
  });
  return terms;
}

bool counted(const Layer& layer, const Term& term) {
  if (term.input) return true;
  for (int a = 0; a < kAxes; ++a)
    if (term.looked_at.cell[a] >= layer.input[a] + layer.padding[a].after) return false;
  return layer.count_include_pad;
}

Map pooled(const Layer& layer, const Geometry& geometry, const Map& input) {
  Map output(layer.out_channels, geometry.output);
  Step step;
  for (std::int64_t n = 0; n < static_cast<std::int64_t>(output.values.size()); ++n) {
    step = {};
    step.output = place_at(n, output.size);
    add_terms(layer, input, {}, step);
    layer.row().reduce(layer, step);
    output.values[static_cast<std::size_t>(n)] = step.sum;
  }
  return output;
}

}  // namespace convreel::numerics
