#include "paint/shape.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "paint/lru.hpp"

namespace convreel::paint {

namespace {

using scene::Point;
using scene::Rect;

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

bool plain_box(const Shape& shape) {
  return shape.outline == Shape::Outline::box && shape.radius == 0 && shape.stroke == 0 &&
         shape.texture == theme::Texture::none;
}

Rect traced(const Shape& shape) {
  return Rect{0, 0, double(shape.width), double(shape.height)}.inset(shape.stroke / 2);
}

double traced_radius(const Shape& shape) { return std::max(0.0, shape.radius - shape.stroke / 2); }

double even_dash(const Shape& shape) {
  if (shape.dash <= 0 || shape.outline != Shape::Outline::box) return shape.dash;
  const double round = 2 * (shape.width + shape.height - 2 * shape.stroke) - (8 - 2 * std::numbers::pi) * shape.radius;
  const double count = std::max(1.0, std::round(round / (2 * shape.dash)));
  return std::max(0.5, round / (2 * count));
}

std::vector<Point> arrow_head(const Shape& shape) {
  if (shape.arrow <= 0 || shape.points.size() < 2) return {};
  const Point end = shape.points.back(), from = shape.points[shape.points.size() - 2];
  const double direction = std::atan2(end.y - from.y, end.x - from.x), spread = 32 * std::numbers::pi / 180;
  const auto barb = [&](double angle) {
    return Point{end.x - shape.arrow * std::cos(angle), end.y - shape.arrow * std::sin(angle)};
  };
  return {barb(direction + spread), end, barb(direction - spread)};
}

Rect textured(const Shape& shape) {
  const base::PixelRect box = shape.outline == Shape::Outline::path ? around(shape.points, 0) : bounds(shape);
  return {double(box.x), double(box.y), double(box.width), double(box.height)};
}

std::array<std::array<Point, 2>, 2> crossed(const Rect& box) {
  const Rect inner = box.inset(0.12 * std::min(box.width, box.height));
  return {{{{{inner.x, inner.y}, {inner.right(), inner.bottom()}}},
           {{{inner.right(), inner.y}, {inner.x, inner.bottom()}}}}};
}

std::array<Rect, 2> two_dots(const Rect& box, bool path) {
  const double side = std::min(box.width, box.height), size = std::max(1.0, std::round(0.09 * side)), edge = 0.16;
  const auto dot = [&](double x, double y) {
    return Rect{std::round(box.x + x * box.width - size / 2), std::round(box.y + y * box.height - size / 2), size,
                size};
  };
  return {dot(path ? 0.75 : 1 - edge, path ? 0.5 : edge), dot(path ? 0.25 : edge, path ? 0.5 : 1 - edge)};
}

}  // namespace convreel::paint
