#include "paint/vector_plane.hpp"

#include "paint/draw.hpp"

namespace convreel::paint {

using base::PixelRect;
using theme::Colour;

VectorPlane::VectorPlane(const theme::Theme& theme, cairo_t* context)
    : theme_(theme), shaper_(theme.fonts), context_(context) {}

void VectorPlane::source(Colour colour) {
  cairo_set_source_rgba(context_, colour.r / 255.0, colour.g / 255.0, colour.b / 255.0, colour.a / 255.0);
}

void VectorPlane::clear(const PixelRect& box) {
  source(theme_.of(scene::Role::background).fill.value_or(Colour{255, 255, 255, 255}));
  cairo_rectangle(context_, box.x, box.y, box.width, box.height);
  cairo_fill(context_);
}

void VectorPlane::shape(const Shape& shape, int x, int y, const Ink& ink) {
  source(colour_of(theme_, ink));
  cairo_save(context_);
  cairo_translate(context_, x, y);
  draw(context_, shape);
  cairo_restore(context_);
}

void VectorPlane::word(const Word& word, int x, int baseline, scene::Role role) {
  const ShapedText shaped = shaper_.shaped(word);
  source(theme_.of(role).ink);
  cairo_save(context_);
  cairo_translate(context_, x, baseline);
  cairo_scale(context_, scale_of(word), scale_of(word));
  shaped.show(context_);
  cairo_restore(context_);
}

void VectorPlane::faded(double opacity, const std::function<void()>& draw) {
  cairo_push_group(context_);
  draw();
  cairo_pop_group_to_source(context_);
  cairo_paint_with_alpha(context_, opacity);
}

}  // namespace convreel::paint
