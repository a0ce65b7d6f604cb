// Cells on a grid: where they are, how their numbers are written, and when numbers give way to a value ramp.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "explain/number.hpp"
#include "numerics/axes.hpp"
#include "scene/item.hpp"
#include "scene/ruler.hpp"
#include "scene/scene.hpp"
#include "views/words.hpp"

namespace convreel::views {

/// Between the channels' grids of one map.
inline constexpr double kChannelGap = 12;
/// Between the slices of a depth axis, which stand side by side.
inline constexpr double kSliceGap = 14;
/// Above the slices of a map, for their places along the depth.
inline constexpr double kSliceHead = 20;
/// Cells do not grow beyond this.
inline constexpr double kLargestCell = 64;
/// Cells smaller than this show no numbers but a ramp of values.
inline constexpr double kSmallestNumberedCell = 14;
/// Numbers that would have to be smaller than this, in scene units, give way to the ramp too: nobody reads them.
inline constexpr double kSmallestNumberFont = 7.5;
/// Where cells are small a kernel's are larger, up to this.
inline constexpr double kReadableKernelCell = 28;
/// How much is seen of empty cells where they are small: together their outlines would be the brightest thing there is.
inline constexpr double kReceding = 0.3;
/// Cells smaller than this have no room for a weight beside their value.
inline constexpr double kSmallestCornerCell = 30;

/// "output.0.2.1": channel, row, column; the depth stands before the row where there are three axes.
[[nodiscard]] std::string cell_id(std::string_view name, const numerics::Place& at, int dims);

/// The room of a map whose slices stand side by side.
[[nodiscard]] double map_width(const numerics::Cell& size, double cell);

/// Rectangles of square slots side by side: rows and columns of a map, a rectangle for each slice of its depth.
struct Grid {
  std::string name;
  scene::Point origin;
  double cell = 0;
  std::int64_t rows = 1, columns = 1;
  int dims = 2;  ///< axes of the map; ids name as many
  std::int64_t slices = 1;

  [[nodiscard]] scene::Rect slot(std::int64_t row, std::int64_t column) const { return slot({0, row, column}); }
  [[nodiscard]] scene::Rect slot(const numerics::Cell& at) const { return block(at, {1, 1, 1}); }
  /// Slots (row, column) to (row + rows - 1, column + columns - 1) of the first slice as one box.
  [[nodiscard]] scene::Rect block(std::int64_t row, std::int64_t column, std::int64_t height,
                                  std::int64_t width) const {
    return block({0, row, column}, {1, height, width});
  }
  /// Of the slice in which `first` lies.
  [[nodiscard]] scene::Rect block(const numerics::Cell& first, const numerics::Cell& size) const {
    const double slice = origin.x + static_cast<double>(first[0]) * (static_cast<double>(columns) * cell + kSliceGap);
    return {slice + static_cast<double>(first[2]) * cell, origin.y + static_cast<double>(first[1]) * cell,
            static_cast<double>(size[2]) * cell, static_cast<double>(size[1]) * cell};
  }
  /// A box in every slice, or in every so many.
  [[nodiscard]] std::vector<scene::Rect> blocks(const numerics::Cell& first, const numerics::Cell& size,
                                                std::int64_t every = 1) const;
  [[nodiscard]] scene::Rect area() const {
    return {origin.x, origin.y, map_width({slices, rows, columns}, cell), static_cast<double>(rows) * cell};
  }
  [[nodiscard]] std::string id(const numerics::Place& at) const { return cell_id(name, at, dims); }
  [[nodiscard]] std::string id(std::int64_t row, std::int64_t column) const { return id({0, {0, row, column}}); }
};

/// How the numbers of one grid are written in cells of one size.
class Numbers {
 public:
  Numbers() = default;

  [[nodiscard]] bool ramp() const { return ramp_; }
  [[nodiscard]] bool shown() const { return shown_; }
  [[nodiscard]] double font() const { return font_; }
  [[nodiscard]] double low() const { return low_; }
  [[nodiscard]] double high() const { return high_; }
  /// Width of the widest at a font of one unit.
  [[nodiscard]] double widest() const { return widest_; }
  [[nodiscard]] const explain::NumberStyle& style() const { return style_; }
  [[nodiscard]] std::string text(double value) const;
  /// A shade when numbers do not fit, else `role`. Shades rise from the lowest value to the highest; where there are
  /// values below zero they part there.
  [[nodiscard]] scene::Role role(double value, scene::Role role) const;
  /// The same with a ramp over these values alone.
  [[nodiscard]] Numbers over(std::span<const double> values) const;

 private:
  friend class Figures;

  explain::NumberStyle style_;
  double font_ = 0, low_ = 0, high_ = 0, widest_ = 0;
  bool shown_ = false, ramp_ = false, photo_ = false;
};

/// The numbers of one grid before its cells have a size: shared decimals, one font that fits the widest, and the rule
/// when all of them give way to a ramp of values.
class Figures {
 public:
  Figures() = default;
  /// `shown` false: no numbers are wanted, and no ramp in their place; cells say what they are, not what they hold.
  /// `photo`: the values are a photo's, or made of it, and shown in its own light.
  Figures(const std::vector<double>& values, bool shown, const scene::Ruler& ruler, bool photo = false);

  [[nodiscard]] Numbers at(double cell) const;
  /// True when cells of that size carry a ramp.
  [[nodiscard]] bool ramp(double cell) const;

 private:
  /// The widest number's font, scene units.
  [[nodiscard]] double font(double cell) const;

  explain::NumberStyle style_;
  double low_ = 0, high_ = 0, widest_ = 0;  ///< width of the widest number at a font of one unit
  bool shown_ = false, some_ = false, photo_ = false;
};

/// A cell with its number (or its ramp colour).
[[nodiscard]] scene::Item value_cell(std::string id, scene::Rect slot, scene::Role role, double value,
                                     const Numbers& numbers);
/// A cell of a kernel.
[[nodiscard]] scene::Item weight_cell(std::string id, scene::Rect slot, double weight, const Numbers& numbers);
/// A cell that carries `text` as it is.
[[nodiscard]] scene::Item text_cell(std::string id, scene::Rect slot, scene::Role role, std::string text, double font);
/// A cell that is still empty. Small ones recede.
[[nodiscard]] scene::Item pending_cell(std::string id, scene::Rect slot, scene::Role role);

/// Words in a box. `align` holds horizontally; vertically they are centred.
[[nodiscard]] scene::Item label(std::string id, scene::Rect box, std::vector<scene::Span> spans, double font,
                                scene::Align align = scene::Align::centre);

/// A point between two rectangles of one size: 0 is `from`, 1 is `to`.
[[nodiscard]] scene::Rect between(const scene::Rect& from, const scene::Rect& to, double share);

}  // namespace convreel::views
