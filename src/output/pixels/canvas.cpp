#include "output/pixels/canvas.hpp"

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

std::vector<base::PixelRect> Canvas::changes(const Frame& frame) {
  const base::ImageView& image = frame.image;
  if (image.width != width_ || image.height != height_)
    throw base::Error(base::ErrorKind::run_time, fmt::format("a frame of {}x{} pixels came to a picture of {}x{}",
                                                             image.width, image.height, width_, height_));
  const base::PixelRect whole{0, 0, width_, height_};
  if (empty_) {
    last_ = base::Image(image);
    empty_ = false;
    return {whole};
  }
  std::vector<base::PixelRect> changed;
  const auto look = [&](const base::PixelRect& where) {
    const base::PixelRect rect = change(image, base::intersected(where, whole));
    if (!rect.empty()) changed.push_back(rect);
  };
  if (frame.damage)
    std::ranges::for_each(*frame.damage, look);
  else
    look(whole);
  return changed;
}

base::PixelRect Canvas::update(const Frame& frame) {
  base::PixelRect around;
  for (const base::PixelRect& rect : changes(frame)) around = base::united(around, rect);
  return around;
}

base::PixelRect Canvas::change(const base::ImageView& image, const base::PixelRect& where) {
  base::PixelRect changed;
  for (int y = where.y; y < where.y + where.height; ++y) {
    const std::uint32_t* from = image.row(y) + where.x;
    std::uint32_t* to = last_.pixels.data() + std::ptrdiff_t{y} * last_.width + where.x;
    const Span span = different(from, to, where.width);
    if (span.first == span.last) continue;
    std::copy(from + span.first, from + span.last, to + span.first);
    changed = base::united(changed, {where.x + span.first, y, span.last - span.first, 1});
  }
  return changed;
}

}  // namespace convreel::output
