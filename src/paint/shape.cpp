#include "paint/shape.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "paint/lru.hpp"

namespace convreel::paint {

namespace {

using scene::Point;
using scene::Rect;
using theme::Texture;
constexpr double kPi = std::numbers::pi;

void trace_box(cairo_t* cr, const Rect& box, double radius) {
  if (radius <= 0) return cairo_rectangle(cr, box.x, box.y, box.width, box.height);
  const double r = std::min({radius, box.width / 2, box.height / 2});
  cairo_new_sub_path(cr);
  cairo_arc(cr, box.right() - r, box.y + r, r, -kPi / 2, 0);
  cairo_arc(cr, box.right() - r, box.bottom() - r, r, 0, kPi / 2);
  cairo_arc(cr, box.x + r, box.bottom() - r, r, kPi / 2, kPi);
  cairo_arc(cr, box.x + r, box.y + r, r, kPi, 3 * kPi / 2);
  cairo_close_path(cr);
}

void trace_ellipse(cairo_t* cr, const Rect& box) {
  if (box.width <= 0 || box.height <= 0) return;
  cairo_save(cr);
  cairo_translate(cr, box.centre().x, box.centre().y);
  cairo_scale(cr, box.width / 2, box.height / 2);
  cairo_new_sub_path(cr);
  cairo_arc(cr, 0, 0, 1, 0, 2 * kPi);
  cairo_restore(cr);
}

void trace_path(cairo_t* cr, const Shape& shape) {
  for (const Point& point : shape.points) cairo_line_to(cr, point.x, point.y);
  if (shape.closed) cairo_close_path(cr);
}

/// Two strokes back from the end, 32 degrees to either side.
void trace_arrow(cairo_t* cr, const Shape& shape) {
  if (shape.arrow <= 0 || shape.points.size() < 2) return;
  const Point end = shape.points.back(), from = shape.points[shape.points.size() - 2];
  const double direction = std::atan2(end.y - from.y, end.x - from.x), spread = 32 * kPi / 180;
  const auto barb = [&](double angle) {
    return Point{end.x - shape.arrow * std::cos(angle), end.y - shape.arrow * std::sin(angle)};
  };
  const Point left = barb(direction + spread), right = barb(direction - spread);
  cairo_move_to(cr, left.x, left.y);
  cairo_line_to(cr, end.x, end.y);
  cairo_line_to(cr, right.x, right.y);
}

void trace(cairo_t* cr, const Shape& shape) {
  const double inset = shape.stroke / 2;
  const Rect box = Rect{0, 0, double(shape.width), double(shape.height)}.inset(inset);
  switch (shape.outline) {
    case Shape::Outline::box:
      return trace_box(cr, box, std::max(0.0, shape.radius - inset));
    case Shape::Outline::ellipse:
      return trace_ellipse(cr, box);
    case Shape::Outline::path:
      return trace_path(cr, shape);
  }
}

/// Dashes that close up: a whole number of them on the way round.
double even_dash(const Shape& shape) {
  if (shape.outline != Shape::Outline::box) return shape.dash;
  const double round = 2 * (shape.width + shape.height - 2 * shape.stroke) - (8 - 2 * kPi) * shape.radius;
  const double count = std::max(1.0, std::round(round / (2 * shape.dash)));
  return std::max(0.5, round / (2 * count));
}

void stroke(cairo_t* cr, const Shape& shape) {
  cairo_set_line_width(cr, shape.stroke);
  cairo_set_line_join(cr, shape.closed ? CAIRO_LINE_JOIN_ROUND : CAIRO_LINE_JOIN_MITER);
  const double dash = shape.dash > 0 ? even_dash(shape) : 0;
  if (dash > 0) cairo_set_dash(cr, &dash, 1, dash / 2);
  cairo_stroke(cr);
  cairo_set_dash(cr, nullptr, 0, 0);
  trace_arrow(cr, shape);
  cairo_stroke(cr);
}

void hatch(cairo_t* cr, const Rect& box, double unit) {
  const double step = std::max(4.0, std::round(6 * unit));
  for (double x = box.x - box.height; x < box.right(); x += step) {
    cairo_move_to(cr, x, box.bottom());
    cairo_line_to(cr, x + box.height, box.y);
  }
  cairo_set_line_width(cr, std::max(1.0, 1.2 * unit));
  cairo_stroke(cr);
}

void cross(cairo_t* cr, const Rect& box, double unit) {
  const Rect inner = box.inset(0.12 * std::min(box.width, box.height));
  cairo_move_to(cr, inner.x, inner.y);
  cairo_line_to(cr, inner.right(), inner.bottom());
  cairo_move_to(cr, inner.right(), inner.y);
  cairo_line_to(cr, inner.x, inner.bottom());
  cairo_set_line_width(cr, std::max(1.0, 1.6 * unit));
  cairo_stroke(cr);
}

/// Two dots a cell, where neither the value nor a weight stands: a mark that costs an encoder next to nothing. In a
/// path (a plate's cell) they stand left and right of the middle.
void dots(cairo_t* cr, const Rect& box, bool path) {
  const double side = std::min(box.width, box.height), size = std::max(1.0, std::round(0.09 * side));
  const auto dot = [&](double x, double y) {
    cairo_rectangle(cr, std::round(box.x + x * box.width - size / 2), std::round(box.y + y * box.height - size / 2),
                    size, size);
  };
  const double edge = 0.16;
  dot(path ? 0.75 : 1 - edge, path ? 0.5 : edge);
  dot(path ? 0.25 : edge, path ? 0.5 : 1 - edge);
  cairo_fill(cr);
}

void fill_texture(cairo_t* cr, const Shape& shape) {
  cairo_clip(cr);
  double left = 0, top = 0, right = 0, bottom = 0;
  cairo_clip_extents(cr, &left, &top, &right, &bottom);
  const Rect visible{left, top, right - left, bottom - top};
  const Rect box =
      shape.outline == Shape::Outline::path ? visible : Rect{0, 0, double(shape.width), double(shape.height)};
  if (shape.texture == Texture::hatch) hatch(cr, box, shape.unit);
  if (shape.texture == Texture::cross) cross(cr, box, shape.unit);
  if (shape.texture == Texture::dots) dots(cr, box, shape.outline == Shape::Outline::path);
}

/// The smallest whole-pixel rectangle that holds the points and `margin` around them.
base::PixelRect around(const std::vector<Point>& points, double margin) {
  if (points.empty()) return {};
  double left = points[0].x, right = left, top = points[0].y, bottom = top;
  for (const Point& point : points) {
    left = std::min(left, point.x), right = std::max(right, point.x);
    top = std::min(top, point.y), bottom = std::max(bottom, point.y);
  }
  const int x = static_cast<int>(std::floor(left - margin)), y = static_cast<int>(std::floor(top - margin));
  return {x, y, static_cast<int>(std::ceil(right + margin)) - x, static_cast<int>(std::ceil(bottom + margin)) - y};
}

}  // namespace

std::size_t ShapeHash::operator()(const Shape& shape) const {
  std::size_t hash = static_cast<std::size_t>(shape.outline) * 8 + static_cast<std::size_t>(shape.texture);
  fold(hash, shape.width), fold(hash, shape.height), fold(hash, shape.radius);
  fold(hash, shape.stroke), fold(hash, shape.dash), fold(hash, shape.arrow);
  for (const Point& point : shape.points) fold(hash, point.x), fold(hash, point.y);
  return hash;
}

base::PixelRect bounds(const Shape& shape) {
  // A mitred corner reaches at most five line widths (the limit is ten halves) beyond its point.
  if (shape.outline == Shape::Outline::path) return around(shape.points, 5 * shape.stroke + shape.arrow + 1);
  return {0, 0, shape.width, shape.height};
}

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
