// Legends of value ramps in a row: a word, the lowest value, the ramp, the highest value. Scene units.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "views/grid.hpp"

namespace convreel::views {

struct Legend {
  std::string word;
  const Numbers* numbers = nullptr;  ///< whose ramp; outlives the call only
};

inline constexpr double kLegendRowHeight = 22;

/// Room for `count` legends side by side; 0 for none.
[[nodiscard]] double legend_row_width(std::size_t count);
/// How many legends fit side by side; at least one.
[[nodiscard]] std::size_t legends_in_row(double width);
/// Centred about `centre`, its top at `top`.
void add_legend_row(scene::Items& items, double centre, double top, const std::vector<Legend>& legends);

}  // namespace convreel::views
