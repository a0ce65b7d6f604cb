// A plan in words: the table of --dry-run, the lines of --emit-jobs, the rules of --deps.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/error.hpp"
#include "base/table.hpp"
#include "base/text.hpp"
#include "cli/outputs.hpp"
#include "cli/sweep_plan.hpp"
#include "job/fields.hpp"
#include "job/layer_name.hpp"

namespace convreel::cli {

namespace {

using base::TableRow;

std::string parameter(const batch::CaseRecord& record, const std::string& name) {
  for (const auto& [key, value] : record.parameters)
    if (key == name) return value;
  return "";
}

std::string shape_text(const std::vector<std::int64_t>& shape) {
  std::string text;
  for (std::size_t i = 1; i < shape.size(); ++i) text += fmt::format("{}{}", i > 1 ? "x" : "", shape[i]);
  return shape.empty() || shape[0] == 1 ? text : fmt::format("{} of {}", shape[0], text);
}

std::string last_cell(const batch::SweepCase& one) {
  if (one.record.outcome == batch::Outcome::impossible) return "impossible: " + one.record.problems.front().message;
  return base::join(filled_paths(one.spec), " ");
}

TableRow cells_of(const batch::SweepCase& one, const std::vector<std::string>& axes) {
  TableRow cells{std::to_string(one.record.index)};
  for (const std::string& axis : axes) cells.push_back(parameter(one.record, axis));
  const batch::Shapes& shapes = one.record.shapes;
  cells.push_back(shapes.output.empty() ? "" : shape_text(shapes.input) + " -> " + shape_text(shapes.output));
  cells.push_back(last_cell(one));
  return cells;
}

/// Quoted for a POSIX shell where that is needed. `what` holds it.
std::string quoted(std::string_view word, std::string_view what) {
  if (word.find_first_of("\r\n") != word.npos)
    throw base::Error(base::ErrorKind::usage,
                      fmt::format("--emit-jobs writes a command a line, and {} holds a line break", what),
                      "leave the line break out, or share the work with --shard K/N");
  const auto plain = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           std::string_view("-_./=:,+%@").find(c) != std::string_view::npos;
  };
  if (!word.empty() && std::all_of(word.begin(), word.end(), plain)) return std::string(word);
  std::string text = "'";
  for (const char c : word) text += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return text + "'";
}

void add_flags(std::string& line, const job::Field& field, const std::string& text) {
  if (field.value.empty()) {
    line += fmt::format(" --{}{}", text == "true" ? "" : "no-", field.name);
    return;
  }
  const bool many = field.codec.repeats;
  for (const std::string_view part : many ? base::split(text, '\n') : std::vector<std::string_view>{text})
    line += fmt::format(" --{} {}", field.name, quoted(part, fmt::format("--{}", field.name)));
}

/// The command with what it takes as words rather than as options.
std::string command_start(const job::JobSpec& spec) {
  if (spec.model) {
    const std::string_view option = spec.model_part->find("..") == std::string::npos ? "layer" : "layers";
    return fmt::format("convreel model {} --{} {}", quoted(*spec.model, "the model's name"), option,
                       quoted(*spec.model_part, fmt::format("--{}", option)));
  }
  if (spec.stack.empty() && spec.compare.empty()) return fmt::format("convreel {}", job::name(*spec.layer));
  std::string line = spec.stack.empty() ? "convreel compare" : "convreel stack";
  for (const std::string& layer : spec.stack.empty() ? spec.compare : spec.stack)
    line += " " + quoted(layer, "a layer");
  return line;
}

/// A size that gives way to values beside it is written as it came to be.
void settle_sizes(job::JobSpec& spec, const batch::Shapes& shapes) {
  const auto dims = static_cast<std::ptrdiff_t>(shapes.input.size()) - 1;
  if (spec.input_size_yields) spec.input_size.emplace(shapes.input.end() - dims, shapes.input.end());
  if (spec.kernel_size_yields && !shapes.kernel.empty())
    spec.kernel_size.emplace(shapes.kernel.end() - dims, shapes.kernel.end());
}

std::string command_of(const batch::SweepCase& one) {
  constexpr std::array<std::string_view, 5> kWords{"layer", "stack", "compare", "model", "model-part"};
  job::JobSpec spec = one.spec;
  if (!one.record.shapes.input.empty()) settle_sizes(spec, one.record.shapes);
  std::string line = command_start(spec);
  for (const job::Field& field : job::fields()) {
    const auto text = field.print(spec);
    if (text && std::ranges::find(kWords, field.name) == kWords.end()) add_flags(line, field, *text);
  }
  return line + spec.limits.as_options() + "\n";
}

/// A name as make reads it: backslashes count where one of its own characters follows. Throws Error{usage} for a name
/// that would end the rule or the line.
std::string make_name(std::string_view path) {
  if (path.find_first_of("\t\r\n;|") != path.npos || path.ends_with('\\'))
    throw base::Error(base::ErrorKind::usage, fmt::format("--deps: a rule of make cannot hold the name {}", path),
                      "rename the file: no line break, tab, ; or |, and no \\ at its end");
  std::string text;
  for (std::size_t i = 0, backslashes = 0; i < path.size(); ++i) {
    const char c = path[i];
    if (c == ' ' || c == '#' || c == ':') text += std::string(backslashes + 1, '\\');
    if (c == '$') text += '$';
    text += c == '=' ? std::string("$(strip =)") : std::string(1, c);
    backslashes = c == '\\' ? backslashes + 1 : 0;
  }
  return text;
}

}  // namespace

std::string table_of(const batch::Sweep& sweep) {
  std::vector<TableRow> lines{{"case"}};
  lines[0].insert(lines[0].end(), sweep.axes.begin(), sweep.axes.end());
  lines[0].insert(lines[0].end(), {"sizes", "files"});
  for (const batch::SweepCase& one : sweep.cases) lines.push_back(cells_of(one, sweep.axes));
  return base::columns(lines, lines[0].size());
}

std::string commands_of(const batch::Sweep& sweep) {
  std::string text;
  for (const batch::SweepCase& one : sweep.cases)
    if (one.record.outcome != batch::Outcome::impossible) text += command_of(one);
  return text;
}

std::string make_rules(const SweepPlan& plan) {
  std::string text;
  for (std::size_t i = 0; i < plan.sweep.cases.size(); ++i) {
    const batch::SweepCase& one = plan.sweep.cases[i];
    if (one.record.outcome == batch::Outcome::impossible) continue;
    for (const std::string& path : filled_paths(one.spec)) text += make_name(path) + " ";
    text.back() = ':';
    for (const std::string& source : plan.sources[i]) text += " " + make_name(source);
    text += '\n';
  }
  return text;
}

}  // namespace convreel::cli
