#include "output/markup/shapes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "output/markup/text.hpp"

namespace convreel::output {

std::string attribute(std::string_view name, double value) {
  return value == 0 ? std::string() : fmt::format(" {}=\"{}\"", name, short_number(value));
}

std::string shape(const Box& box, std::string_view classes, std::string_view more) {
  if (box.ellipse)
    return fmt::format(R"(<ellipse class="{}"{}{}{}{}{}/>)", classes, attribute("cx", box.x + box.width / 2),
                       attribute("cy", box.y + box.height / 2), attribute("rx", box.width / 2),
                       attribute("ry", box.height / 2), more);
  return fmt::format(R"(<rect class="{}"{}{}{}{}{}{}/>)", classes, attribute("x", box.x), attribute("y", box.y),
                     attribute("width", box.width), attribute("height", box.height),
                     attribute("rx", std::min({box.radius, box.width / 2, box.height / 2})), more);
}

std::string round_box(const Box& box, std::string_view classes, std::string_view more) {
  const double r = std::min({box.radius, box.width / 2, box.height / 2});
  const std::string arc = fmt::format("a{0} {0} 0 0 1 ", short_number(r)), across = short_number(box.width - 2 * r),
                    down = short_number(box.height - 2 * r), d = short_number(r);
  return fmt::format(R"(<path class="{}" d="M{} {}{}{} {}v{}{}-{} {}h-{}{}-{} -{}v-{}{}{} -{}z"{}/>)", classes,
                     short_number(box.x + box.width - r), short_number(box.y), arc, d, d, down, arc, d, d, across, arc,
                     d, d, down, arc, d, d, more);
}

Box shrunk(Box box, double by) {
  box.x += by, box.y += by, box.width -= 2 * by, box.height -= 2 * by;
  box.radius = std::max(0.0, box.radius - by);
  return box;
}

std::string crossing(const Box& box) {
  const Box inner = shrunk(box, 0.12 * std::min(box.width, box.height));
  return fmt::format("M{0} {1}L{2} {3}M{2} {1}L{0} {3}", short_number(inner.x), short_number(inner.y),
                     short_number(inner.x + inner.width), short_number(inner.y + inner.height));
}

std::string two_dots(const Box& box, bool path) {
  const double size = std::max(1.0, std::round(0.09 * std::min(box.width, box.height)));
  const auto dot = [&](double x, double y) {
    return fmt::format("M{} {}h{}v{}h-{}z", std::round(box.x + x * box.width - size / 2),
                       std::round(box.y + y * box.height - size / 2), size, size, size);
  };
  return path ? dot(0.75, 0.5) + dot(0.25, 0.5) : dot(0.84, 0.16) + dot(0.16, 0.84);
}

std::string dashes(const Box& box, double stroke, double dash) {
  if (box.ellipse) return fmt::format(R"( stroke-dasharray="{}")", short_number(dash));
  const double round = 2 * (box.width + box.height - 2 * stroke) - (8 - 2 * std::numbers::pi) * box.radius;
  const double count = std::max(1.0, std::round(round / (2 * dash)));
  const double even = std::max(0.5, round / (2 * count));
  return fmt::format(R"( stroke-dasharray="{:.3f}" stroke-dashoffset="{:.3f}")", even, even / 2);
}

/// 32 degrees to either side.
std::string arrow_head(const scene::Item& item, double length, double middle) {
  const scene::Point first = item.points.front(), end = item.points.back(), from = item.points[item.points.size() - 2];
  const double direction = std::atan2(end.y - from.y, end.x - from.x), spread = 32 * std::numbers::pi / 180;
  const double x = end.x - first.x + middle, y = end.y - first.y + middle;
  const auto barb = [&](double angle) {
    return short_number(x - length * std::cos(angle)) + " " + short_number(y - length * std::sin(angle));
  };
  return fmt::format("M{}L{} {}L{}", barb(direction + spread), short_number(x), short_number(y),
                     barb(direction - spread));
}

}  // namespace convreel::output
