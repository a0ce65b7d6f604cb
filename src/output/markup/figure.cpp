#include "output/markup/figure.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace convreel::output {

using scene::Item;
using scene::Point;

namespace {

/// Where an item begins: at its first point, or its box's corner.
Point origin_of(const Item& item, const paint::Snap& snap) {
  const bool path = item.form == scene::Form::line || item.form == scene::Form::polygon;
  const Point corner = path && !item.points.empty() ? item.points[0] : Point{item.box.x, item.box.y};
  return {double(snap.x(corner.x)), double(snap.y(corner.y))};
}

}  // namespace

Figure Markup::figure(const Item& item) {
  Figure figure;
  figure.classes = scene::name(item.role);
  if (item.veiled) figure.classes += " veiled";
  figure.opacity = std::clamp(item.opacity, 0.0, 1.0);
  figure.at = origin_of(item, snap_);
  plane_.begin(figure.at);
  painter_.paint(item);
  figure.body = plane_.end();
  return figure;
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
