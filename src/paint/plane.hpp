// What items are drawn on: pixels, the pages of a PDF, or markup. Coordinates are whole pixels of the plane.
#pragma once

#include <functional>

#include "base/image.hpp"
#include "paint/ink.hpp"
#include "paint/shape.hpp"
#include "paint/text_line.hpp"

namespace convreel::paint {

class Plane {
 public:
  virtual ~Plane() = default;
  /// Puts the background back, whatever was there.
  virtual void clear(const base::PixelRect& box) = 0;
  /// The shape with its origin at (x, y).
  virtual void shape(const Shape& shape, int x, int y, const Ink& ink) = 0;
  /// A line of text: every word on whole pixels, unless the plane has lines of its own.
  virtual void text(const TextLine& line, const TextPlace& place);
  /// The word from (x, baseline) to the right, in the role's ink.
  virtual void word(const Word& word, int x, int baseline, scene::Role role) = 0;
  [[nodiscard]] virtual double advance(const Word& word) = 0;
  /// Height of a capital letter as a share of the font size.
  [[nodiscard]] virtual double cap_height(bool heading) = 0;
  /// Draws as one layer at `opacity`.
  virtual void faded(double opacity, const std::function<void()>& draw) = 0;
};

}  // namespace convreel::paint
