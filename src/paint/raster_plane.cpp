#include "paint/raster_plane.hpp"

#include <cmath>

#include "paint/draw.hpp"

namespace convreel::paint {

namespace {

constexpr std::size_t kShapeBudget = 2 << 20, kWordBudget = 2 << 20;
constexpr std::int64_t kLargestKept = 4 << 20;  // pixels; a larger mask is made for the visible part only, each time

using base::PixelRect;
using theme::Colour;

/// The highest `levels` at which a palette of 256 colours is meant. A page has some twenty pairs of text and ground,
/// and corners and slants meet many grounds: text then gets three quarters of the levels, shapes a quarter.
constexpr int kPaletteLevels = 32;

int text_levels(int levels) { return levels <= kPaletteLevels ? levels * 3 / 4 : levels; }
int shape_levels(int levels) { return levels <= kPaletteLevels ? levels / 4 : levels; }

PixelRect moved(const PixelRect& box, int x, int y) { return {box.x + x, box.y + y, box.width, box.height}; }

PixelRect ink_box(const ShapedText& text, double scale) {
  const PangoRectangle ink = text.ink();
  if (ink.width <= 0 || ink.height <= 0) return {};
  const double pixels = scale / PANGO_SCALE;
  const int left = static_cast<int>(std::floor(ink.x * pixels)), top = static_cast<int>(std::floor(ink.y * pixels));
  return {left, top, static_cast<int>(std::ceil((ink.x + ink.width) * pixels)) - left,
          static_cast<int>(std::ceil((ink.y + ink.height) * pixels)) - top};
}

}  // namespace

RasterPlane::RasterPlane(const theme::Theme& theme, bool transparent, int levels)
    : theme_(theme),
      shaper_(theme.fonts),
      text_steps_(text_levels(levels)),
      shape_steps_(shape_levels(levels)),
      background_(transparent ? 0 : premultiplied(theme.of(scene::Role::background).fill.value_or(Colour{}))),
      shapes_(kShapeBudget),
      words_(kWordBudget) {}

bool RasterPlane::touch(const PixelRect& box) {
  const PixelRect clip = base::intersected(box, pixels_->all());
  touched_ = base::united(touched_, clip);
  return !dry_ && !clip.empty();
}

void RasterPlane::clear(const PixelRect& box) {
  if (touch(box)) pixels_->fill(box, background_);
}

void RasterPlane::shape(const Shape& shape, int x, int y, const Ink& ink) {
  const PixelRect box = bounds(shape);
  if (!touch(moved(box, x, y))) return;
  const Colour colour = colour_of(theme_, ink);
  if (plain_box(shape)) return pixels_->blend(moved(box, x, y), colour);
  const auto drawn = [&](cairo_t* context) { draw(context, shape); };
  if (box.area() <= kLargestKept)
    return pixels_->blend(shapes_.get(shape, [&] { return rasterised(box, shape_steps_, drawn); }), x, y, colour);
  const PixelRect visible = base::intersected(box, moved(pixels_->all(), -x, -y));
  pixels_->blend(rasterised(visible, shape_steps_, drawn), x, y, colour);
}

void RasterPlane::word(const Word& word, int x, int baseline, scene::Role role) {
  const Mask& mask = printed(word).mask;
  if (touch(moved(mask.box, x, baseline))) pixels_->blend(mask, x, baseline, theme_.of(role).ink);
}

double RasterPlane::advance(const Word& word) { return printed(word).advance; }

const RasterPlane::Printed& RasterPlane::printed(const Word& word) {
  return words_.get(word, [&] { return print(word); });
}

RasterPlane::Printed RasterPlane::print(const Word& word) const {
  const ShapedText text = shaper_.shaped(word);
  const double scale = scale_of(word);
  PixelRect box = ink_box(text, scale);
  if (box.area() > kLargestKept) box = base::intersected(box, {-box.height, -box.height, 4096, 1024});
  // Outlines, not FreeType's own pictures: glyphs then lie between pixels where the spacing wants them.
  Mask mask = rasterised(box, text_steps_, [&](cairo_t* context) {
    cairo_scale(context, scale, scale);
    text.add_path(context);
    cairo_fill(context);
  });
  return {std::move(mask), text.width() * scale / PANGO_SCALE, word.text.size()};
}

void RasterPlane::faded(double opacity, const std::function<void()>& draw) {
  const PixelRect before = take_touched();
  const bool was_dry = std::exchange(dry_, true);
  draw();
  const PixelRect box = touched_;
  dry_ = was_dry;
  touched_ = base::united(before, box);
  if (dry_ || box.empty()) return;
  const auto old = pixels_->read(box);
  draw();
  pixels_->mix(box, old, opacity);
}

}  // namespace convreel::paint
