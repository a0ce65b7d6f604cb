#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include "base/error.hpp"
#include "paint/painter.hpp"

namespace convreel::paint {

namespace {

constexpr double kLongestSide = 16384;  // pixels; GIF and most players end before that

void check(double width, double height, const base::Limits& limits) {
  if (!(width >= 1 && height >= 1 && width <= kLongestSide && height <= kLongestSide))
    throw base::Error(base::ErrorKind::impossible,
                      fmt::format("a picture of {:.0f}x{:.0f} pixels cannot be painted", width, height),
                      fmt::format("sides go from 1 to {:.0f} pixels; use a smaller scale", kLongestSide));
  limits.hold(base::Limit::pixels, width * height,
              fmt::format("a picture of {:.0f}x{:.0f} has {:.0f} pixels", width, height, width * height));
}

/// The next even number of pixels, forgiving the last bits of a product.
double even(double length) { return 2 * std::ceil(length / 2 - 1e-6); }

}  // namespace

Raster raster_for(scene::Size canvas, double scale, const base::Limits& limits) {
  const double width = even(canvas.width * scale), height = even(canvas.height * scale);
  check(width, height, limits);
  Raster raster;
  raster.width = static_cast<int>(width), raster.height = static_cast<int>(height), raster.scale = scale;
  return raster;
}

Raster raster_fitted(scene::Size canvas, int width, int height, const base::Limits& limits) {
  check(width, height, limits);
  check(canvas.width, canvas.height, limits);
  Raster raster;
  raster.width = width, raster.height = height;
  raster.scale = std::min(width / canvas.width, height / canvas.height);
  raster.offset_x = std::floor((width - canvas.width * raster.scale) / 2);
  raster.offset_y = std::floor((height - canvas.height * raster.scale) / 2);
  return raster;
}

}  // namespace convreel::paint
