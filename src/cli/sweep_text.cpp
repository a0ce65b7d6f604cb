// A plan in words: the table of --dry-run, the lines of --emit-jobs, the rules of --deps.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "cli/outputs.hpp"
#include "cli/sweep_plan.hpp"
#include "job/fields.hpp"
#include "job/layer_name.hpp"

namespace convreel::cli {

namespace {

using TableRow = std::vector<std::string>;

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
  TableRow paths;
  for (const std::string& output : one.spec.outputs) paths.push_back(parse_output(output, one.spec.format).path);
  return base::join(paths, " ");
}

TableRow cells_of(const batch::SweepCase& one, const std::vector<std::string>& axes) {
  TableRow cells{std::to_string(one.record.index)};
  for (const std::string& axis : axes) cells.push_back(parameter(one.record, axis));
  const batch::Shapes& shapes = one.record.shapes;
  cells.push_back(shapes.output.empty() ? "" : shape_text(shapes.input) + " -> " + shape_text(shapes.output));
  cells.push_back(last_cell(one));
  return cells;
}

/// Quoted for a POSIX shell where that is needed.
std::string quoted(std::string_view word) {
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
    line += fmt::format(" --{} {}", field.name, quoted(part));
}

std::string command_of(const job::JobSpec& spec) {
  std::string line = fmt::format("convreel {}", job::name(*spec.layer));
  for (const job::Field& field : job::fields())
    if (const auto text = field.print(spec); text && field.name != "layer") add_flags(line, field, *text);
  return line;
}

/// A name as make reads it.
std::string make_name(std::string_view path) {
  std::string text;
  for (const char c : path) {
    if (c == ' ' || c == '#' || c == '\\' || c == ':') text += '\\';
    if (c == '$') text += '$';
    text += c;
  }
  return text;
}

}  // namespace

std::string table_of(const batch::Sweep& sweep) {
  std::vector<TableRow> lines{{"case"}};
  lines[0].insert(lines[0].end(), sweep.axes.begin(), sweep.axes.end());
  lines[0].insert(lines[0].end(), {"sizes", "files"});
  for (const batch::SweepCase& one : sweep.cases) lines.push_back(cells_of(one, sweep.axes));
  std::vector<std::size_t> widths(lines[0].size());
  for (const TableRow& line : lines)
    for (std::size_t c = 0; c + 1 < line.size(); ++c) widths[c] = std::max(widths[c], base::utf8_length(line[c]));
  std::string text;
  for (const TableRow& line : lines) {
    for (std::size_t c = 0; c + 1 < line.size(); ++c)
      text += line[c] + std::string(widths[c] - base::utf8_length(line[c]) + 2, ' ');
    text += line.back() + "\n";
  }
  return text;
}

std::string commands_of(const batch::Sweep& sweep) {
  std::string text;
  for (const batch::SweepCase& one : sweep.cases)
    if (one.record.outcome != batch::Outcome::impossible)
      text += command_of(one.spec) + one.spec.limits.as_options() + "\n";
  return text;
}

std::string make_rules(const SweepPlan& plan) {
  std::string text;
  for (std::size_t i = 0; i < plan.sweep.cases.size(); ++i) {
    const batch::SweepCase& one = plan.sweep.cases[i];
    if (one.record.outcome == batch::Outcome::impossible) continue;
    for (const std::string& output : one.spec.outputs)
      text += make_name(parse_output(output, one.spec.format).path) + " ";
    text.back() = ':';
    for (const std::string& source : plan.sources[i]) text += " " + make_name(source);
    text += '\n';
  }
  return text;
}

}  // namespace convreel::cli
