#include "output/markup/elements.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "output/markup/text.hpp"

namespace convreel::output {

namespace {

using paint::Shape;
using scene::Point;
using scene::Rect;

std::string text_of(double x, double y) { return short_number(x) + " " + short_number(y); }

double radius_of(const Shape& shape, const Rect& box) {
  return std::min({paint::traced_radius(shape), box.width / 2, box.height / 2});
}

/// Dashes are counted from the middle of one, as the painter's are.
std::string stroke_attributes(const Shape& shape) {
  if (shape.stroke <= 0) return {};
  std::string text = attribute("stroke-width", shape.stroke);
  if (shape.closed) text += R"( stroke-linejoin="round")";
  const double dash = paint::even_dash(shape);
  if (dash > 0) text += fmt::format(R"( stroke-dasharray="{:.3g}" stroke-dashoffset="{:.3g}")", dash, dash / 2);
  return text;
}

std::string ellipse_element(const Rect& box, std::string_view classes, const std::string& more) {
  return fmt::format(R"(<ellipse class="{}"{}{}{}{}{}/>)", classes, attribute("cx", box.centre().x),
                     attribute("cy", box.centre().y), attribute("rx", box.width / 2), attribute("ry", box.height / 2),
                     more);
}

std::string rect_element(const Rect& box, double radius, std::string_view classes, const std::string& more) {
  return "<rect class=\"" + std::string(classes) + "\"" + attribute("x", box.x) + attribute("y", box.y) +
         attribute("width", box.width) + attribute("height", box.height) + attribute("rx", radius) + more + "/>";
}

/// A path that begins at its top right corner, as Cairo's does: dashes are counted from there.
std::string round_box(const Rect& box, double radius, std::string_view classes, const std::string& more) {
  const std::string d = short_number(radius), arc = fmt::format("a{0} {0} 0 0 1 ", d),
                    across = short_number(box.width - 2 * radius), down = short_number(box.height - 2 * radius);
  return fmt::format(R"(<path class="{}" d="M{}{}{} {}v{}{}-{} {}h-{}{}-{} -{}v-{}{}{} -{}z"{}/>)", classes,
                     text_of(box.right() - radius, box.y), arc, d, d, down, arc, d, d, across, arc, d, d, down, arc, d,
                     d, more);
}

std::string points_element(const Shape& shape, Point at, std::string_view classes, const std::string& more) {
  std::string list;
  for (const Point& point : shape.points)
    list += (list.empty() ? "" : " ") + short_number(at.x + point.x) + "," + short_number(at.y + point.y);
  return fmt::format(R"(<{} class="{}" points="{}"{}/>)", shape.closed ? "polygon" : "polyline", classes, list, more);
}

}  // namespace

std::string attribute(std::string_view name, double value) {
  if (value == 0) return {};
  std::string text(" ");
  return text.append(name).append("=\"").append(short_number(value)).append("\"");
}

std::string shape_element(const Shape& shape, Point at, std::string_view classes) {
  const std::string more = stroke_attributes(shape);
  if (shape.outline == Shape::Outline::path) return points_element(shape, at, classes, more);
  const Rect box = paint::traced(shape).moved(at.x, at.y);
  if (shape.outline == Shape::Outline::ellipse) return ellipse_element(box, classes, more);
  const double radius = radius_of(shape, box);
  return shape.dash > 0 && radius > 0 ? round_box(box, radius, classes, more)
                                      : rect_element(box, radius, classes, more);
}

std::string texture_element(const Shape& shape, Point at, std::string_view classes) {
  const Rect box = paint::textured(shape).moved(at.x, at.y);
  std::string path;
  if (shape.texture == theme::Texture::cross) {
    for (const auto& [from, to] : paint::crossed(box))
      path += "M" + text_of(from.x, from.y) + "L" + text_of(to.x, to.y);
    return fmt::format(R"(<path class="{}"{} d="{}"/>)", classes, attribute("stroke-width", paint::kCrossLine), path);
  }
  for (const Rect& dot : paint::two_dots(box, shape.outline == Shape::Outline::path))
    path += fmt::format("M{}h{}v{}h-{}z", text_of(dot.x, dot.y), dot.width, dot.height, dot.width);
  return fmt::format(R"(<path class="{}" d="{}"/>)", classes, path);
}

std::string arrow_element(const Shape& shape, Point at, std::string_view classes) {
  std::string path;
  for (const Point& point : paint::arrow_head(shape))
    path += (path.empty() ? "M" : "L") + text_of(at.x + point.x, at.y + point.y);
  return fmt::format(R"(<path class="{}" d="{}"{}/>)", classes, path, attribute("stroke-width", shape.stroke));
}

std::string hatch_tile() {
  const std::string side = short_number(paint::kHatchStep), before = short_number(paint::kHatchStep - 1),
                    behind = short_number(paint::kHatchStep + 1);
  return fmt::format("M-1 1l2-2M0 {0}l{0}-{0}M{1} {2}l2-2", side, before, behind);
}

}  // namespace convreel::output
