#include "cli/solve_text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <vector>

#include "base/table.hpp"
#include "explain/by_axis.hpp"
#include "explain/formula.hpp"
#include "explain/size.hpp"
#include "explain/title.hpp"
#include "job/solve.hpp"

namespace convreel::cli {
namespace {

using numerics::Answer;
using numerics::Cell;
using numerics::Layer;
using numerics::Solution;
using Json = nlohmann::ordered_json;
using base::TableRow;

std::string typed_size(const Cell& size, int dims) {
  const std::vector<std::int64_t> used(size.end() - dims, size.end());
  return fmt::format("{}", fmt::join(used, "x"));
}

std::string spaced(std::string_view option) {
  std::string words(option);
  std::replace(words.begin(), words.end(), '-', ' ');
  return words == "kernel size" ? "kernel" : words == "input size" ? "input" : words;
}

std::string overlap_word(const Layer& layer) {
  const explain::OverlapVerdict verdict = explain::overlap_verdict(layer);
  return verdict.even ? "even" : verdict.holes ? "holes" : "uneven";
}

/// The layer that goes back with the same numbers, over the output.
Layer way_back(const Answer& answer) {
  Layer back = answer.layer;
  back.kind = *answer.layer.row().adjoint;
  back.input = answer.output;
  back.output_padding = {};
  back.padding_mode = numerics::PaddingMode::zeros;
  std::swap(back.in_channels, back.out_channels);
  return back;
}

std::string undone(const Answer& answer) {
  Layer back = way_back(answer);
  if (back.transposed())
    for (int a = numerics::first_axis(back.dims); a < numerics::kAxes; ++a)
      back.output_padding[a] = numerics::remainder(answer.layer, a);
  const bool possible = numerics::check(back).empty() && numerics::geometry(back).output == answer.layer.input;
  if (!possible) return "no";
  if (back.output_padding == Cell{}) return "yes";
  return fmt::format("with output padding {}", typed_size(back.output_padding, back.dims));
}

bool several_inputs(const numerics::Bounds& bounds) { return bounds.input.size() > 1; }

TableRow heading_of(const numerics::Bounds& bounds, const Layer& layer) {
  TableRow heading{"#"};
  for (const auto& [option, text] : job::options_of(layer))
    if (option != "input-size" || several_inputs(bounds)) heading.push_back(spaced(option));
  heading.emplace_back("output");
  if (layer.transposed()) heading.insert(heading.end(), {"overlap", "undone by a convolution"});
  if (layer.row().weights && !layer.transposed()) heading.emplace_back("undone by a transposed one");
  return heading;
}

TableRow row_of(const numerics::Bounds& bounds, const Answer& answer, std::size_t number) {
  TableRow row{std::to_string(number)};
  for (const auto& [option, text] : job::options_of(answer.layer))
    if (option != "input-size" || several_inputs(bounds)) row.push_back(text);
  row.push_back(typed_size(answer.output, answer.layer.dims));
  if (answer.layer.transposed()) row.push_back(overlap_word(answer.layer));
  if (answer.layer.row().weights) row.push_back(undone(answer));
  return row;
}

Json axes_of(const Cell& cell, int dims) { return std::vector<std::int64_t>(cell.end() - dims, cell.end()); }

Json json_of(const Answer& answer, bool with_input) {
  const Layer& layer = answer.layer;
  Json one = Json::object();
  if (with_input) one["input"] = axes_of(layer.input, layer.dims);
  one["kernel_size"] = axes_of(layer.kernel, layer.dims);
  one["stride"] = axes_of(layer.stride, layer.dims);
  one["padding"] = Json::array();
  for (int a = numerics::first_axis(layer.dims); a < numerics::kAxes; ++a)
    one["padding"].push_back({layer.padding[a].before, layer.padding[a].after});
  one["dilation"] = axes_of(layer.dilation, layer.dims);
  one["output_padding"] = axes_of(layer.output_padding, layer.dims);
  one["output"] = axes_of(answer.output, layer.dims);
  one["even"] = layer.transposed() && explain::overlap_verdict(layer).even;
  return one;
}

}  // namespace

std::string answers_table(const numerics::Bounds& bounds, const Solution& solution) {
  const Layer& first = solution.answers.front().layer;
  std::vector<TableRow> rows{heading_of(bounds, first)};
  for (const Answer& answer : solution.answers) rows.push_back(row_of(bounds, answer, rows.size()));
  std::string text = fmt::format("{}: {} answer{}\n", explain::layer_title(first), solution.answers.size(),
                                 solution.answers.size() == 1 ? "" : "s");
  return text + base::columns(rows, rows.front().size());
}

std::string answers_csv(const Solution& solution) {
  std::string text;
  for (const Answer& answer : solution.answers) {
    TableRow names, cells;
    for (const auto& [option, value] : job::options_of(answer.layer)) {
      names.emplace_back(option);
      std::replace(names.back().begin(), names.back().end(), '-', '_');
      cells.push_back(value);
    }
    names.insert(names.end(), {"output", "even"});
    cells.push_back(typed_size(answer.output, answer.layer.dims));
    cells.emplace_back(answer.layer.transposed() && explain::overlap_verdict(answer.layer).even ? "true" : "false");
    if (text.empty()) text = base::csv_line(names);
    text += base::csv_line(cells);
  }
  return text;
}

std::string answers_json(const numerics::Bounds& bounds, const Solution& solution) {
  Json all = Json::object();
  all["answers"] = Json::array();
  for (const Answer& answer : solution.answers) all["answers"].push_back(json_of(answer, several_inputs(bounds)));
  if (solution.answers.empty()) all["nearest"] = Json::array();
  for (const Answer& answer : solution.nearest) all["nearest"].push_back(json_of(answer, several_inputs(bounds)));
  return all.dump() + "\n";
}

std::string words_of(const Layer& layer) {
  std::string text;
  for (const auto& [option, value] : job::options_of(layer)) {
    const bool usual = (option == "dilation" && value == "1") || (option == "output-padding" && value == "0");
    if (option != "input-size" && !usual)
      text += fmt::format("{}{} {}", text.empty() ? "" : ", ", spaced(option), value);
  }
  return text;
}

}  // namespace convreel::cli
