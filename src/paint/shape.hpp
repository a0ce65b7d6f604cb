// A shape in whole-pixel placement, and the geometry that every plane draws it by. Pixels, y down.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/image.hpp"
#include "scene/geometry.hpp"
#include "theme/theme.hpp"

namespace convreel::paint {

struct Shape {
  enum class Outline : std::uint8_t { box, ellipse, path };

  Outline outline = Outline::box;
  int width = 0, height = 0;           ///< box and ellipse: from (0, 0)
  double radius = 0;                   ///< box: its corners
  std::vector<scene::Point> points{};  ///< path
  bool closed = false;                 ///< path
  double stroke = 0;  ///< 0: filled; otherwise the line's width, inside a box or ellipse, centred on a path
  double dash = 0;    ///< length of dash and gap, 0: solid
  double arrow = 0;   ///< path: length of the head at its end, 0: none
  theme::Texture texture = theme::Texture::none;  ///< drawn in the outline's inside instead of a fill
  double unit = 1;                                ///< textures: pixels a scene unit

  bool operator==(const Shape&) const = default;
};

struct ShapeHash {
  std::size_t operator()(const Shape& shape) const;
};

/// Every pixel that the shape may touch.
[[nodiscard]] base::PixelRect bounds(const Shape& shape);
/// A filled box with sharp corners.
[[nodiscard]] bool plain_box(const Shape& shape);

/// What is traced of a box or an ellipse: the middle of its line. The corners' radius there is traced_radius().
[[nodiscard]] scene::Rect traced(const Shape& shape);
[[nodiscard]] double traced_radius(const Shape& shape);
/// Dash and gap, 0 for a solid line. Round a box they close up: a whole number of them on the way.
[[nodiscard]] double even_dash(const Shape& shape);
/// The two strokes back from a path's end: tip of one, the end, tip of the other. Empty without an arrow.
[[nodiscard]] std::vector<scene::Point> arrow_head(const Shape& shape);

/// Hatching: slanted lines of that width that far apart, scene units.
inline constexpr double kHatchStep = 6, kHatchLine = 1.2;
/// Crossing out: that wide a line, scene units.
inline constexpr double kCrossLine = 1.6;
/// What a texture is laid over: the box, or what holds a path's points.
[[nodiscard]] scene::Rect textured(const Shape& shape);
/// The ends of the two lines that cross a box out.
[[nodiscard]] std::array<std::array<scene::Point, 2>, 2> crossed(const scene::Rect& box);
/// Two dots a cell, where neither the value nor a weight stands: a mark that costs an encoder next to nothing. In a
/// path (a plate's cell) they stand left and right of the middle.
[[nodiscard]] std::array<scene::Rect, 2> two_dots(const scene::Rect& box, bool path);

}  // namespace convreel::paint
