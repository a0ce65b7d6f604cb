// A shape in whole-pixel placement: what Cairo draws once as a mask, or as vectors into a PDF. Pixels, y down.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/image.hpp"
#include "paint/owners.hpp"
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

/// Every pixel that draw() may touch.
[[nodiscard]] base::PixelRect bounds(const Shape& shape);
/// Draws with the context's source colour.
void draw(cairo_t* context, const Shape& shape);

}  // namespace convreel::paint
