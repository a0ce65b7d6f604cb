#include "views/backward/tensors.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "explain/gradient_text.hpp"
#include "explain/number.hpp"
#include "explain/size.hpp"
#include "words/sentences.hpp"

namespace convreel::views {

using numerics::BackwardSteps;
using Side = BackwardSteps::Side;

namespace {

/// By part.
struct Names {
  std::string_view grid;
  words::Sentence word;
  std::string_view gradient_grid, gradient_word;
};
constexpr std::array<Names, 4> kNames{{{"bias", words::kBiasName, "bias-gradient", "∂L/∂b"},
                                       {"kernel", words::kKernel, "kernel-gradient", "∂L/∂w"},
                                       {"input", words::kInput, "input-gradient", "∂L/∂x"},
                                       {"output", words::kOutput, "output-gradient", "∂L/∂y"}}};
/// Room for the beams between input and output.
constexpr double kWideGap = 72;
constexpr std::int64_t kMostBeside = 4;  // maps of one tensor in a row

const Names& names(Part part) { return kNames[static_cast<std::size_t>(part)]; }

std::vector<Tensors::Values> present(const std::vector<double>& bias, const numerics::Kernel& kernel, const Map& input,
                                     const Map& output) {
  std::vector<Tensors::Values> parts;
  if (!bias.empty()) {
    parts.push_back({Part::bias, Map(static_cast<std::int64_t>(bias.size()), {1, 1, 1})});
    parts.back().map.values = bias;
  }
  if (!kernel.empty()) {
    parts.push_back({Part::kernel, Map(kernel.outer * kernel.inner, kernel.size)});
    parts.back().map.values = kernel.values;
  }
  parts.push_back({Part::input, input});
  parts.push_back({Part::output, output});
  return parts;
}

/// A kernel's first two axes are told apart.
Caption caption_of(const Context& context, const Tensors::Values& values) {
  const int dims = context.trace.layer().dims;
  const numerics::Kernel& kernel = context.trace.kernel();
  if (values.part == Part::bias) return {fmt::format("{}", values.map.channels), ""};
  if (values.part != Part::kernel || kernel.outer * kernel.inner == 1) return {explain::map_text(values.map, dims), ""};
  return {fmt::format("{}×{}×{}", kernel.outer, kernel.inner, explain::size_text(kernel.size, dims)), ""};
}

std::vector<Column> columns_of(const Context& context, const std::vector<Tensors::Values>& parts, bool gradients) {
  std::vector<Column> columns;
  for (const auto& [part, map] : parts) {
    const Names& n = names(part);
    Column column = column_of(context, std::string(gradients ? n.gradient_grid : n.grid),
                              gradients ? std::string(n.gradient_word) : words::say(n.word), map);
    column.caption = caption_of(context, {part, map});
    column.least_width =
        caption_width(gradients ? words::say(n.word) : std::string(n.gradient_word), column.caption, context.ruler);
    if (part == Part::bias || part == Part::kernel) column.role = Role::kernel;
    if (part == Part::kernel) column.across = context.trace.kernel().inner;
    if (part == Part::input) column.role = Role::input;
    // Two rows of tensors below each other leave little height, and the page is wide.
    if (context.trace.layer().dims == 2 && (part == Part::input || part == Part::output))
      column.across = map.channels <= kMostBeside ? map.channels : maps_abreast(map.channels);
    columns.push_back(std::move(column));
  }
  return columns;
}

/// Signs only between values: gradients flow from the right to the left.
std::vector<Joint> joints_of(const std::vector<Tensors::Values>& parts, bool gradients) {
  std::vector<Joint> joints;
  for (std::size_t n = 0; n + 1 < parts.size(); ++n) {
    const Part part = parts[n].part;
    const std::string_view sign = part == Part::bias ? "+" : part == Part::kernel ? "∗" : "→";
    joints.push_back({gradients ? "" : std::string(sign), "", part == Part::input ? kWideGap : 0});
  }
  return joints;
}

std::vector<Span> term_spans(const Layer& layer, Side side, const GradientNotation& notation,
                             const BackwardSteps::Term& term, bool first) {
  const auto written = [&](double value, const explain::NumberStyle& style) {
    return first ? explain::number(value, style) : explain::operand(value, style);
  };
  if (side == Side::weight || (side == Side::input && layer.row().weights))
    return {{written(term.factor, notation.factor), side == Side::weight ? Role::input : Role::kernel, Weight::bold},
            {"·", Role::muted},
            {explain::operand(term.gradient, notation.gradient), Role::output_done}};
  const Span gradient{written(term.gradient, notation.gradient), Role::output_done};
  if (side == Side::bias || !layer.row().divides) return {gradient};
  return {gradient, {" / ", Role::muted}, {explain::number(term.divisor), Role::kernel, Weight::bold}};
}

}  // namespace

Part part_of(Side side) { return side == Side::input ? Part::input : side == Side::weight ? Part::kernel : Part::bias; }

Tensors::Tensors(const Context& context)
    : Tensors(context, false,
              present(context.trace.bias(), context.trace.kernel(), context.trace.input(), context.trace.output())) {}

Tensors::Tensors(const Context& context, const numerics::Gradients& gradients)
    : Tensors(context, true, present(gradients.bias, gradients.kernel, gradients.input, gradients.output)) {}

Tensors::Tensors(const Context& context, bool gradients, std::vector<Values> parts)
    : context_(context),
      gradients_(gradients),
      parts_(std::move(parts)),
      shelf_(ShelfContext(context).naming(), columns_of(context, parts_, gradients), joints_of(parts_, gradients)) {}

std::size_t Tensors::column(Part part) const {
  return static_cast<std::size_t>(std::ranges::find(parts_, part, &Values::part) - parts_.begin());
}

Role Tensors::role(Part part, std::int64_t channel) const {
  if (part == Part::input) return channel_role(context_.trace.layer(), channel);
  return part == Part::output ? Role::output_done : Role::kernel;
}

Item Tensors::cell(Part part, const Place& at) const {
  const Grid& on = grid(part, at.channel);
  const double value = parts_[column(part)].map.at(at);
  const Numbers numbers = shelf_.numbers(column(part));
  if (part == Part::kernel) return weight_cell(on.id(at), on.slot(at.cell), value, numbers);
  return value_cell(on.id(at), on.slot(at.cell), role(part, at.channel), value, numbers);
}

void Tensors::add_meaning(Meaning& meaning) const {
  const Layer& layer = context_.trace.layer();
  for (const auto& [part, map] : parts_) {
    std::string grid(gradients_ ? names(part).gradient_grid : names(part).grid);
    if (part == Part::input) meaning.grids.push_back(input_meaning(layer, std::move(grid)));
    if (part == Part::output) meaning.grids.push_back(output_meaning(layer, std::move(grid)));
    if (part != Part::kernel) continue;
    GridMeaning planes{std::move(grid), Tensor::kernel, {}};
    for (std::int64_t p = 0; p < map.channels; ++p) planes.channels.push_back(plane_channels(context_.trace, p));
    meaning.grids.push_back(std::move(planes));
  }
}

Sentence gradient_sentence(const Trace& trace, const GradientNotation& notation, const BackwardSteps::Step& step,
                           bool revealed) {
  const Role role = step.side == Side::input ? Role::input : Role::kernel;
  Sentence sentence;
  sentence.head = {{explain::gradient_name(trace, step), role, Weight::bold}, {" = ", Role::muted}};
  if (!revealed || step.terms.empty()) {
    sentence.terms = {{{revealed ? "0" : "?", role, Weight::bold}}};
    if (revealed)
      sentence.tail = {{fmt::format("  ({})", explain::no_gradient(trace.layer(), step.side)), Role::muted}};
    return sentence;
  }
  for (const BackwardSteps::Term& term : step.terms)
    sentence.terms.push_back(term_spans(trace.layer(), step.side, notation, term, sentence.terms.empty()));
  if (explain::passes_on(trace, step)) return sentence;
  sentence.tail = {{explain::shown_exactly(step.sum, notation.sum) ? " = " : " ≈ ", Role::muted},
                   {explain::number(step.sum, notation.sum), role, Weight::bold}};
  return sentence;
}

}  // namespace convreel::views
