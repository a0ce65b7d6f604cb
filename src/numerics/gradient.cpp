#include "numerics/gradient.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <utility>

#include "base/error.hpp"

namespace convreel::numerics {

namespace {

void check_shape(const Map& wanted, const Map& given, int dims) {
  if (given.channels == wanted.channels && given.size == wanted.size) return;
  const auto shape = [&](const Map& map) {
    std::string text = fmt::to_string(map.channels);
    for (int a = first_axis(dims); a < kAxes; ++a) text += fmt::format("x{}", map.size[a]);
    return text;
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
  check_shape(trace.output(), output, trace.layer().dims);
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

Map sample_gradient(const Map& shape) {
  constexpr std::array<double, 7> kCycle{1, 2, -1, 0, 3, -2, 1};
  Map map(shape.channels, shape.size);
  for (std::size_t n = 0; n < map.values.size(); ++n) {
    const Place at = place_at(static_cast<std::int64_t>(n), map.size);
    const std::int64_t turn = 5 * at.channel + 2 * at.cell[0] + 3 * at.cell[1] + at.cell[2];
    map.values[n] = kCycle[static_cast<std::size_t>(turn) % kCycle.size()];
  }
  return map;
}

std::int64_t BackwardSteps::count() const {
  return static_cast<std::int64_t>(sums_.input.values.size() + sums_.kernel.values.size() + sums_.bias.size());
}

BackwardSteps::Step BackwardSteps::asked(std::int64_t index) const {
  const auto inputs = static_cast<std::int64_t>(sums_.input.values.size());
  const auto weights = static_cast<std::int64_t>(sums_.kernel.values.size());
  if (index < inputs) return {Side::input, place_at(index, sums_.input.size), {}, 0};
  if (index < inputs + weights) return {Side::weight, place_at(index - inputs, sums_.kernel.size), {}, 0};
  return {Side::bias, {index - inputs - weights, {}}, {}, 0};
}

BackwardSteps::Step BackwardSteps::at(std::int64_t index) const {
  Step step = asked(index);
  for (const Contribution& c : joined_to(step)) {
    step.terms.push_back(term(step.side, c));
    step.sum += step.terms.back().value();
  }
  return step;
}

numerics::Step BackwardSteps::step_of(const Place& output) const {
  return trace_.step(static_cast<std::int64_t>(trace_.output().offset(output)));
}

std::vector<Contribution> BackwardSteps::joined_to(const Step& step) const {
  const Layer& layer = trace_.layer();
  std::vector<Contribution> found;
  if (step.side == Side::bias) {
    const Cell& size = trace_.output().size;
    for (std::int64_t n = 0; n < area(size); ++n)
      found.push_back({{step.asked.channel, unflat(n, size)}, {}, 0, 0, {}});
  } else if (step.side == Side::weight) {
    const std::int64_t inner = trace_.kernel().inner;
    found = contributions_through(layer, trace_.geometry(), step.asked.channel / inner, step.asked.channel % inner,
                                  step.asked.cell, sums_.output.values.size() + sums_.input.values.size());
  } else {
    found = contributions_of(layer, trace_.geometry(), step.asked);
    if (layer.row().picks)
      std::erase_if(found, [&](const Contribution& c) {
        const numerics::Step forward = step_of(c.output);
        return !forward.winner || forward.terms[*forward.winner].input != step.asked;
      });
  }
  return found;
}

BackwardSteps::Term BackwardSteps::term(Side side, const Contribution& c) const {
  Term term{c, 1, sums_.output.at(c.output), 1};
  if (side == Side::weight) term.factor = trace_.input().at(c.input);
  if (side == Side::input && trace_.layer().row().weights)
    term.factor = trace_.weight(c.output.channel, c.input.channel, c.tap);
  if (side == Side::input && trace_.layer().row().divides) term.divisor = step_of(c.output).divisor;
  return term;
}

std::optional<Adjoint> adjoint(const Trace& trace, const Gradients& gradients) {
  Adjoint products;
  const Map& output = trace.output();
  for (std::size_t n = 0; n < output.values.size(); ++n) {
    const Place at = place_at(static_cast<std::int64_t>(n), output.size);
    const double bias = trace.bias().empty() ? 0 : trace.bias()[static_cast<std::size_t>(at.channel)];
    if (!std::isfinite(output.values[n])) return std::nullopt;
    products.forward += (output.values[n] - bias) * gradients.output.values[n];
  }
  for (std::size_t n = 0; n < gradients.input.values.size(); ++n)
    products.backward += trace.input().values[n] * gradients.input.values[n];
  return products;
}

}  // namespace convreel::numerics
