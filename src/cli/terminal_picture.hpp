// A scene as lines of text: every grid of cells as a table, with marks (and colours, where they are wanted) for what
// the cells mean. Knows no terminal.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "scene/scene.hpp"

namespace convreel::cli {

/// A stretch of text in one look: the numbers of an ANSI "select graphic rendition" sequence, empty for none.
struct Run {
  std::string text;
  std::string_view look;
};
using Line = std::vector<Run>;

/// Code points; every sign that we draw is one column wide.
[[nodiscard]] std::size_t width(const Line& line);
/// At most `columns` wide; what is cut off shows as "…".
[[nodiscard]] Line clipped(Line line, std::size_t columns);
[[nodiscard]] std::string to_text(const Line& line, bool colour);

/// Title, parameters and the size formula: the same for every picture of a reel.
[[nodiscard]] std::vector<Line> heading_lines(const scene::Scene& scene);
/// What the marks around a number mean.
[[nodiscard]] Line legend_line();
/// The chapter or step, the grids, the arithmetic. Grids stand side by side as in the picture while they fit into
/// `columns` (0: any width).
[[nodiscard]] std::vector<Line> picture_lines(const scene::Scene& scene, std::size_t columns);
/// True when there is a grid to show: some views draw plates or lines only.
[[nodiscard]] bool has_grids(const scene::Scene& scene);

}  // namespace convreel::cli
