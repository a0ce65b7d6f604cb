#include "paint/item_painter.hpp"

#include <algorithm>
#include <cmath>

#include "paint/painter.hpp"

namespace convreel::paint {

namespace {

using base::PixelRect;
using scene::Form;
using scene::Item;
using theme::Texture;

constexpr double kDash = 3;           // scene units, dash and gap
constexpr double kDefaultLine = 1.5;  // a line that neither item nor theme gives a width
constexpr double kPanelMargin = 12, kCellMargin = 2;
constexpr int kSmallestTextured = 6;  // pixels; below, a texture is only noise

Shape box_shape(const PixelRect& box, double radius) {
  Shape shape;
  shape.width = box.width, shape.height = box.height, shape.radius = radius;
  return shape;
}

Ink ink_of(const Item& item, Tint tint) { return {item.role, tint, item.veiled}; }

/// A long number is small; what joins it need not be.
// Scene units.
constexpr double kReadableCorner = 9;

/// `least`: what can still be read, as long as two lines fit the cell.
double corner_font(double font, double height, double least) {
  return std::max({0.65 * font, 0.19 * height, std::min(least, 0.3 * height)});
}

double shorter(const PixelRect& box) { return std::min(box.width, box.height); }

}  // namespace

void ItemPainter::paint(const Item& item) {
  if (!(item.opacity > 0)) return;
  if (item.opacity >= 1) return draw(item);
  plane_.faded(item.opacity, [&] { draw(item); });
}

void ItemPainter::draw(const Item& item) {
  switch (item.form) {
    case Form::cell:
      return cell(item);
    case Form::panel:
      return panel(item);
    case Form::frame:
      return frame(item);
    case Form::veil:
      return veil(item);
    case Form::text:
      return label(item, snap_.box(item.box), 0);
    case Form::line:
      return line(item);
    case Form::polygon:
      return polygon(item);
    case Form::disc:
      return disc(item);
    case Form::bar:
      return bar(item);
  }
}

PixelRect ItemPainter::within_gap(const Item& item, const PixelRect& slot) const {
  // One gap for all cells of a size, whatever their rounding: half of it (rounded down) at the left and top.
  const double cell = snap_.length(std::min(item.box.width, item.box.height));
  const int gap =
      static_cast<int>(std::min(std::round(2 * snap_.length(theme_.cell_inset)), std::floor(cell / 5 + 1e-6)));
  const int before = gap / 2;
  return {slot.x + before, slot.y + before, std::max(0, slot.width - gap), std::max(0, slot.height - gap)};
}

void ItemPainter::cell(const Item& item) {
  const PixelRect slot = snap_.box(item.box);
  if (slot.empty()) return;
  plane_.clear(slot);
  const PixelRect inner = within_gap(item, slot);
  Shape shape = box_shape(inner, std::min(snap_.length(theme_.cell_radius), std::floor(shorter(inner) / 5)));
  fill_texture_outline(item, {shape, inner});
  if (item.corner && item.text.size() > 1)
    cornered_label(item, slot);
  else if (snap_.length(item.font) >= kSmallestDigits)
    label(item, slot, kCellMargin);
}

void ItemPainter::panel(const Item& item) {
  const PixelRect box = snap_.box(item.box);
  // Low panels are pills, taller ones have the theme's corners.
  const bool pill = item.box.height <= 3 * theme_.panel_radius;
  const double radius = pill ? shorter(box) / 2 : std::min(snap_.length(theme_.panel_radius), shorter(box) / 2);
  Shape shape = box_shape(box, theme_.panel_radius > 0 ? radius : 0);
  fill_texture_outline(item, {shape, box});
  label(item, box, kPanelMargin);
}

void ItemPainter::disc(const Item& item) {
  const PixelRect box = snap_.box(item.box);
  Shape shape = box_shape(box, 0);
  shape.outline = Shape::Outline::ellipse;
  fill_texture_outline(item, {shape, box});
  label(item, box, 0);
}

void ItemPainter::bar(const Item& item) {
  const PixelRect box = snap_.box(item.box);
  const Shape shape = box_shape(box, theme_.panel_radius > 0 ? shorter(box) / 2 : 0);
  plane_.shape(shape, box.x, box.y, ink_of(item, theme_.of(item.role).fill ? Tint::fill : Tint::line));
}

void ItemPainter::fill_texture_outline(const Item& item, const Body& body) {
  const theme::Paint& look = theme_.of(item.role);
  if (body.box.empty()) return;
  if (look.fill) plane_.shape(body.shape, body.box.x, body.box.y, ink_of(item, Tint::fill));
  if (look.texture != Texture::none && shorter(body.box) >= kSmallestTextured) {
    Shape texture = body.shape;
    texture.texture = look.texture, texture.unit = snap_.scale();
    plane_.shape(texture, body.box.x, body.box.y, ink_of(item, Tint::texture));
  }
  outline(item, body);
}

void ItemPainter::outline(const Item& item, const Body& body) {
  const theme::Paint& look = theme_.of(item.role);
  const double width = item.stroke > 0 ? item.stroke : look.stroke_width;
  if (!look.stroke || width <= 0) return;
  Shape edge = body.shape;
  edge.stroke = std::min<double>(snap_.line(width), std::max(1.0, std::floor(shorter(body.box) / 6)));
  if (look.dashed || item.dashed) edge.dash = snap_.length(kDash);
  plane_.shape(edge, body.box.x, body.box.y, ink_of(item, Tint::line));
}

void ItemPainter::frame(const Item& item) {
  const PixelRect box = snap_.box(item.box);
  if (box.empty()) return;
  // The line's middle runs on the box's edge, in the gap between the cells.
  const int width = snap_.line(item.stroke > 0 ? item.stroke : theme_.frame_width), out = (width + 1) / 2;
  const PixelRect outer{box.x - out, box.y - out, box.width + 2 * out, box.height + 2 * out};
  Shape shape = box_shape(outer, theme_.cell_radius > 0 ? snap_.length(theme_.cell_radius) + width : 0);
  shape.stroke = width;
  if (item.dashed) shape.dash = snap_.length(kDash) + width;
  plane_.shape(shape, outer.x, outer.y, ink_of(item, Tint::line));
  label(item, box, kCellMargin);
}

void ItemPainter::veil(const Item& item) {
  const PixelRect box = snap_.box(item.box);
  plane_.shape(box_shape(box, 0), box.x, box.y, ink_of(item, Tint::veil));
}

Shape ItemPainter::path(const Item& item, int stroke) const {
  Shape shape;
  shape.outline = Shape::Outline::path;
  shape.stroke = stroke;
  if (item.points.empty()) return shape;
  // Relative to the first point, so that the same path elsewhere is the same mask. Odd lines run along pixel centres.
  const int left = snap_.x(item.points[0].x), top = snap_.y(item.points[0].y);
  const double middle = stroke % 2 == 1 ? 0.5 : 0;
  for (const scene::Point& point : item.points)
    shape.points.push_back({snap_.x(point.x) - left + middle, snap_.y(point.y) - top + middle});
  if (item.dashed || theme_.of(item.role).dashed) shape.dash = snap_.length(kDash);
  return shape;
}

void ItemPainter::line(const Item& item) {
  if (item.points.size() < 2) return;
  const double themed = theme_.of(item.role).stroke_width;
  const double width = item.stroke > 0 ? item.stroke : themed > 0 ? themed : kDefaultLine;
  Shape shape = path(item, snap_.line(width));
  if (item.arrow) shape.arrow = snap_.length(5) + 2 * shape.stroke;
  plane_.shape(shape, snap_.x(item.points[0].x), snap_.y(item.points[0].y), ink_of(item, Tint::line));
}

void ItemPainter::polygon(const Item& item) {
  if (item.points.size() < 3) return;
  const auto& look = theme_.of(item.role);
  const int x = snap_.x(item.points[0].x), y = snap_.y(item.points[0].y);
  const double width = item.stroke > 0 ? item.stroke : look.stroke_width > 0 ? look.stroke_width : 1;
  Shape edge = path(item, snap_.line(width));
  edge.closed = true;
  Shape inside = edge;
  inside.stroke = 0, inside.dash = 0;
  // A role without a fill shows what lies below through its veil.
  plane_.shape(inside, x, y, ink_of(item, look.fill ? Tint::fill : Tint::veil));
  if (look.texture != Texture::none) {
    inside.texture = look.texture, inside.unit = snap_.scale();
    plane_.shape(inside, x, y, ink_of(item, Tint::texture));
  }
  if (look.stroke) plane_.shape(edge, x, y, ink_of(item, Tint::line));
  label(item, snap_.box(item.box), 0);
}

void ItemPainter::label(const Item& item, const PixelRect& box, double margin) {
  if (item.font <= 0 || item.text.empty()) return;
  const double side = std::min(snap_.length(margin), box.width / 8.0), room = box.width - 2 * side;
  const TextLine line = fitted(plane_, item.text, snap_.length(item.font), item.heading, room);
  words(line, {item.align, box.x + side, room}, box.y + box.height / 2.0, item.heading);
}

void ItemPainter::cornered_label(const Item& item, const PixelRect& slot) {
  const double font = snap_.length(item.font), width = slot.width, height = slot.height;
  if (font < kSmallestDigits) return;
  const std::vector<scene::Span> main(item.text.begin(), item.text.end() - 1);
  std::vector<scene::Span> corner(item.text.end() - 1, item.text.end());
  corner[0].weight = scene::Weight::bold;
  const TextLine big = fitted(plane_, main, font, item.heading, 0.66 * width);
  const double middle = std::max(0.37 * width, 0.09 * width + big.width / 2);  // off the window's border
  words(big, {scene::Align::centre, slot.x + middle, 0}, slot.y + 0.38 * height, item.heading);
  const double beside = corner_font(font, height, snap_.length(kReadableCorner));
  if (beside < kSmallestDigits) return;
  const TextLine small = fitted(plane_, corner, beside, item.heading, 0.76 * width);
  words(small, {scene::Align::right, slot.x + 0.85 * width, 0}, slot.y + 0.77 * height, item.heading);
}

void ItemPainter::words(const TextLine& line, TextPlace place, double middle, bool heading) {
  place.baseline = static_cast<int>(std::lround(middle + cap_height(heading) * line.font / 2));
  plane_.text(line, place);
}

double ItemPainter::cap_height(bool heading) {
  double& height = cap_heights_[heading ? 1 : 0];
  if (height == 0) height = plane_.cap_height(heading);
  return height;
}

bool leaves_numbers_out(const scene::Scene& scene, const Raster& raster) {
  return std::ranges::any_of(scene::visible(scene), [&](const scene::Item* item) {
    if (item->form != Form::cell || item->text.empty() || item->font <= 0) return false;
    const double font = item->font * raster.scale;
    const bool cornered = item->corner && item->text.size() > 1;
    return std::min(font, cornered ? corner_font(font, item->box.height * raster.scale, kReadableCorner * raster.scale)
                                   : font) < kSmallestDigits;
  });
}

}  // namespace convreel::paint
