#include "output/canvas.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.hpp"

namespace convreel::output {

namespace {

/// Columns [first, last) of a row that differ; equal ends when none does.
struct Span {
  int first = 0, last = 0;
};

Span different(const std::uint32_t* a, const std::uint32_t* b, int width) {
  const int first = static_cast<int>(std::mismatch(a, a + width, b).first - a);
  if (first == width) return {};
  int last = width;
  while (a[last - 1] == b[last - 1]) --last;
  return {first, last};
}

}  // namespace

base::PixelRect Canvas::update(const Frame& frame) {
  const base::ImageView& image = frame.image;
  if (image.width != last_.width || image.height != last_.height)
    throw base::Error(base::ErrorKind::run_time, fmt::format("a frame of {}x{} pixels came to a picture of {}x{}",
                                                             image.width, image.height, last_.width, last_.height));
  const base::PixelRect whole{0, 0, image.width, image.height};
  if (empty_) {
    last_ = base::Image(image);
    empty_ = false;
    return whole;
  }
  base::PixelRect changed;
  if (!frame.damage) {
    widen(changed, image, whole);
  } else {
    for (const base::PixelRect& rect : *frame.damage) widen(changed, image, base::intersected(rect, whole));
  }
  return changed;
}

void Canvas::widen(base::PixelRect& changed, const base::ImageView& image, const base::PixelRect& where) {
  for (int y = where.y; y < where.y + where.height; ++y) {
    const std::uint32_t* from = image.row(y) + where.x;
    std::uint32_t* to = last_.pixels.data() + std::ptrdiff_t{y} * last_.width + where.x;
    const Span span = different(from, to, where.width);
    if (span.first == span.last) continue;
    std::copy(from + span.first, from + span.last, to + span.first);
    changed = base::united(changed, {where.x + span.first, y, span.last - span.first, 1});
  }
}

}  // namespace convreel::output
