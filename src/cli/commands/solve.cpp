// convreel solve: which layers turn one size into another.
#include "job/solve.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/error.hpp"
#include "base/text.hpp"
#include "cli/command.hpp"
#include "cli/commands/animate.hpp"
#include "cli/commands/commands.hpp"
#include "cli/commands/sweep.hpp"
#include "cli/load.hpp"
#include "cli/print.hpp"
#include "cli/solve_text.hpp"
#include "explain/size.hpp"
#include "job/layer_name.hpp"
#include "job/solve_stack.hpp"
#include "job/sources.hpp"

namespace convreel::cli {
namespace {

using base::Error;
using base::ErrorKind;
using numerics::Answer;
using numerics::Bounds;
using numerics::Layer;
using numerics::Solution;

constexpr std::array<std::string_view, 6> kBoundOptions{"input-size", "kernel-size", "stride",
                                                        "padding",    "dilation",    "output-padding"};

/// What the word says of the layer. A layer with ? leaves those open and means PyTorch's defaults by its silence.
job::JobSpec layer_of(const std::string& word, std::vector<std::string>& open) {
  if (job::looks_like_layer(word)) return job::from_layer_string(word, &open);
  std::vector<job::JobSpec> specs = specs_from(word);
  if (specs.size() != 1)
    throw Error(ErrorKind::usage, fmt::format("solve takes one layer, and {} names {}", word, specs.size()));
  if (!specs.front().compare.empty())
    throw Error(ErrorKind::usage, fmt::format("solve takes one layer, and {} compares several", word));
  return specs.front();
}

void mean_defaults(const std::vector<std::string>& open, job::JobSpec& spec) {
  if (open.empty()) return;
  const numerics::KindRow& kind = numerics::row_of(spec.layer->kind);
  const auto unsaid = [&](std::string_view name, const auto& member) {
    return !member && std::ranges::find(open, name) == open.end();
  };
  if (unsaid("stride", spec.stride) && !kind.pools) spec.stride = job::Sizes{1};
  if (unsaid("padding", spec.padding)) spec.padding = job::PaddingSpec{{}, {0}, {}};
  if (kind.swapped && unsaid("output_padding", spec.output_padding)) spec.output_padding = job::Sizes{0};
}

job::Question question_of(const CommandLine& line, const std::string& layer) {
  job::Question question;
  std::vector<std::string> open;
  question.spec = layer_of(layer, open);
  mean_defaults(open, question.spec);
  question.spec = completed(question.spec, line);
  for (const std::string_view option : kBoundOptions)
    if (const auto text = value(line, option)) question.values.emplace(option, *text);
  if (const auto from = value(line, "from")) {
    if (question.values.contains("input-size"))
      throw Error(ErrorKind::usage, "--from and --input-size both say which size goes in", "give one of them");
    question.values.emplace("input-size", *from);
  }
  if (const auto to = value(line, "to")) question.values.emplace("output-size", *to);
  const std::string axes = value(line, "axes").value_or("together");
  if (axes != "together" && axes != "apart")
    throw Error(ErrorKind::usage, fmt::format("--axes takes together or apart, not \"{}\"", axes));
  question.apart = axes == "apart";
  return question;
}

std::string sizes_text(const std::vector<numerics::Cell>& sizes, int dims) {
  constexpr std::size_t kMostShown = 4;
  std::string text;
  for (std::size_t n = 0; n < std::min(sizes.size(), kMostShown); ++n)
    text += (n == 0 ? "" : " or ") + explain::size_text(sizes[n], dims);
  return sizes.size() > kMostShown ? text + " or ..." : text;
}

/// A wider bound and the first answer within it, as a hint.
std::optional<std::string> wider(const job::Question& question, std::string_view option, std::string_view flag,
                                 std::string_view range) {
  if (!job::has_option(*question.spec.layer, option)) return std::nullopt;
  job::Question other = question;
  other.values.insert_or_assign(std::string(option), std::string(range));
  const Solution solution = numerics::solve(job::bounds_of(other));
  if (solution.answers.empty()) return std::nullopt;
  return fmt::format("{} {} allows {}", flag, range, words_of(solution.answers.front().layer));
}

/// The kind that goes the other way, when it does what was asked.
std::optional<std::string> other_kind(const job::Question& question) {
  const auto adjoint = numerics::row_of(question.spec.layer->kind).adjoint;
  if (!adjoint) return std::nullopt;
  job::Question other = question;
  other.spec.layer->kind = *adjoint;
  other.spec.output_padding.reset();
  other.spec.padding_mode.reset();
  other.values.erase("output-padding");
  const Solution solution = numerics::solve(job::bounds_of(other));
  if (solution.answers.empty()) return std::nullopt;
  return fmt::format("{} does it: {}", job::name(*other.spec.layer), words_of(solution.answers.front().layer));
}

/// A convolution asked to grow, a transposed one asked to shrink.
bool against_its_nature(const Bounds& bounds) {
  if (bounds.input.empty() || bounds.output.empty()) return false;
  const bool grows = bounds.output.front()[2] > bounds.input.front()[2];
  return numerics::row_of(bounds.layer.kind).swapped != grows;
}

std::string remedy(const job::Question& question, const Bounds& bounds) {
  if (against_its_nature(bounds))
    if (auto text = other_kind(question)) return *text;
  struct Wider {
    std::string_view option, flag, range;
  };
  constexpr std::array kWider{Wider{"output-padding", "--output-padding", "0..3"}, Wider{"padding", "-p", "0..16"},
                              Wider{"kernel-size", "-k", "1..16"}, Wider{"stride", "-s", "1..16"}};
  for (const Wider& one : kWider)
    if (auto text = wider(question, one.option, one.flag, one.range)) return *text;
  return "widen the bounds: -k 1..16, -s 1..8, -p 0..8, or let the axes differ: --axes apart";
}

std::string nearest_text(const Bounds& bounds, const Solution& solution) {
  if (solution.nearest.empty()) return "no layer within the bounds is legal for that input";
  std::string text = "the nearest sizes are ";
  for (std::size_t n = 0; n < solution.nearest.size(); ++n) {
    const Answer& near = solution.nearest[n];
    text += fmt::format("{}{} ({})", n == 0 ? "" : " and ", explain::size_text(near.output, bounds.layer.dims),
                        words_of(near.layer));
  }
  return text;
}

[[noreturn]] void refuse(const job::Question& question, const Bounds& bounds, const Solution& solution) {
  const int dims = bounds.layer.dims;
  throw Error(
      ErrorKind::impossible,
      fmt::format("no {} within the bounds turns {} into {}: {}", job::name(*question.spec.layer),
                  sizes_text(bounds.input, dims), sizes_text(bounds.output, dims), nearest_text(bounds, solution)),
      remedy(question, bounds));
}

void print_answers(const CommandLine& line, const Bounds& bounds, const Solution& solution) {
  if (line.json && has(line, "csv"))
    throw Error(ErrorKind::usage, "--json and --csv are two ways to print the same", "give one of them");
  if (line.json) return print(answers_json(bounds, solution));
  if (solution.answers.empty()) return;
  if (has(line, "csv")) return print(answers_csv(solution));
  if (line.flags.outputs.empty()) print(answers_table(bounds, solution));
}

/// The layer's own sizes give way to the answers'.
job::JobSpec drawn(const job::Question& question) {
  job::JobSpec spec = question.spec;
  spec.output_size.reset();
  return spec;
}

std::size_t compared_count(const CommandLine& line, std::size_t answers) {
  const std::string text = *value(line, "compare");
  const auto count = base::parse_int(text);
  if (!count || *count < 2 || *count > 4)
    throw Error(ErrorKind::usage, fmt::format("--compare takes 2 to 4, not \"{}\"", text));
  if (answers < 2)
    throw Error(ErrorKind::impossible, "there is one answer only, and nothing to compare it with",
                "leave out --compare");
  return std::min(static_cast<std::size_t>(*count), answers);
}

/// The first answers as `compare` takes them.
job::JobSpec side_by_side(const job::Question& question, const std::vector<Answer>& answers, std::size_t count) {
  job::JobSpec spec = drawn(question);
  const std::string name(job::name(*spec.layer));
  for (auto* size : {&spec.input_size, &spec.kernel_size, &spec.stride, &spec.dilation, &spec.output_padding})
    size->reset();
  spec.layer.reset();
  spec.padding.reset();
  for (std::size_t n = 0; n < count; ++n) {
    std::string words = name;
    for (const auto& [option, text] : job::options_of(answers[n].layer)) words += fmt::format(" --{} {}", option, text);
    spec.compare.push_back(std::move(words));
  }
  return spec;
}

void sweep_answers(const Session& session, const job::Question& question, const std::vector<Answer>& answers) {
  job::Dimension dimension;
  for (const Answer& answer : answers) {
    dimension.rows.emplace_back();
    for (const auto& [option, text] : job::options_of(answer.layer))
      dimension.rows.back().push_back({job::field_named(option), text});
  }
  make_sweep(session, {{drawn(question), {dimension}}});
}

void draw(const Session& session, const job::Question& question, const std::vector<Answer>& answers) {
  if (has(session.line, "sweep")) return sweep_answers(session, question, answers);
  if (has(session.line, "compare")) {
    const job::JobSpec spec = side_by_side(question, answers, compared_count(session.line, answers.size()));
    return animate(session, [&] { return std::vector{spec}; });
  }
  session.console.line(fmt::format("the first of {}: {}", answers.size(), words_of(answers.front().layer)));
  animate(session, [&] { return std::vector{job::with_answer(drawn(question), answers.front().layer)}; });
}

/// All layers, the first answer in the place of the question marks.
void draw_stack(const Session& session, const job::OpenStack& stack, const std::string& input,
                const std::vector<Answer>& answers) {
  for (const std::string_view option : {"sweep", "compare"})
    if (has(session.line, option))
      throw Error(ErrorKind::usage, fmt::format("--{} draws single layers, and this is a stack", option),
                  "leave it out to draw the first answer");
  job::JobSpec spec;
  spec.stack = job::answered(stack, answers.front().layer);
  job::field_named("input-size")->parse(spec, input);
  session.console.line(fmt::format("the first of {}: {}", answers.size(), spec.stack[stack.open]));
  animate(session, [&] { return std::vector{completed(spec, session.line)}; });
}

void refuse_drawing_nothing(const CommandLine& line) {
  for (const std::string_view option : {"sweep", "compare"})
    if (has(line, option) && line.flags.outputs.empty())
      throw Error(ErrorKind::usage, fmt::format("--{} draws, but no output was given", option),
                  option == "sweep" ? "add -o 'out/{i}.gif'" : "add -o both.gif");
  if (has(line, "sweep") && has(line, "compare"))
    throw Error(ErrorKind::usage, "--sweep and --compare do not go together", "give one of them");
}

}  // namespace

void run_solve(const Session& session) {
  note_misnomer(session.line.words.front(), session.console);
  refuse_drawing_nothing(session.line);
  const auto stack = job::open_stack(session.line.words);
  job::Question question = question_of(session.line, stack ? stack->layers[stack->open] : session.line.words.front());
  const auto input = question.values.find("input-size");
  const std::string into = input == question.values.end() ? "" : input->second;  // of the stack, not the open layer
  if (stack) question = job::within(*stack, question, {});
  const Bounds bounds = job::bounds_of(question);
  const Solution solution = numerics::solve(bounds);
  print_answers(session.line, bounds, solution);
  if (solution.answers.empty()) refuse(question, bounds, solution);
  if (session.line.flags.outputs.empty()) return;
  stack ? draw_stack(session, *stack, into, solution.answers) : draw(session, question, solution.answers);
}

}  // namespace convreel::cli
