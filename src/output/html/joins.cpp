#include "output/html/joins.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "base/text.hpp"
#include "numerics/axis.hpp"
#include "views/matrix/rows.hpp"
#include "views/parts/parts.hpp"

namespace convreel::output {

namespace {

using nlohmann::ordered_json;

/// "matrix.0.3.5".
struct CellName {
  std::string_view grid;
  std::int64_t channel = 0, row = 0, column = 0;
};

std::optional<CellName> cell_name(std::string_view id) {
  const auto parts = base::split(id, '.');
  if (parts.size() != 4) return std::nullopt;
  const auto channel = base::parse_int(parts[1]), row = base::parse_int(parts[2]), column = base::parse_int(parts[3]);
  if (!channel || !row || !column) return std::nullopt;
  return CellName{parts[0], *channel, *row, *column};
}

/// A channel's place in a row-major column of all channels.
CellName unrolled(std::string_view grid, std::int64_t index, const numerics::Cell& size) {
  const std::int64_t cells = size[1] * size[2], at = index % cells;
  return {grid, index / cells, at / size[2], at % size[2]};
}

class Joins {
 public:
  Joins(const numerics::Trace& trace, const InputDrawing& input)
      : trace_(trace), layer_(trace.layer()), map_(trace), covered_(map_.covered({})), input_(input) {}

  /// What the cell stands for; empty when it stands for itself.
  [[nodiscard]] ordered_json of(const CellName& cell) const {
    if (cell.grid == "matrix") return entry(cell);
    // Groups see channels of their own, and the picture shows one group after the other.
    if (cell.grid == "windows" && layer_.groups == 1) return under_window(cell);
    if (cell.grid == "weights" && layer_.groups == 1) return {tap_id(cell.row)};
    if (cell.grid == "tap") return {id({"input", cell.channel, cell.row, cell.column})};
    if (cell.grid == "overlap") return touched(cell);
    if (cell.grid == "vector" || cell.grid == "restored" || cell.grid == "error")
      return {id(drawn({"input", cell.channel, cell.row, cell.column}))};
    return nullptr;
  }

 private:
  [[nodiscard]] static std::string id(const CellName& cell) {
    return fmt::format("{}.{}.{}.{}", cell.grid, cell.channel, cell.row, cell.column);
  }
  [[nodiscard]] CellName drawn(CellName input) const {
    input.row = input_.origin[0] + input_.spacing[0] * input.row;
    input.column = input_.origin[1] + input_.spacing[1] * input.column;
    return input;
  }

  /// A row is an output, a column an input. Entries that are zero for lack of a product stand for nothing.
  [[nodiscard]] ordered_json entry(const CellName& cell) const {
    const auto row = views::matrix_row(trace_, cell.row);
    if (std::ranges::none_of(row, [&](const auto& entry) { return entry.column == cell.column; })) return nullptr;
    return {id(drawn(unrolled("input", cell.column, layer_.input))),
            id(unrolled("output", cell.row, trace_.output().size))};
  }

  [[nodiscard]] std::int64_t taps() const { return static_cast<std::int64_t>(covered_.size()); }
  [[nodiscard]] std::string tap_id(std::int64_t k) const {
    return id({"kernel", k / taps(), k % taps() / layer_.kernel[2], k % taps() % layer_.kernel[2]});
  }
  /// A row of windows is an output position, a column a tap of an input channel.
  [[nodiscard]] ordered_json under_window(const CellName& cell) const {
    const CellName at = unrolled("output", cell.row, trace_.output().size);
    const std::int64_t channel = cell.column / taps();
    const views::Covered under = map_.covered({0, at.row, at.column})[static_cast<std::size_t>(cell.column % taps())];
    ordered_json all{id({"input", channel, under.row, under.column}), tap_id(cell.column)};
    for (std::int64_t c = 0; c < layer_.out_channels; ++c) all.push_back(id({"output", c, at.row, at.column}));
    return all;
  }

  /// How often an input is read, or a transposed layer's output is written before the crop.
  [[nodiscard]] ordered_json touched(const CellName& cell) const {
    if (!layer_.transposed()) return {id(drawn({"input", 0, cell.row, cell.column}))};
    const std::int64_t row = cell.row - numerics::axis_of(layer_, 1).p.before;
    const std::int64_t column = cell.column - numerics::axis_of(layer_, 2).p.before;
    const numerics::Cell& size = trace_.output().size;
    if (row < 0 || column < 0 || row >= size[1] || column >= size[2]) return nullptr;  // cropped
    return {id({"output", 0, row, column})};
  }

  const numerics::Trace& trace_;
  const numerics::Layer& layer_;
  views::WindowMap map_;
  std::vector<views::Covered> covered_;
  InputDrawing input_;
};

}  // namespace

ordered_json joins_of(const numerics::Trace& trace, const Cast& cast, const InputDrawing& input) {
  ordered_json all = ordered_json::object();
  const Joins joins(trace, input);
  for (const Actor* actor : cast.actors()) {
    const auto cell = cell_name(actor->id);
    if (!cell || all.contains(actor->id)) continue;
    if (ordered_json ids = joins.of(*cell); !ids.is_null()) all.emplace(actor->id, std::move(ids));
  }
  return all;
}

}  // namespace convreel::output
