// What items are drawn on: pixels, or the pages of a PDF. Coordinates are whole pixels of the plane.
#pragma once

#include <functional>

#include "base/image.hpp"
#include "paint/shape.hpp"
#include "paint/shaper.hpp"
#include "theme/theme.hpp"

namespace convreel::paint {

class Plane {
 public:
  virtual ~Plane() = default;
  /// Puts the background back, whatever was there.
  virtual void clear(const base::PixelRect& box) = 0;
  virtual void rect(const base::PixelRect& box, theme::Colour colour) = 0;
  /// The shape with its origin at (x, y).
  virtual void shape(const Shape& shape, int x, int y, theme::Colour colour) = 0;
  /// The word from (x, baseline) to the right.
  virtual void word(const Word& word, int x, int baseline, theme::Colour colour) = 0;
  [[nodiscard]] virtual double advance(const Word& word) = 0;
  /// Draws as one layer at `opacity`.
  virtual void faded(double opacity, const std::function<void()>& draw) = 0;
};

}  // namespace convreel::paint
