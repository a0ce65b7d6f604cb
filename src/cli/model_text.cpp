#include "cli/model_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <vector>

#include "base/table.hpp"
#include "base/text.hpp"
#include "explain/stack_text.hpp"
#include "model/part.hpp"

namespace convreel::cli {
namespace {

using base::TableRow;
using model::Network;
using model::Unit;
using numerics::Cell;
using numerics::Operation;
using numerics::ReceptiveField;
using Json = nlohmann::ordered_json;

/// What the table says of a layer's window; a mapping's own numbers where it has such.
struct Window {
  Cell kernel{1, 1, 1}, stride{1, 1, 1}, dilation{1, 1, 1}, output_padding{};
  numerics::Padding padding{};
  std::int64_t groups = 1;
  bool known = false;  ///< false for a layer that has no kernel window
};

Window window_of(const Operation& operation) {
  if (const numerics::Layer* l = operation.layer)
    return {l->kernel, l->stride, l->dilation, l->output_padding, l->padding, l->groups, true};
  const numerics::Mapping& m = *operation.mapping;
  Window window;
  window.padding = m.padding;
  window.known = m.kind == numerics::MappingKind::max_unpool;
  window.kernel = m.kernel;
  window.stride = m.stride;
  if (m.kind != numerics::MappingKind::adaptive_avg_pool && m.kind != numerics::MappingKind::adaptive_max_pool)
    return window;
  const Cell output = operation.output_shape().size;
  window.known = true;
  for (int a = numerics::first_axis(m.dims); a < numerics::kAxes; ++a) {
    const auto fixed = numerics::fixed_window(m.input.size[a], output[a]);
    window.known = window.known && fixed;
    if (fixed) window.kernel[a] = fixed->kernel, window.stride[a] = output[a] == 1 ? 1 : fixed->stride;
  }
  return window;
}

/// "3" or "3x5"; values of each axis in use.
template <class Numbers>
std::string typed(const Numbers& numbers, int dims, bool always_all = false) {
  std::vector<std::string> parts;
  for (int a = numerics::first_axis(dims); a < numerics::kAxes; ++a)
    parts.push_back(base::exact(static_cast<double>(numbers[static_cast<std::size_t>(a)])));
  const bool same = std::ranges::all_of(parts, [&](const std::string& part) { return part == parts.front(); });
  return same && !always_all ? parts.front() : base::join(parts, "x");
}

std::string typed_padding(const numerics::Padding& padding, int dims) {
  Cell before{}, after{};
  for (int a = 0; a < numerics::kAxes; ++a) before[a] = padding[a].before, after[a] = padding[a].after;
  if (before == after) return typed(before, dims);
  std::vector<std::string> sides;
  for (int a = numerics::first_axis(dims); a < numerics::kAxes; ++a)
    for (const std::int64_t side : {padding[a].before, padding[a].after}) sides.push_back(std::to_string(side));
  return base::join(sides, ",");
}

/// "16x28x28": channels before rows before columns.
std::string typed_shape(const numerics::Shape& shape, int dims) {
  return shape.flat ? std::to_string(shape.channels)
                    : fmt::format("{}x{}", shape.channels, typed(shape.size, dims, true));
}

/// Rows of the table, one a spatial layer.
struct Listed {
  const Unit* unit;
  Operation operation;
  Window window;
  ReceptiveField field;
};

std::vector<Listed> listed(const Network& network) {
  const std::vector<ReceptiveField> fields = network.fields();
  std::vector<Listed> rows;
  for (const std::size_t n : model::listed_units(network)) {
    const Unit& unit = network.units()[n];
    rows.push_back({&unit, unit.operation(), window_of(unit.operation()), fields[n]});
  }
  return rows;
}

TableRow cells_of(const Listed& row) {
  const Operation& operation = row.operation;
  const int dims = operation.dims();
  const bool windowed = row.window.known;
  const bool padded = windowed || row.window.padding != numerics::Padding{};
  return {row.unit->name,
          std::string(operation.kind()),
          windowed ? typed(row.window.kernel, dims) : "",
          windowed ? typed(row.window.stride, dims) : "",
          padded ? typed_padding(row.window.padding, dims) : "",
          windowed ? typed(row.window.dilation, dims) : "",
          windowed ? std::to_string(row.window.groups) : "",
          typed_shape(operation.input_shape(), dims),
          typed_shape(operation.output_shape(), dims),
          row.field.whole ? "all" : typed(row.field.size, dims),
          row.field.whole ? "" : typed(row.field.jump, dims),
          std::to_string(operation.parameters()),
          std::to_string(operation.multiplications())};
}

struct Total {
  std::int64_t parameters = 0, multiplications = 0;
};

Total total_of(const Network& network) {
  Total total;
  for (const Unit& unit : network.units()) {
    const Operation operation = unit.operation();
    total.parameters += operation.parameters();
    total.multiplications += operation.multiplications();
  }
  return total;
}

/// Nodes whose shape is passed on and no values.
std::vector<const Unit*> passed_units(const Network& network) {
  std::vector<const Unit*> units;
  for (const Unit& unit : network.units())
    if (!unit.shape_only.empty()) units.push_back(&unit);
  return units;
}

std::string passed_text(const Network& network) {
  std::map<std::pair<std::string, std::string>, std::vector<std::string>> kinds;
  for (const Unit* unit : passed_units(network)) kinds[{unit->type, unit->shape_only}].push_back(unit->name);
  std::string text;
  for (const auto& [kind, names] : kinds) {
    constexpr std::size_t kMostNames = 4;
    const std::vector<std::string> shown(
        names.begin(), names.begin() + static_cast<std::ptrdiff_t>(std::min(kMostNames, names.size())));
    const std::string more =
        names.size() > kMostNames ? fmt::format(" and {} more", names.size() - kMostNames) : std::string{};
    const std::string line =
        fmt::format("shape only: {} ({}{}): {}", kind.first, base::join(shown, ", "), more, kind.second);
    text += base::printable(line) + "\n";
  }
  return text;
}

Json axes_json(const auto& numbers, int dims) {
  Json all = Json::array();
  for (int a = numerics::first_axis(dims); a < numerics::kAxes; ++a)
    all.push_back(numbers[static_cast<std::size_t>(a)]);
  return all;
}

Json shape_json(const numerics::Shape& shape, int dims) {
  Json all = Json::array({shape.channels});
  for (int a = numerics::first_axis(dims); !shape.flat && a < numerics::kAxes; ++a) all.push_back(shape.size[a]);
  return all;
}

Json sides_json(const numerics::Padding& padding, int dims) {
  Json all = Json::array();
  for (int a = numerics::first_axis(dims); a < numerics::kAxes; ++a)
    all.push_back({padding[a].before, padding[a].after});
  return all;
}

Json layer_json(const Listed& row, std::size_t number) {
  const Operation& operation = row.operation;
  const int dims = operation.dims();
  const bool windowed = row.window.known;
  Json one = Json::object();
  one["number"] = number;
  one["name"] = row.unit->name;
  one["type"] = row.unit->type;
  one["kind"] = operation.kind();
  one["dims"] = dims;
  one["kernel_size"] = windowed ? axes_json(row.window.kernel, dims) : Json();
  one["stride"] = windowed ? axes_json(row.window.stride, dims) : Json();
  one["padding"] = sides_json(row.window.padding, dims);
  one["dilation"] = windowed ? axes_json(row.window.dilation, dims) : Json();
  one["output_padding"] = axes_json(row.window.output_padding, dims);
  one["groups"] = row.window.groups;
  one["input"] = shape_json(operation.input_shape(), dims);
  one["output"] = shape_json(operation.output_shape(), dims);
  one["receptive_field"] = axes_json(row.field.size, dims);
  one["jump"] = axes_json(row.field.jump, dims);
  one["start"] = axes_json(row.field.start, dims);
  one["parameters"] = operation.parameters();
  one["multiplications"] = operation.multiplications();
  return one;
}

}  // namespace

std::string model_table(const Network& network, const model::Graph& graph) {
  const numerics::Shape input = network.shape(network.input());
  const int dims = static_cast<int>(network.edge(network.input()).dims.size()) - 2;
  std::vector<TableRow> rows{{"", "layer", "kind", "kernel", "stride", "padding", "dilation", "groups", "input",
                              "output", "field", "jump", "parameters", "multiplications"}};
  for (const Listed& row : listed(network)) {
    rows.push_back(cells_of(row));
    rows.back().insert(rows.back().begin(), std::to_string(rows.size() - 1));
  }
  const Total total = total_of(network);
  TableRow last(rows.front().size());
  last[1] = "all nodes";
  last[last.size() - 2] = std::to_string(total.parameters);
  last.back() = std::to_string(total.multiplications);
  rows.push_back(std::move(last));
  return fmt::format("input {}: {}, opset {}\n\n{}{}", base::printable(network.edge(network.input()).name),
                     explain::shape_text(input, dims), graph.opset, base::columns(rows, 3),
                     passed_units(network).empty() ? "" : "\n" + passed_text(network));
}

std::string model_csv(const Network& network) {
  std::string text = base::csv_line({"number", "name", "kind", "kernel_size", "stride", "padding", "dilation", "groups",
                                     "input", "output", "receptive_field", "jump", "parameters", "multiplications"});
  std::size_t number = 0;
  for (const Listed& row : listed(network)) {
    TableRow cells = cells_of(row);
    cells.insert(cells.begin(), std::to_string(++number));
    text += base::csv_line(cells);
  }
  return text;
}

std::string model_json(const Network& network, const model::Graph& graph) {
  const int dims = static_cast<int>(network.edge(network.input()).dims.size()) - 2;
  Json all = Json::object();
  all["schema"] = 1;
  all["opset"] = graph.opset;
  all["input"] = {{"name", network.edge(network.input()).name},
                  {"shape", shape_json(network.shape(network.input()), dims)}};
  all["layers"] = Json::array();
  for (const Listed& row : listed(network)) all["layers"].push_back(layer_json(row, all["layers"].size() + 1));
  all["shape_only"] = Json::array();
  for (const Unit* unit : passed_units(network))
    all["shape_only"].push_back({{"name", unit->name}, {"type", unit->type}, {"reason", unit->shape_only}});
  const Total total = total_of(network);
  all["parameters"] = total.parameters;
  all["multiplications"] = total.multiplications;
  return all.dump() + "\n";
}

}  // namespace convreel::cli
