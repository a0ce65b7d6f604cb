// Scene units to whole pixels: every edge is rounded by itself after scaling, so that neighbours share their edge.
#pragma once

#include <algorithm>
#include <cmath>

#include "base/image.hpp"
#include "scene/geometry.hpp"

namespace convreel::paint {

/// Pixels; twice the longest picture, so that what is clamped is out of sight.
inline constexpr double kFar = 32768;

class Snap {
 public:
  Snap(double scale, double offset_x, double offset_y) : scale_(scale), offset_x_(offset_x), offset_y_(offset_y) {}

  [[nodiscard]] double scale() const { return scale_; }
  [[nodiscard]] double x_exact(double x) const { return bounded(x * scale_ + offset_x_); }
  [[nodiscard]] double y_exact(double y) const { return bounded(y * scale_ + offset_y_); }
  [[nodiscard]] int x(double x) const { return static_cast<int>(std::lround(x_exact(x))); }
  [[nodiscard]] int y(double y) const { return static_cast<int>(std::lround(y_exact(y))); }
  [[nodiscard]] base::PixelRect box(const scene::Rect& box) const {
    const int left = x(box.x), top = y(box.y);
    return {left, top, std::max(0, x(box.right()) - left), std::max(0, y(box.bottom()) - top)};
  }
  /// A line's width: at least one pixel.
  [[nodiscard]] int line(double units) const { return std::max(1, static_cast<int>(std::lround(length(units)))); }
  [[nodiscard]] double length(double units) const { return bounded(units * scale_); }

 private:
  /// Far outside of any picture, and still a number that fits where pixels are counted.
  static double bounded(double pixels) { return std::isnan(pixels) ? 0 : std::clamp(pixels, -kFar, kFar); }

  double scale_, offset_x_, offset_y_;
};

}  // namespace convreel::paint
