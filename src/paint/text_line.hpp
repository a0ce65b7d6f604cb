// Spans set one after the other in one line, made to fit a width: smaller down to a floor, then shortened.
#pragma once

#include <vector>

#include "paint/word.hpp"

namespace convreel::paint {

class Plane;

struct Placed {
  Word word;
  scene::Role role;
  double x = 0;  ///< from the line's start, pixels
};

struct TextLine {
  std::vector<Placed> words;
  double width = 0, font = 0;  ///< pixels; the font after fitting
};

/// Where a line stands: in the `room` behind `left`, on its baseline.
struct TextPlace {
  scene::Align align = scene::Align::left;
  double left = 0, room = 0;
  int baseline = 0;

  /// Where a line of that width begins.
  [[nodiscard]] double start(double width) const;
};

/// `widest` in pixels, 0: no limit.
[[nodiscard]] TextLine fitted(Plane& plane, const std::vector<scene::Span>& spans, double font, bool heading,
                              double widest);

}  // namespace convreel::paint
