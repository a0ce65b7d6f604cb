// Legends of value ramps in a row: a word, the lowest value, the ramp, the highest value. Scene units.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "views/parts/grid.hpp"
#include "views/words.hpp"

namespace convreel::views {

struct Legend {
  std::string word;
  Numbers numbers;  ///< whose ramp
  Role role;        ///< of the cells
};

inline constexpr double kLegendRowHeight = 22;

/// One more where those figures carry a ramp in cells of that size.
void add_legend(std::vector<Legend>& legends, std::string word, const Figures& figures, Role role, double cell);

/// Room for them side by side; 0 for none.
[[nodiscard]] double legend_row_width(std::span<const Legend> legends);
/// The same legends in rows no wider than `width`, or of a single one.
[[nodiscard]] std::vector<std::span<const Legend>> legend_rows(std::span<const Legend> legends, double width);
/// One ramp between its lowest and highest value, centred in `room`, whose swatches shrink to fit. Ids begin with
/// "legend.<name>".
void add_legend_under(scene::Items& items, const std::string& name, const scene::Rect& room, const Numbers& numbers,
                      Role role, const scene::Ruler& ruler);
/// Centred about `centre`, its top at `top`.
void add_legend_row(scene::Items& items, double centre, double top, std::span<const Legend> legends);

}  // namespace convreel::views
