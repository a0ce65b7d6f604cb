// Shapes as SVG elements and paths, in scene units. Knows no theme and no text.
#pragma once

#include <string>
#include <string_view>

#include "scene/scene.hpp"

namespace convreel::output {

/// A rectangle with round corners, or the ellipse in it.
struct Box {
  double x = 0, y = 0, width = 0, height = 0, radius = 0;
  bool ellipse = false;
};

/// ` name="3"`; nothing for 0.
[[nodiscard]] std::string attribute(std::string_view name, double value);

/// <rect> or <ellipse>; `more` are further attributes.
[[nodiscard]] std::string shape(const Box& box, std::string_view classes, std::string_view more = {});
/// A box as a path that begins at its top right corner, as Cairo's does: dashes are counted from there.
[[nodiscard]] std::string round_box(const Box& box, std::string_view classes, std::string_view more);
/// By that much on every side.
[[nodiscard]] Box shrunk(Box box, double by);
/// Attributes for dashes that close up: a whole number of them on the way round, half a one at the beginning.
[[nodiscard]] std::string dashes(const Box& box, double stroke, double dash);

/// Path data of an X in the box.
[[nodiscard]] std::string crossing(const Box& box);
/// Path data of two specks in opposite corners, or on the middle line where the box is around a plate's cell (`path`).
[[nodiscard]] std::string two_dots(const Box& box, bool path);
/// Path data of two strokes back from the last of the item's points, relative to the first; `middle` is added to both
/// coordinates.
[[nodiscard]] std::string arrow_head(const scene::Item& item, double length, double middle);

}  // namespace convreel::output
