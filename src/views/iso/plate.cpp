#include "views/iso/plate.hpp"

#include <algorithm>
#include <utility>

namespace convreel::views {

namespace {

// Where the next column and the next row lie, in cells: a view from above, a little from the left.
constexpr Point kColumn{1, 0.32}, kRow{-0.79, 0.45};
constexpr double kPileGap = 10;
constexpr double kTextWidth = 1, kTextHeight = 0.44;  // a box in the middle that misses the neighbours', in cells

Point mixed(Point a, Point b, double share) { return {a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share}; }

/// Shares of the line from a to b that lie inside the quad; first > last when none does.
std::pair<double, double> inside(Point a, Point b, const Quad& quad) {
  double first = 0, last = 1;
  for (std::size_t corner = 0; corner < quad.size(); ++corner) {
    const Point from = quad[corner], to = quad[(corner + 1) % quad.size()];
    const auto side = [&](Point p) { return (to.x - from.x) * (p.y - from.y) - (to.y - from.y) * (p.x - from.x); };
    const double at_a = side(a), at_b = side(b);  // positive inside, corners being clockwise on the screen
    if (at_a < 0 && at_b < 0) return {1, 0};
    if (at_a >= 0 && at_b >= 0) continue;
    const double share = at_a / (at_a - at_b);
    if (at_a < 0)
      first = std::max(first, share);
    else
      last = std::min(last, share);
  }
  return {first, last};
}

/// How far a plate lies below one that it stands `right` of, so that they do not touch: beyond its far side along the
/// columns, or along the rows; `up` where it is the left one that lies below.
double clear_drop(const Plate& plate, double right, bool up) {
  const double along = kColumn.x * kRow.y - kColumn.y * kRow.x;  // what one column and one row span
  const double columns = static_cast<double>(plate.columns) * plate.cell * along;
  const double rows = static_cast<double>(plate.rows) * plate.cell * along;
  if (up) return std::max(0.0, rows - kColumn.y * right);
  return std::max(0.0, std::min((columns - kRow.y * right) / -kRow.x, rows + kColumn.y * right));
}

}  // namespace

Quad Plate::quad(double row, double column, double height, double width) const {
  const auto at = [&](double r, double c) {
    return Point{origin.x + (c * kColumn.x + r * kRow.x) * cell, origin.y + (c * kColumn.y + r * kRow.y) * cell};
  };
  return {at(row, column), at(row, column + width), at(row + height, column + width), at(row + height, column)};
}

Plate Plate::slice(std::int64_t z) const {
  const Quad corners = whole();
  const double pitch = corners[2].y - corners[0].y + kPileGap;
  return {{origin.x, origin.y + static_cast<double>(z) * pitch}, cell, rows, columns};
}

Rect Plate::bounds() const {
  const Quad corners = whole();
  return {corners[3].x, corners[0].y, corners[1].x - corners[3].x, slice(slices - 1).whole()[2].y - corners[0].y};
}

std::vector<Plate> tiled(const Plate& plate, std::int64_t count, std::int64_t rows, double gap) {
  const std::int64_t across = (count + rows - 1) / rows;
  const Rect bounds = plate.bounds();
  const double pitch = bounds.width + gap, half = pitch / 2;
  // Two rows below each other stand in the same columns.
  const double drop =
      std::max({clear_drop(plate, half, false), clear_drop(plate, half, true), bounds.height / 2}) + gap / 2;
  std::vector<Plate> plates;
  for (std::int64_t n = 0; n < count; ++n) {
    const std::int64_t row = n / across;
    plates.push_back(plate.moved(pitch * static_cast<double>(n % across) + (row % 2 == 1 ? half : 0),
                                 drop * static_cast<double>(row)));
  }
  return plates;
}

Rect bounds_of(const std::vector<Plate>& plates) {
  Rect bounds = plates.front().bounds();
  for (const Plate& plate : plates) bounds = scene::united(bounds, plate.bounds());
  return bounds;
}

Quad between(const Quad& from, const Quad& to, double share) {
  Quad quad;
  for (std::size_t corner = 0; corner < quad.size(); ++corner) quad[corner] = mixed(from[corner], to[corner], share);
  return quad;
}

Item on_plate(Item item, const Quad& quad, double cell) {
  const Point centre = mixed(quad[0], quad[2], 0.5);
  item.form = scene::Form::polygon;
  item.points.assign(quad.begin(), quad.end());
  item.box = {centre.x - kTextWidth * cell / 2, centre.y - kTextHeight * cell / 2, kTextWidth * cell,
              kTextHeight * cell};
  return item;
}

Item outline(std::string id, scene::Role role, const Quad& quad, double stroke) {
  Item item;
  item.id = std::move(id);
  item.form = scene::Form::line;
  item.role = role;
  item.stroke = stroke;
  item.points.assign(quad.begin(), quad.end());
  item.points.push_back(quad[0]);
  item.points.push_back(mixed(quad[0], quad[1], 0.5));  // past the first corner, so that it is joined too
  return item;
}

std::vector<Stretch> stretches(Point from, Point to, const std::vector<Plate>& plates) {
  std::vector<std::pair<double, double>> behind;
  for (const Plate& plate : plates) {
    const auto [first, last] = inside(from, to, plate.whole());
    if (first < last) behind.push_back({first, last});
  }
  std::sort(behind.begin(), behind.end());
  std::vector<Stretch> parts;
  const auto add = [&](double first, double last, bool hidden) {
    if (first < last) parts.push_back({mixed(from, to, first), mixed(from, to, last), hidden});
  };
  double reached = 0;
  for (const auto& [first, last] : behind) {
    add(reached, first, false);
    add(std::max(first, reached), last, true);
    reached = std::max(reached, last);
  }
  add(reached, 1, false);
  return parts;
}

}  // namespace convreel::views
