#include "paint/draw.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace convreel::paint {

namespace {

using scene::Point;
using scene::Rect;
using std::numbers::pi;
using theme::Texture;

void trace_box(cairo_t* cr, const Rect& box, double radius) {
  if (radius <= 0) return cairo_rectangle(cr, box.x, box.y, box.width, box.height);
  const double r = std::min({radius, box.width / 2, box.height / 2});
  cairo_new_sub_path(cr);
  cairo_arc(cr, box.right() - r, box.y + r, r, -pi / 2, 0);
  cairo_arc(cr, box.right() - r, box.bottom() - r, r, 0, pi / 2);
  cairo_arc(cr, box.x + r, box.bottom() - r, r, pi / 2, pi);
  cairo_arc(cr, box.x + r, box.y + r, r, pi, 3 * pi / 2);
  cairo_close_path(cr);
}

void trace_ellipse(cairo_t* cr, const Rect& box) {
  if (box.width <= 0 || box.height <= 0) return;
  cairo_save(cr);
  cairo_translate(cr, box.centre().x, box.centre().y);
  cairo_scale(cr, box.width / 2, box.height / 2);
  cairo_new_sub_path(cr);
  cairo_arc(cr, 0, 0, 1, 0, 2 * pi);
  cairo_restore(cr);
}

void trace_points(cairo_t* cr, const std::vector<Point>& points) {
  cairo_new_sub_path(cr);
  for (const Point& point : points) cairo_line_to(cr, point.x, point.y);
}

void trace(cairo_t* cr, const Shape& shape) {
  switch (shape.outline) {
    case Shape::Outline::box:
      return trace_box(cr, traced(shape), traced_radius(shape));
    case Shape::Outline::ellipse:
      return trace_ellipse(cr, traced(shape));
    case Shape::Outline::path:
      trace_points(cr, shape.points);
      if (shape.closed) cairo_close_path(cr);
  }
}

void stroke(cairo_t* cr, const Shape& shape) {
  cairo_set_line_width(cr, shape.stroke);
  cairo_set_line_join(cr, shape.closed ? CAIRO_LINE_JOIN_ROUND : CAIRO_LINE_JOIN_MITER);
  const double dash = even_dash(shape);
  if (dash > 0) cairo_set_dash(cr, &dash, 1, dash / 2);
  cairo_stroke(cr);
  cairo_set_dash(cr, nullptr, 0, 0);
  trace_points(cr, arrow_head(shape));
  cairo_stroke(cr);
}

void hatch(cairo_t* cr, const Rect& box, double unit) {
  const double step = std::max(4.0, std::round(kHatchStep * unit));
  for (double x = box.x - box.height; x < box.right(); x += step) {
    cairo_move_to(cr, x, box.bottom());
    cairo_line_to(cr, x + box.height, box.y);
  }
  cairo_set_line_width(cr, std::max(1.0, kHatchLine * unit));
  cairo_stroke(cr);
}

void cross(cairo_t* cr, const Rect& box, double unit) {
  for (const auto& [from, to] : crossed(box)) {
    cairo_move_to(cr, from.x, from.y);
    cairo_line_to(cr, to.x, to.y);
  }
  cairo_set_line_width(cr, std::max(1.0, kCrossLine * unit));
  cairo_stroke(cr);
}

void dots(cairo_t* cr, const Rect& box, bool path) {
  for (const Rect& dot : two_dots(box, path)) cairo_rectangle(cr, dot.x, dot.y, dot.width, dot.height);
  cairo_fill(cr);
}

void fill_texture(cairo_t* cr, const Shape& shape) {
  cairo_clip(cr);
  const Rect box = textured(shape);
  if (shape.texture == Texture::hatch) hatch(cr, box, shape.unit);
  if (shape.texture == Texture::cross) cross(cr, box, shape.unit);
  if (shape.texture == Texture::dots) dots(cr, box, shape.outline == Shape::Outline::path);
}

}  // namespace

void draw(cairo_t* context, const Shape& shape) {
  cairo_save(context);
  cairo_new_path(context);
  trace(context, shape);
  if (shape.texture != Texture::none)
    fill_texture(context, shape);
  else if (shape.stroke > 0)
    stroke(context, shape);
  else
    cairo_fill(context);
  cairo_restore(context);
}

}  // namespace convreel::paint
