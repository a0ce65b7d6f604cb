#include "output/markup/figure.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "output/markup/text.hpp"

namespace convreel::output {

using scene::Form;
using scene::Item;
using scene::Point;
using theme::Texture;

namespace {

// The painter's measures, in scene units (paint/item_painter.cpp).
constexpr double kDash = 3, kDefaultLine = 1.5, kPanelMargin = 12, kCellMargin = 2, kSmallestTextured = 6;

}  // namespace

Markup::Markup(const theme::Theme& theme, MarkupText text)
    : theme_(theme), text_(text), ruler_(paint::make_ruler(theme)), outlines_(theme) {}

Figure Markup::figure(const Item& item) {
  Pen pen;
  pen.figure.classes = scene::name(item.role);
  pen.figure.opacity = std::clamp(item.opacity, 0.0, 1.0);
  pen.veiled = item.veiled;
  if (item.veiled) pen.figure.classes += " veiled";
  const base::PixelRect box = snap_.box(item.box);
  const bool path = item.form == Form::line || item.form == Form::polygon;
  const bool anchored = path && !item.points.empty();
  pen.figure.at = anchored ? Point{double(snap_.x(item.points[0].x)), double(snap_.y(item.points[0].y))}
                           : Point{double(box.x), double(box.y)};
  pen.width = box.width, pen.height = box.height;
  if (item.opacity > 0) draw(item, pen);
  return std::move(pen.figure);
}

void Markup::draw(const Item& item, Pen& pen) {
  switch (item.form) {
    case Form::cell:
      return cell(item, pen);
    case Form::panel:
      return panel(item, pen);
    case Form::frame:
      return frame(item, pen);
    case Form::veil:
      return veil(item, pen);
    case Form::text:
      return label(item, 0, pen);
    case Form::line:
      return line(item, pen);
    case Form::polygon:
      return polygon(item, pen);
    case Form::disc:
      return disc(item, pen);
    case Form::bar:
      return bar(item, pen);
  }
}

void Markup::cell(const Item& item, Pen& pen) {
  if (pen.width <= 0 || pen.height <= 0) return;
  const double side = std::min(item.box.width, item.box.height);
  const double gap = std::min(std::round(2 * theme_.cell_inset), std::floor(side / 5 + 1e-6)),
               before = std::floor(gap / 2);
  Box inner{before, before, std::max(0.0, pen.width - gap), std::max(0.0, pen.height - gap)};
  inner.radius = std::min(theme_.cell_radius, std::floor(std::min(inner.width, inner.height) / 5));
  fill_texture_outline(item, inner, pen);
  if (item.corner && item.text.size() > 1)
    cornered_label(item, pen);
  else
    label(item, kCellMargin, pen);
}

void Markup::panel(const Item& item, Pen& pen) {
  const double half = std::min(pen.width, pen.height) / 2;
  const bool pill = item.box.height <= 3 * theme_.panel_radius;
  const double radius = theme_.panel_radius <= 0 ? 0 : pill ? half : std::min(theme_.panel_radius, half);
  fill_texture_outline(item, {0, 0, pen.width, pen.height, radius}, pen);
  label(item, kPanelMargin, pen);
}

void Markup::disc(const Item& item, Pen& pen) {
  fill_texture_outline(item, {0, 0, pen.width, pen.height, 0, true}, pen);
  label(item, 0, pen);
}

void Markup::bar(const Item& item, Pen& pen) {
  const Part part = theme_.of(item.role).fill ? Part::fill : Part::solid;
  used_.note(item.role, part, pen.veiled);
  const double radius = theme_.panel_radius > 0 ? std::min(pen.width, pen.height) / 2 : 0;
  pen.add(shape(Box{0, 0, pen.width, pen.height, radius}, part == Part::fill ? "fill" : "solid"));
}

void Markup::fill_texture_outline(const Item& item, const Box& box, Pen& pen) {
  const theme::Paint& look = theme_.of(item.role);
  if (box.width <= 0 || box.height <= 0) return;
  const double width = edge_width(item, box);
  const bool textured = look.texture != Texture::none && std::min(box.width, box.height) >= kSmallestTextured;
  const bool dashed = look.dashed || item.dashed;
  // One element for both where nothing comes between: the fill then ends under the stroke's middle.
  const bool both = look.fill && width > 0 && !textured && !dashed && look.stroke->a == 255;
  if (look.fill) used_.note(item.role, Part::fill, pen.veiled);
  if (look.fill && !both) pen.add(shape(box, "fill"));
  if (textured) texture(item, box, pen);
  if (width > 0) outline(item, box, both, width, pen);
}

double Markup::edge_width(const Item& item, const Box& box) const {
  const theme::Paint& look = theme_.of(item.role);
  const double width = item.stroke > 0 ? item.stroke : look.stroke_width;
  if (!look.stroke || width <= 0) return 0;
  return std::min<double>(snap_.line(width), std::max(1.0, std::floor(std::min(box.width, box.height) / 6)));
}

void Markup::texture(const Item& item, const Box& box, Pen& pen) {
  if (theme_.of(item.role).texture != Texture::hatch) return mark(item, box, false, pen);
  used_.note(item.role, Part::texture, pen.veiled);
  // Moved there, not drawn there: the pattern begins at the box.
  Box own = box;
  own.x = own.y = 0;
  pen.add(shape(own, "texture", translation({box.x, box.y})));
}

/// A texture of one mark a cell; `path` for a plate's cell, which is no upright box.
void Markup::mark(const Item& item, const Box& box, bool path, Pen& pen) {
  const bool cross = theme_.of(item.role).texture == Texture::cross;
  used_.note(item.role, cross ? Part::scratch : Part::speck, pen.veiled);
  pen.add(cross ? fmt::format(R"(<path class="scratch" stroke-width="1.6" d="{}"/>)", crossing(box))
                : fmt::format(R"(<path class="speck" d="{}"/>)", two_dots(box, path)));
}

void Markup::outline(const Item& item, const Box& box, bool filled, double width, Pen& pen) {
  used_.note(item.role, Part::edge, pen.veiled);
  const bool dashed = theme_.of(item.role).dashed || item.dashed;
  const std::string more = attribute("stroke-width", width) + (dashed ? dashes(box, width, kDash) : "");
  const Box line = shrunk(box, width / 2);
  const bool counted = dashed && line.radius > 0 && !box.ellipse;
  pen.add(counted ? round_box(line, "edge", more) : shape(line, filled ? "fill edge" : "edge", more));
}

void Markup::frame(const Item& item, Pen& pen) {
  if (pen.width <= 0 || pen.height <= 0) return;
  const double width = snap_.line(item.stroke > 0 ? item.stroke : theme_.frame_width),
               out = std::floor((width + 1) / 2);
  const Box outer{-out, -out, pen.width + 2 * out, pen.height + 2 * out,
                  theme_.cell_radius > 0 ? theme_.cell_radius + width : 0};
  used_.note(item.role, Part::edge, pen.veiled);
  const std::string more =
      attribute("stroke-width", width) + (item.dashed ? dashes(outer, width, kDash + width) : std::string());
  const Box line = shrunk(outer, width / 2);
  pen.add(item.dashed && line.radius > 0 ? round_box(line, "edge", more) : shape(line, "edge", more));
  label(item, kCellMargin, pen);
}

void Markup::veil(const Item& item, Pen& pen) {
  used_.note(item.role, Part::veil, pen.veiled);
  pen.add(shape(Box{0, 0, pen.width, pen.height}, "veil"));
}

/// Relative to the first point; odd lines run along pixel centres.
std::string Markup::points(const Item& item, int stroke) const {
  const double left = snap_.x(item.points[0].x), top = snap_.y(item.points[0].y), middle = stroke % 2 == 1 ? 0.5 : 0;
  std::string list;
  for (const Point& point : item.points)
    list += fmt::format("{}{},{}", list.empty() ? "" : " ", short_number(snap_.x(point.x) - left + middle),
                        short_number(snap_.y(point.y) - top + middle));
  return list;
}

void Markup::line(const Item& item, Pen& pen) {
  if (item.points.size() < 2) return;
  const theme::Paint& look = theme_.of(item.role);
  const double themed = look.stroke_width > 0 ? look.stroke_width : kDefaultLine;
  const int width = snap_.line(item.stroke > 0 ? item.stroke : themed);
  used_.note(item.role, Part::edge, pen.veiled);
  const bool dashed = item.dashed || look.dashed;
  pen.add(fmt::format(R"(<polyline class="edge" points="{}"{}{}/>)", points(item, width),
                      attribute("stroke-width", width),
                      dashed ? R"( stroke-dasharray="3" stroke-dashoffset="1.5")" : ""));
  if (item.arrow)
    pen.add(fmt::format(R"(<path class="edge" d="{}"{}/>)", arrow_head(item, 5 + 2 * width, width % 2 == 1 ? 0.5 : 0),
                        attribute("stroke-width", width)));
}

Box Markup::around(const Item& item, Point origin) const {
  Point low{1e9, 1e9}, high{-1e9, -1e9};
  for (const Point& point : item.points) {
    low = {std::min<double>(low.x, snap_.x(point.x)), std::min<double>(low.y, snap_.y(point.y))};
    high = {std::max<double>(high.x, snap_.x(point.x)), std::max<double>(high.y, snap_.y(point.y))};
  }
  return {low.x - origin.x, low.y - origin.y, high.x - low.x, high.y - low.y};
}

void Markup::polygon(const Item& item, Pen& pen) {
  if (item.points.size() < 3) return;
  const theme::Paint& look = theme_.of(item.role);
  const int width = snap_.line(item.stroke > 0 ? item.stroke : look.stroke_width > 0 ? look.stroke_width : 1);
  const std::string at = points(item, width);
  const Part inside = look.fill ? Part::fill : Part::veil;
  used_.note(item.role, inside, pen.veiled);
  pen.add(fmt::format(R"(<polygon class="{}" points="{}"/>)", inside == Part::fill ? "fill" : "veil", at));
  if (look.texture == Texture::hatch) {
    used_.note(item.role, Part::texture, pen.veiled);
    pen.add(fmt::format(R"(<polygon class="texture" points="{}"/>)", at));
  } else if (look.texture != Texture::none) {
    mark(item, around(item, pen.figure.at), true, pen);
  }
  if (look.stroke) {
    used_.note(item.role, Part::edge, pen.veiled);
    const bool dashed = item.dashed || look.dashed;
    pen.add(fmt::format(R"(<polygon class="edge" points="{}"{} stroke-linejoin="round"{}/>)", at,
                        attribute("stroke-width", width), dashed ? R"( stroke-dasharray="3")" : ""));
  }
  label(item, 0, pen);
}

std::string opacity_attribute(double opacity) {
  return opacity < 1 ? fmt::format(" opacity=\"{}\"", short_number(opacity)) : std::string();
}

std::string translation(Point at) {
  if (at.x == 0 && at.y == 0) return {};
  return fmt::format(" transform=\"translate({} {})\"", short_number(at.x), short_number(at.y));
}

std::string element_id(std::string_view scope, std::string_view item_id) {
  std::string name(item_id);
  std::replace_if(
      name.begin(), name.end(),
      [](char c) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        return !plain && c != '.' && c != '-' && c != '_';
      },
      '_');
  return fmt::format("{}-{}", scope, name);
}

}  // namespace convreel::output
