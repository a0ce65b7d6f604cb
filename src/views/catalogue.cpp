#include "views/catalogue.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

#include "base/error.hpp"
#include "base/text.hpp"

namespace convreel::views {

// Every view's row stands beside the view.
extern const Row kSlideRow, kZeroInsertionRow, kStampRow, kMatrixRow, kIm2colRow, kIsoRow, kOverlapRow, kRoundtripRow,
    kBackwardRow, kStackRow, kStagesRow, kReceptiveFieldRow, kEqualsRow;

std::span<const Row> catalogue() {
  static const std::array kRows{kSlideRow,  kZeroInsertionRow,  kStampRow,     kMatrixRow,   kIm2colRow,
                                kIsoRow,    kOverlapRow,        kRoundtripRow, kBackwardRow, kStackRow,
                                kStagesRow, kReceptiveFieldRow, kEqualsRow};
  return kRows;
}

namespace {

std::string no_depth(std::string_view view) {
  return fmt::format("{} draws rows and columns and has no place for the depth of a 3-D layer", view);
}

}  // namespace

std::optional<std::string> Row::refuses(const numerics::Layer& layer) const {
  if (auto reason = unsuited(layer)) return reason;
  if (depth || layer.dims < numerics::kAxes) return std::nullopt;
  return no_depth(name);
}

const Row& view_named(std::string_view name) {
  std::vector<std::string_view> names;
  for (const Row& row : catalogue()) {
    if (row.name == name) return row;
    names.push_back(row.name);
  }
  const auto near = base::nearest(name, names);
  throw base::Error(base::ErrorKind::usage, fmt::format("there is no view \"{}\"", name),
                    near ? fmt::format("did you mean {}?", *near) : "`convreel list views` shows them all");
}

std::string_view default_view(const numerics::Layer& layer) {
  return std::ranges::find_if(catalogue(), [&](const Row& row) { return !row.unsuited(layer); })->name;
}

std::string_view default_view(const job::Chain& chain) {
  return chain.stack ? kStackRow.name : default_view(chain.only().layer());
}

std::optional<std::string> refusal(const Row& row, const job::Chain& chain) {
  if (!chain.stack) return row.refuses(chain.only().layer());
  if (!row.make_of_stack)
    return fmt::format("{} shows one layer, and this is a stack of {}", row.name, chain.stages.size());
  const auto deep = [](const numerics::Stage& stage) { return stage.dims() == numerics::kAxes; };
  if (!row.depth && std::ranges::any_of(chain.stages, deep)) return no_depth(row.name);
  return row.unsuited_stack ? row.unsuited_stack(chain.stages) : std::nullopt;
}

}  // namespace convreel::views
