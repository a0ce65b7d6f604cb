// A grid lying flat in space, seen from above at an angle: its cells are parallelograms. Parallel projection, so that
// all cells of a plate are alike. Scene units.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "scene/item.hpp"
#include "views/words.hpp"

namespace convreel::views {

/// Corners of a parallelogram, clockwise from the far left one of the grid.
using Quad = std::array<scene::Point, 4>;

/// Text on a plate's cell has as much room as in an upright cell so many times as large.
inline constexpr double kPlateText = 0.95;

struct Plate {
  scene::Point origin;  ///< the corner of row 0, column 0
  double cell = 0;      ///< projected width of a column
  std::int64_t rows = 1, columns = 1;
  std::int64_t slices = 1;  ///< of a depth axis, plates of one size below each other

  /// One of them by itself.
  [[nodiscard]] Plate slice(std::int64_t z) const;
  /// Of the first slice: the cells (row, column) to (row + height, column + width); between cells for fractions.
  [[nodiscard]] Quad quad(double row, double column, double height, double width) const;
  [[nodiscard]] Quad whole() const { return quad(0, 0, static_cast<double>(rows), static_cast<double>(columns)); }
  [[nodiscard]] scene::Rect bounds() const;
  [[nodiscard]] Plate moved(double dx, double dy) const {
    return {{origin.x + dx, origin.y + dy}, cell, rows, columns, slices};
  }
};

/// `count` plates like this one in `rows` rows, every other shifted by half a place: diamonds nest.
[[nodiscard]] std::vector<Plate> tiled(const Plate& plate, std::int64_t count, std::int64_t rows, double gap);
[[nodiscard]] scene::Rect bounds_of(const std::vector<Plate>& plates);

/// The point a share of the way from one quad to another, corner by corner.
[[nodiscard]] Quad between(const Quad& from, const Quad& to, double share);
/// `item` as a parallelogram, its text in the middle; `cell` is its plate's.
[[nodiscard]] scene::Item on_plate(scene::Item item, const Quad& quad, double cell);
/// The quad's edge as a line without fill.
[[nodiscard]] scene::Item outline(std::string id, scene::Role role, const Quad& quad, double stroke);

/// A part of a line that runs behind a plate, or does not.
struct Stretch {
  scene::Point from, to;
  bool hidden = false;
};
/// A straight line cut where it enters and leaves the plates, in order.
[[nodiscard]] std::vector<Stretch> stretches(scene::Point from, scene::Point to, const std::vector<Plate>& plates);

}  // namespace convreel::views
