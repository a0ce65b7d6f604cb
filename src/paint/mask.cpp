#include "paint/mask.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.hpp"

namespace convreel::paint {

Steps::Steps(int levels) {
  const int top = std::clamp(levels, 2, 256) - 1;
  for (int c = 0; c < 256; ++c) {
    const int step = (c * top + 127) / 255;
    table_[static_cast<std::size_t>(c)] = static_cast<std::uint8_t>((step * 255 + top / 2) / top);
  }
}

Mask rasterised(const base::PixelRect& box, const Steps& steps, const std::function<void(cairo_t*)>& draw) {
  Mask mask{box, {}};
  if (box.empty()) return mask;
  const Owned<cairo_surface_t> surface(cairo_image_surface_create(CAIRO_FORMAT_A8, box.width, box.height));
  const Owned<cairo_t> context(cairo_create(surface.get()));
  cairo_translate(context.get(), -box.x, -box.y);
  draw(context.get());
  cairo_surface_flush(surface.get());
  if (const cairo_status_t status = cairo_status(context.get()); status != CAIRO_STATUS_SUCCESS)
    throw base::Error(base::ErrorKind::run_time, fmt::format("cannot draw: {}", cairo_status_to_string(status)));
  const unsigned char* pixels = cairo_image_surface_get_data(surface.get());
  const int stride = cairo_image_surface_get_stride(surface.get());
  mask.coverage.resize(static_cast<std::size_t>(box.width) * static_cast<std::size_t>(box.height));
  for (int y = 0; y < box.height; ++y)
    std::transform(pixels + std::ptrdiff_t{y} * stride, pixels + std::ptrdiff_t{y} * stride + box.width,
                   mask.coverage.begin() + std::ptrdiff_t{y} * box.width, steps);
  return mask;
}

}  // namespace convreel::paint
