#include "explain/stack_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/table.hpp"
#include "base/text.hpp"
#include "explain/formula.hpp"
#include "explain/number.hpp"
#include "explain/size.hpp"
#include "explain/transcript.hpp"
#include "words/sentences.hpp"

namespace convreel::explain {

using numerics::Cell;
using numerics::kAxes;
using numerics::Mapping;
using numerics::MappingKind;
using numerics::ReceptiveField;
using numerics::Shape;
using numerics::Stage;

namespace {

std::string window_details(const numerics::Layer& layer) {
  const int dims = layer.dims;
  const std::string size = size_text(layer.kernel, dims);
  std::vector<std::string> remarks{dims == 1 ? words::say(words::kWidth, {{"size", size}}) : size};
  if (layer.stride != Cell{1, 1, 1})
    remarks.push_back(words::say(words::kStride, {{"stride", per_axis_text(layer.stride, dims)}}));
  if (layer.padding != numerics::Padding{})
    remarks.push_back(words::say(words::kPadding, {{"padding", padding_text(layer.padding, dims)}}));
  if (layer.dilation != Cell{1, 1, 1})
    remarks.push_back(words::say(words::kDilation, {{"dilation", per_axis_text(layer.dilation, dims)}}));
  if (layer.output_padding != Cell{})
    remarks.push_back(words::say(words::kOutputPadding, {{"padding", per_axis_text(layer.output_padding, dims)}}));
  if (layer.groups > 1) remarks.push_back(words::say(words::kGroups, {{"n", layer.groups}}));
  return words::listed(remarks);
}

const words::Sentence& way_of(const Mapping& m) {
  const bool two = m.dims == 2;
  switch (m.resizing) {
    case numerics::Resizing::linear:
      return two ? words::kBilinear : words::kLinear;
    case numerics::Resizing::cubic:
      return two ? words::kBicubic : words::kCubic;
    case numerics::Resizing::nearest:
      break;
  }
  return words::kNearest;
}

std::string resize_details(const Mapping& m) {
  const Shape shape = numerics::row_of(m).output(m);
  const bool scaled = m.scale[kAxes - 1] && (m.dims == 1 || m.scale[kAxes - 1] == m.scale[kAxes - 2]);
  const std::string change = scaled ? "×" + number(*m.scale[kAxes - 1])
                                    : words::say(words::kToSize, {{"size", size_text(shape.size, m.dims)}});
  return words::listed(
      {words::say(way_of(m), {{"change", change}}), m.align_corners ? words::say(words::kCornersAligned) : ""});
}

/// "to 2×2 = windows of 2, stride 2", or that no fixed ones do it.
std::string adaptive_details(const Mapping& m) {
  const Shape shape = numerics::row_of(m).output(m);
  const std::string change = words::say(words::kToSize, {{"size", size_text(shape.size, m.dims)}});
  for (int a = numerics::first_axis(m.dims); a < kAxes; ++a)
    if (!numerics::fixed_window(m.input.size[a], shape.size[a]))
      return words::listed({change, words::say(words::kWindowsUneven)});
  const auto last = numerics::fixed_window(m.input.size[kAxes - 1], shape.size[kAxes - 1]);
  const auto rows = numerics::fixed_window(m.input.size[kAxes - 2], shape.size[kAxes - 2]);
  if (m.dims > 1 && (rows->kernel != last->kernel || rows->stride != last->stride)) return change;
  return words::say(words::kWindowsOf, {{"change", change}, {"kernel", last->kernel}, {"stride", last->stride}});
}

std::string mapping_details(const Mapping& m) {
  switch (m.kind) {
    case MappingKind::leaky_relu:
      return words::say(words::kSlope, {{"slope", base::exact(m.slope)}});
    case MappingKind::clip:
      return words::say(words::kRange, {{"low", base::exact(m.low)}, {"high", base::exact(m.high)}});
    case MappingKind::upsample:
      return resize_details(m);
    case MappingKind::adaptive_avg_pool:
    case MappingKind::adaptive_max_pool:
      return adaptive_details(m);
    case MappingKind::pixel_shuffle:
    case MappingKind::pixel_unshuffle:
      return words::listed({words::say(words::kByFactor, {{"factor", m.factor}}),
                            m.blocks_first ? words::say(words::kPlacesFirst) : ""});
    case MappingKind::max_unpool:
      return words::say(words::kBackToSize, {{"size", size_text(*m.unpooled, m.dims)}});
    case MappingKind::zero_pad:
      return words::say(words::kPadding, {{"padding", padding_text(m.padding, m.dims)}});
    case MappingKind::identity:
    case MappingKind::dropout:
      return words::say(words::kPassesThrough);
    case MappingKind::linear:
      return words::say(words::kShapeOnly);
    default:
      return {};
  }
}

std::string cell_words(std::string_view letter, const Stage& stage, const numerics::Place& place, const Shape& shape) {
  std::vector<std::string> places;
  if (shape.flat || shape.channels > 1) places.push_back(std::to_string(place.channel));
  for (int a = numerics::first_axis(stage.dims()); !shape.flat && a < kAxes; ++a)
    places.push_back(std::to_string(place.cell[a]));
  return fmt::format("{}[{}]", letter, base::join(places, ","));
}

std::string sum_words(const Stage& stage, const numerics::Step& step) {
  const Mapping& m = *stage.mapping();
  std::vector<std::string> parts;
  for (const numerics::Term& term : step.terms) {
    if (m.kind == MappingKind::adaptive_max_pool)
      parts.push_back(number(term.x, kTranscriptNumbers));
    else
      parts.push_back(operand(term.x, kTranscriptNumbers) +
                      (term.w == 1 ? "" : "·" + number(term.w, kTranscriptNumbers)));
  }
  if (parts.empty()) return "0";
  if (m.kind == MappingKind::adaptive_max_pool) return "max(" + base::join(parts, ", ") + ")";
  const std::string sum = base::join(parts, " + ");
  return m.kind == MappingKind::adaptive_avg_pool ? fmt::format("({}) / {}", sum, parts.size()) : sum;
}

/// "(3 − 0.5) / √(4 + 1e−5) · 2 + 1", without what the layer does not have.
std::string normalised_words(const numerics::Mapping& m, std::int64_t channel, double x) {
  const numerics::Normalisation n = numerics::normalisation(m, channel);
  std::string text =
      fmt::format("({} − {}) / √({} + {})", number(x, kTranscriptNumbers), operand(n.mean, kTranscriptNumbers),
                  number(n.variance, kTranscriptNumbers), number(n.epsilon, kTranscriptNumbers));
  if (!m.weight.empty()) text += " · " + operand(n.weight, kTranscriptNumbers);
  if (!m.bias.empty()) text += " + " + operand(n.bias, kTranscriptNumbers);
  return text;
}

std::string function_words(const Stage& stage, const numerics::Step& step) {
  const double x = step.terms.front().x;
  switch (stage.mapping()->kind) {
    case MappingKind::relu:
      return fmt::format("max(0, {})", number(x, kTranscriptNumbers));
    case MappingKind::clip:
      return fmt::format("min({}, max({}, {}))", number(stage.mapping()->high, kTranscriptNumbers),
                         number(stage.mapping()->low, kTranscriptNumbers), number(x, kTranscriptNumbers));
    case MappingKind::batch_norm:
      return normalised_words(*stage.mapping(), step.output.channel, x);
    case MappingKind::identity:
    case MappingKind::dropout:
      return number(x, kTranscriptNumbers);
    default:
      return fmt::format("{}({})", stage.kind(), number(x, kTranscriptNumbers));
  }
}

/// What a stage's steps would only repeat, in a line.
std::string summary_line(const Stage& stage) {
  const std::string summary(numerics::row_of(*stage.mapping()).summary);
  return words::say(words::kShapeAndSummary, {{"from", shape_text(stage.input_shape(), stage.dims())},
                                              {"to", shape_text(stage.output_shape(), stage.dims())},
                                              {"summary", summary}});
}

std::string plural_layers(std::size_t count) {
  return words::say(words::kStackLayers, static_cast<std::int64_t>(count));
}

std::vector<std::string> table_row(const Stage& stage, const ReceptiveField& field, std::size_t n) {
  return {std::to_string(n + 1),
          stage.name(),
          stage_details(stage),
          shape_text(stage.output_shape(), stage.dims()),
          field_text(field, stage.dims()),
          field.whole ? "" : jump_text(field.jump, stage.dims()),
          std::to_string(stage.parameters()),
          std::to_string(stage.multiplications())};
}

std::string adaptive_answer(const Stage& stage) {
  const Mapping& m = *stage.mapping();
  const Shape shape = stage.output_shape();
  std::string text = words::say(words::kAdaptiveRule, {{"layer", stage.name()}});
  for (int a = numerics::first_axis(m.dims); a < kAxes; ++a) {
    const std::int64_t i = m.input.size[a], o = shape.size[a];
    const bool said = a > numerics::first_axis(m.dims) && m.input.size[a - 1] == i && shape.size[a - 1] == o;
    if (said) continue;
    std::vector<std::string> windows;
    for (std::int64_t y = 0; y < std::min<std::int64_t>(o, 6); ++y) {
      const numerics::Span window = numerics::adaptive_window(i, o, y);
      windows.push_back(fmt::format("{}..{}", window.first, window.last));
    }
    if (o > 6) windows.push_back("…");
    std::vector<words::Blank> blanks{{"from", i}, {"to", o}, {"windows", words::listed(windows)}};
    const auto fixed = numerics::fixed_window(i, o);
    if (fixed) {
      blanks.emplace_back("kernel", fixed->kernel);
      blanks.emplace_back("stride", fixed->stride);
    }
    text += words::say(fixed ? words::kAdaptiveFixed : words::kAdaptiveUneven, blanks);
  }
  return text;
}

bool adapts(const Stage& stage) {
  return stage.mapping() && (stage.mapping()->kind == MappingKind::adaptive_avg_pool ||
                             stage.mapping()->kind == MappingKind::adaptive_max_pool);
}

}  // namespace

std::string shape_text(const Shape& shape, int dims) {
  if (shape.flat) return words::say(words::kInARow, {{"n", shape.channels}});
  return fmt::format("{}×{}", shape.channels, size_text(shape.size, dims));
}

std::string operation_details(const numerics::Operation& operation) {
  return operation.layer ? window_details(*operation.layer) : mapping_details(*operation.mapping);
}

std::string stage_details(const Stage& stage) { return operation_details(stage.operation()); }

std::string stage_title(const Stage& stage) {
  const std::string details = stage_details(stage);
  return details.empty() ? stage.name() : stage.name() + " " + details;
}

std::string stack_title(const Stages& stages) {
  constexpr std::size_t kMostNamed = 5;
  if (stages.size() > kMostNamed)
    return words::say(
        words::kLongStack,
        {{"layers", plural_layers(stages.size())}, {"first", stages.front().name()}, {"last", stages.back().name()}});
  std::vector<std::string> names;
  for (const Stage& stage : stages) names.push_back(stage.name());
  return base::join(names, " → ");
}

std::string stack_costs(const Stages& stages) {
  const auto [weights, products] = numerics::cost(stages);
  return words::listed({words::say(words::kWeightsCount, weights),
                        words::say(words::form(words::kProducts, products), {{"range", products}})});
}

std::string stack_comparison(const std::vector<const Stages*>& stacks) {
  std::vector<std::string> shapes, fields, costs;
  for (const Stages* stages : stacks) {
    const int dims = stages->front().dims();
    shapes.push_back(shape_text(stages->back().output_shape(), dims));
    fields.push_back(field_text(numerics::receptive_fields(*stages).back(), dims));
    costs.push_back(stack_costs(*stages));
  }
  return words::say(
      words::kStackComparison,
      {{"shapes", words::either(shapes)}, {"fields", words::either(fields)}, {"costs", words::either(costs)}});
}

std::string stack_alt_text(const Stages& stages) {
  std::string parts;
  for (const Stage& stage : stages) {
    const std::string gives = words::say(
        words::kGives, {{"layer", stage_title(stage)}, {"shape", shape_text(stage.output_shape(), stage.dims())}});
    parts = parts.empty() ? gives : words::say(words::kNextStatement, {{"before", parts}, {"next", gives}});
  }
  const ReceptiveField field = numerics::receptive_fields(stages).back();
  const std::string sees =
      field.whole ? words::say(words::kWholeInput)
                  : words::say(words::kCellsOfInput, {{"field", field_text(field, stages.front().dims())}});
  return words::say(words::kAltTextOfStack, {{"layers", plural_layers(stages.size())},
                                             {"input", shape_text(stages.front().input_shape(), stages.front().dims())},
                                             {"parts", parts},
                                             {"field", sees}});
}

std::string stage_arithmetic(const Stage& stage, const numerics::Step& step) {
  if (stage.trace()) return arithmetic(*stage.trace(), step);
  const bool function = numerics::elementwise(*stage.mapping());
  const std::string name = cell_words("y", stage, step.output, stage.output_shape()),
                    sum = number(step.sum, kTranscriptNumbers),
                    words = function ? function_words(stage, step) : sum_words(stage, step);
  if (words == sum) return fmt::format("{} = {}", name, sum);
  return fmt::format("{} = {} {} {}", name, words, shown_exactly(step.sum, kTranscriptNumbers) ? "=" : "≈", sum);
}

std::string stack_transcript(const Stages& stages) {
  std::string text = stack_text(stages);
  for (std::size_t n = 0; n < stages.size(); ++n) {
    const Stage& stage = stages[n];
    text += words::say(words::kLayerNumber, {{"n", n + 1}, {"layer", stage_title(stage)}});
    if (stage.trace())
      text += transcript(*stage.trace());
    else if (!stage.combines() || !stage.has_values())
      text += summary_line(stage);
    else
      for (std::int64_t s = 0; s < stage.step_count(); ++s)
        text += words::say(words::kStepSays, {{"step", s + 1}, {"sum", stage_arithmetic(stage, stage.step(s))}});
  }
  return text;
}

std::string jump_text(const std::array<double, kAxes>& jump, int dims) {
  std::string text;
  for (int a = numerics::first_axis(dims); a < kAxes; ++a)
    text += (text.empty() ? "" : "×") + number(jump[static_cast<std::size_t>(a)]);
  const bool square = std::all_of(jump.begin() + numerics::first_axis(dims), jump.end(),
                                  [&](double one) { return one == jump.back(); });
  return square ? number(jump.back()) : text;
}

std::string field_text(const ReceptiveField& field, int dims) {
  if (field.whole) return words::say(words::kAllCells);
  return size_text({field.size[0], field.size[1], field.size[2]}, dims);
}

std::string field_formula(const Stages& stages, std::size_t n) {
  const std::vector<ReceptiveField> fields = numerics::receptive_fields(stages);
  const int a = kAxes - 1;
  const std::int64_t before = n == 0 ? 1 : fields[n - 1].size[a];
  const double jump = n == 0 ? 1 : fields[n - 1].jump[a];
  const Stage& stage = stages[n];
  const std::string reach = std::to_string(fields[n].size[a]), after = number(fields[n].jump[a]);
  if (fields[n].whole) return words::say(words::kFieldEverything);
  if (stage.trace() && !stage.trace()->layer().transposed())
    return words::say(words::kFieldGrows, {{"before", before},
                                           {"kernel", stage.trace()->geometry().effective_kernel[a]},
                                           {"jump", number(jump)},
                                           {"field", reach},
                                           {"stride", stage.trace()->layer().stride[a]},
                                           {"after", after}});
  if (fields[n].size[a] == before && fields[n].jump[a] == jump)
    return words::say(words::kFieldAsBefore, {{"field", before}, {"jump", number(jump)}});
  return words::say(words::kFieldJumps,
                    {{"field", reach}, {"jump", number(jump)}, {"stride", number(stage.jump(a))}, {"after", after}});
}

std::string stack_text(const Stages& stages) {
  const std::vector<ReceptiveField> fields = numerics::receptive_fields(stages);
  std::vector<std::vector<std::string>> rows{
      {"", words::say(words::kLayerColumn), "", words::say(words::kOutput), words::say(words::kReceptiveFieldName),
       words::say(words::kJumpColumn), words::say(words::kParametersColumn), words::say(words::kMultiplicationsColumn)},
      {"", words::say(words::kInput), "", shape_text(stages.front().input_shape(), stages.front().dims()), "", "", "",
       ""}};
  for (std::size_t n = 0; n < stages.size(); ++n) rows.push_back(table_row(stages[n], fields[n], n));
  const auto [parameters, multiplications] = numerics::cost(stages);
  rows.push_back(
      {"", words::say(words::kTotal), "", "", "", "", std::to_string(parameters), std::to_string(multiplications)});
  std::string text = base::columns(rows, 3) + "\n";
  for (std::size_t n = 0; n < stages.size(); ++n) {
    std::string formula = field_formula(stages, n);
    if (stages[n].trace())
      formula =
          words::say(words::kNextStatement, {{"before", formula}, {"next", size_formula(stages[n].trace()->layer())}});
    text += words::say(words::kLayerSays, {{"n", n + 1}, {"formula", formula}});
    if (adapts(stages[n])) text += adaptive_answer(stages[n]) + "\n";
  }
  return text;
}

}  // namespace convreel::explain
