#include "numerics/reducers.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

#include "numerics/axis.hpp"
#include "numerics/trace.hpp"

namespace convreel::numerics {

namespace {

double products_of(const Step& step) {
  double sum = 0;
  for (const Term& term : step.terms) sum += term.x * term.w;
  return sum;
}

/// The first of the values that no other is better than. `worst` is what a window of padding alone comes to.
template <class Better>
void take_best(Step& step, double worst, Better better) {
  step.sum = worst;
  for (std::size_t n = 0; n < step.terms.size(); ++n) {
    const Term& term = step.terms[n];
    if (!term.input) continue;
    const bool wins = !step.winner || better(term.x, step.sum) || (std::isnan(term.x) && !std::isnan(step.sum));
    if (!wins) continue;
    step.winner = n;
    step.sum = term.x;
  }
}

/// What an average pooling window's sum is divided by, `output` counted in cells.
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

}  // namespace

void sum_products(const Layer&, Step& step) { step.sum = products_of(step) + step.bias; }

void take_maximum(const Layer& layer, Step& step) { take_best(step, layer.row().padding, std::greater{}); }

void take_mean(const Layer& layer, Step& step) {
  step.divisor = average_divisor(layer, step.output.cell);
  step.sum = products_of(step) / step.divisor;
}

}  // namespace convreel::numerics
