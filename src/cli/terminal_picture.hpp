// A scene as lines of text: every grid of cells as a table, with marks (and colours, where they are wanted) for what
// the cells mean. Knows no terminal.
#pragma once

#include <cstddef>
#include <vector>

#include "cli/terminal_line.hpp"
#include "scene/scene.hpp"

namespace convreel::cli {

/// Title, parameters and the size formula: the same for every picture of a reel.
[[nodiscard]] std::vector<Line> heading_lines(const scene::Scene& scene);
/// What the marks around a number mean.
[[nodiscard]] Line legend_line();
/// The chapter or step, the grids, the arithmetic. Grids stand side by side as in the picture while they fit into
/// `columns` (0: any width).
[[nodiscard]] std::vector<Line> picture_lines(const scene::Scene& scene, std::size_t columns);
/// True when there is a grid to show: some views draw plates or lines only.
/// A kernel alone is nothing to follow a layer by.
[[nodiscard]] bool has_grids(const scene::Scene& scene);

}  // namespace convreel::cli
