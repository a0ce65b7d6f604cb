#include "explain/gradient_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "explain/number.hpp"
#include "explain/transcript.hpp"
#include "words/sentences.hpp"

namespace convreel::explain {

using numerics::BackwardSteps;
using numerics::Layer;
using numerics::Trace;
using Side = BackwardSteps::Side;

namespace {

constexpr std::size_t kMostListed = 100;

std::string weight_name(const Trace& trace, const numerics::Place& at) {
  const numerics::Kernel& kernel = trace.kernel();
  std::string text = "w[";
  if (kernel.outer * kernel.inner > 1)
    text += fmt::format("{},{},", at.channel / kernel.inner, at.channel % kernel.inner);
  for (int a = numerics::first_axis(trace.layer().dims); a < numerics::kAxes; ++a)
    text += fmt::format("{},", at.cell[a]);
  text.back() = ']';
  return text;
}

std::string term_text(const Layer& layer, Side side, const BackwardSteps::Term& term) {
  const std::string gradient = operand(term.gradient, kTranscriptNumbers);
  if (side == Side::weight || (side == Side::input && layer.row().weights))
    return operand(term.factor, kTranscriptNumbers) + "·" + gradient;
  return layer.row().divides ? fmt::format("{} / {}", gradient, number(term.divisor, kTranscriptNumbers)) : gradient;
}

bool shown_exactly(const BackwardSteps::Step& step) {
  return explain::shown_exactly(step.sum, kTranscriptNumbers) &&
         std::ranges::all_of(step.terms, [](const BackwardSteps::Term& term) {
           return explain::shown_exactly(term.factor, kTranscriptNumbers) &&
                  explain::shown_exactly(term.gradient, kTranscriptNumbers);
         });
}

/// "1 0 -1; 2 0 -2" as it is typed: rows after semicolons, planes after bars.
std::string listed(const std::vector<double>& values, std::int64_t columns, std::int64_t plane) {
  if (values.size() > kMostListed) return fmt::format("{} numbers; a trace (-o a.json) holds them", values.size());
  std::string text;
  for (std::size_t n = 0; n < values.size(); ++n) {
    const auto index = static_cast<std::int64_t>(n);
    if (n > 0) text += index % plane == 0 ? " | " : index % columns == 0 ? "; " : " ";
    text += number(values[n], kTranscriptNumbers);
  }
  return text;
}

std::string listed(const std::vector<double>& values, const numerics::Cell& size) {
  return listed(values, size[2], numerics::area(size));
}

}  // namespace

std::string gradient_name(const Trace& trace, const BackwardSteps::Step& asked) {
  const Layer& layer = trace.layer();
  if (asked.side == Side::input) return "∂L/∂" + cell_text(layer, "x", asked.asked);
  if (asked.side == Side::weight) return "∂L/∂" + weight_name(trace, asked.asked);
  return layer.out_channels > 1 ? fmt::format("∂L/∂b[{}]", asked.asked.channel) : "∂L/∂b";
}

std::string no_gradient(const Layer& layer, Side side) {
  if (side == Side::weight) return words::say(words::kMeetsPaddingOnly);
  if (!layer.row().picks) return words::say(words::kNoOutputReadsIt);
  return words::say(words::kNoWindowsWinner, {{"winner", layer.row().result}});
}

bool passes_on(const Trace& trace, const BackwardSteps::Step& step) {
  const numerics::KindRow& row = trace.layer().row();
  return step.terms.size() == 1 && (step.side == Side::bias || (!row.weights && !row.divides));
}

std::string gradient_arithmetic(const Trace& trace, const BackwardSteps::Step& step) {
  std::string text = gradient_name(trace, step) + " = ";
  if (step.terms.empty()) return text + fmt::format("0 ({})", no_gradient(trace.layer(), step.side));
  for (std::size_t n = 0; n < step.terms.size(); ++n)
    text += (n > 0 ? " + " : "") + term_text(trace.layer(), step.side, step.terms[n]);
  if (passes_on(trace, step)) return text;
  return text + (shown_exactly(step) ? " = " : " ≈ ") + number(step.sum, kTranscriptNumbers);
}

std::string gradient_formula(const Layer& layer) {
  const numerics::KindRow& row = layer.row();
  if (row.picks) return words::say(words::kGradientOfPick);
  if (!row.weights) return words::say(words::kGradientOfMean);
  return fmt::format("∂L/∂x = {}{}d(∂L/∂y, w) = Σ w · ∂L/∂y;   ∂L/∂w = Σ x · ∂L/∂y",
                     numerics::row_of(*row.adjoint).torch_name, layer.dims);
}

std::string adjoint_text(const Trace& trace, const numerics::Gradients& gradients) {
  const auto products = numerics::adjoint(trace, gradients);
  if (!products) return {};
  return words::say(words::kAdjoint, {{"forward", number(products->forward, kTranscriptNumbers)},
                                      {"backward", number(products->backward, kTranscriptNumbers)}});
}

std::string gradient_transcript(const BackwardSteps& steps) {
  std::string text;
  for (std::int64_t n = 0; n < steps.count(); ++n)
    text += words::say(words::kStepSays, {{"step", n + 1}, {"sum", gradient_arithmetic(steps.trace(), steps.at(n))}});
  const std::string identity = adjoint_text(steps.trace(), steps.sums());
  if (!identity.empty()) text += identity + "\n";
  return text;
}

std::string gradient_section(const BackwardSteps& steps) {
  const numerics::Gradients& sums = steps.sums();
  std::string text = "\nbackwards\n  " + gradient_formula(steps.trace().layer()) + "\n";
  const auto add = [&](std::string_view name, const std::string& numbers) {
    text += fmt::format("  {} = {}\n", name, numbers);
  };
  add("g = ∂L/∂y", listed(sums.output.values, sums.output.size));
  add("∂L/∂x", listed(sums.input.values, sums.input.size));
  if (!sums.kernel.empty()) add("∂L/∂w", listed(sums.kernel.values, sums.kernel.size));
  if (!sums.bias.empty()) add("∂L/∂b", listed(sums.bias, {1, 1, 1}));
  const std::string identity = adjoint_text(steps.trace(), sums);
  if (!identity.empty())
    text += fmt::format("  {}{}\n", identity, sums.bias.empty() ? "" : "; A is the layer without its bias");
  return text;
}

}  // namespace convreel::explain
