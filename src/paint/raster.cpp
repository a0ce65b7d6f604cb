#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include "base/error.hpp"
#include "paint/painter.hpp"

namespace convreel::paint {

namespace {

constexpr double kLongestSide = 16384;  // pixels; GIF and most players end before that
constexpr double kMostPixels = 64e6;

void check(double width, double height) {
  if (width >= 1 && height >= 1 && width <= kLongestSide && height <= kLongestSide && width * height <= kMostPixels)
    return;
  throw base::Error(base::ErrorKind::impossible,
                    fmt::format("a picture of {:.0f}x{:.0f} pixels cannot be painted", width, height),
                    fmt::format("sides go from 1 to {:.0f} pixels, {:.0f} million pixels in all; use a smaller scale",
                                kLongestSide, kMostPixels / 1e6));
}

/// The next even number of pixels, forgiving the last bits of a product.
double even(double length) { return 2 * std::ceil(length / 2 - 1e-6); }

}  // namespace

Raster raster_for(scene::Size canvas, double scale) {
  const double width = even(canvas.width * scale), height = even(canvas.height * scale);
  check(width, height);
  Raster raster;
  raster.width = static_cast<int>(width), raster.height = static_cast<int>(height), raster.scale = scale;
  return raster;
}

Raster raster_fitted(scene::Size canvas, int width, int height) {
  check(width, height);
  check(canvas.width, canvas.height);
  Raster raster;
  raster.width = width, raster.height = height;
  raster.scale = std::min(width / canvas.width, height / canvas.height);
  raster.offset_x = std::floor((width - canvas.width * raster.scale) / 2);
  raster.offset_y = std::floor((height - canvas.height * raster.scale) / 2);
  return raster;
}

}  // namespace convreel::paint
