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
    kBackwardRow;

std::span<const Row> catalogue() {
  static const std::array kRows{kSlideRow, kZeroInsertionRow, kStampRow,     kMatrixRow,  kIm2colRow,
                                kIsoRow,   kOverlapRow,       kRoundtripRow, kBackwardRow};
  return kRows;
}

std::optional<std::string> Row::refuses(const numerics::Layer& layer) const {
  if (auto reason = unsuited(layer)) return reason;
  if (depth || layer.dims < numerics::kAxes) return std::nullopt;
  return fmt::format("{} draws rows and columns and has no place for the depth of a 3-D layer", name);
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

}  // namespace convreel::views
