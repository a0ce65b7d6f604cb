#include "numerics/gradient.hpp"

#include <fmt/format.h>

#include <utility>

#include "base/error.hpp"

namespace convreel::numerics {

namespace {

void check_shape(const Map& wanted, const Map& given) {
  if (given.channels == wanted.channels && given.size == wanted.size) return;
  const auto shape = [](const Map& map) {
    return fmt::format("{}x{}x{}x{}", map.channels, map.size[0], map.size[1], map.size[2]);
  };
  throw base::Error(base::ErrorKind::impossible,
                    fmt::format("the gradient at the output has shape {}, the output {}", shape(given), shape(wanted)),
                    "one number for each output cell");
}

void add_weighed(const Step& step, double g, Gradients& sums) {
  for (const Term& term : step.terms) {
    if (term.input) sums.input.at(*term.input) += term.w * g;
    sums.kernel.at(term.outer, term.inner, term.tap) += term.x * g;
  }
  if (!sums.bias.empty()) sums.bias[static_cast<std::size_t>(step.output.channel)] += g;
}

void add_pooled(const Step& step, double g, Gradients& sums) {
  if (step.winner) {
    if (const auto& won = step.terms[*step.winner].input) sums.input.at(*won) += g;
    return;
  }
  for (const Term& term : step.terms)
    if (term.input) sums.input.at(*term.input) += g / step.divisor;
}

}  // namespace

Gradients gradients(const Trace& trace, Map output) {
  check_shape(trace.output(), output);
  const Layer& layer = trace.layer();
  Gradients sums;
  sums.output = std::move(output);
  sums.input = Map(trace.input().channels, trace.input().size);
  if (layer.row().weights) sums.kernel = Kernel(trace.kernel().outer, trace.kernel().inner, trace.kernel().size);
  sums.bias.assign(trace.bias().size(), 0.0);
  for (std::int64_t n = 0; n < trace.step_count(); ++n) {
    const double g = sums.output.values[static_cast<std::size_t>(n)];
    layer.row().weights ? add_weighed(trace.step(n), g, sums) : add_pooled(trace.step(n), g, sums);
  }
  return sums;
}

}  // namespace convreel::numerics
