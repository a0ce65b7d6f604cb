// The things a scene is made of. An item says what it is (role), where (scene units) and what it reads; never a colour,
// a font family or a pixel.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "scene/geometry.hpp"
#include "scene/role.hpp"

namespace convreel::scene {

enum class Form : std::uint8_t {
  cell,     ///< a box on the grid: opaque, replaces whatever was in its slot; may carry text
  panel,    ///< a rounded box behind text: a chip, a chapter
  frame,    ///< an outline only, drawn around `box`: the window
  veil,     ///< a translucent fill of `box` in the role's stroke colour
  text,     ///< text only, in `box`
  line,     ///< `points` joined by straight strokes
  polygon,  ///< `points`, closed, filled and outlined
  disc,     ///< a filled circle in `box`: a number's badge, a verdict's mark
  bar,      ///< a flat bar: the progress line
};

enum class Align : std::uint8_t { left, centre, right };

enum class Weight : std::uint8_t { regular, medium, bold };

/// A run of text in one role's ink.
struct Span {
  std::string text;
  Role role = Role::ink;
  Weight weight = Weight::regular;

  bool operator==(const Span&) const = default;
};

struct Item {
  /// Stable over the frames: the same thing has the same id. Unique within a layer list's last occurrence.
  /// Grid cells are "<grid>.<channel>.<row>.<column>", such as "output.0.2.1".
  std::string id;
  Form form = Form::cell;
  Role role = Role::background;
  Align align = Align::centre;
  bool heading = false;  ///< text in the theme's heading family
  bool corner = false;   ///< cell text moves up left because a small number joins it at the bottom right
  Rect box;
  double font = 0;  ///< text size, scene units; 0 = no text
  double opacity = 1;
  double stroke = 0;    ///< line and frame width, scene units; 0 = the theme's
  bool veiled = false;  ///< a cell under the window: its fill is tinted, its text is not
  bool dashed = false;
  bool arrow = false;  ///< a line ends in an arrow head
  std::vector<Span> text;
  std::vector<Point> points;  ///< line, polygon

  bool operator==(const Item&) const = default;
};

}  // namespace convreel::scene
