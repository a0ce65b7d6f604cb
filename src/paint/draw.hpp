// Shapes drawn by Cairo: once as a mask, or as vectors into a PDF.
#pragma once

#include "paint/owners.hpp"
#include "paint/shape.hpp"

namespace convreel::paint {

/// Draws with the context's source colour.
void draw(cairo_t* context, const Shape& shape);

}  // namespace convreel::paint
