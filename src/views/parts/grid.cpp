#include "views/parts/grid.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "explain/number.hpp"

namespace convreel::views {

double map_width(const numerics::Cell& size, double cell) {
  return static_cast<double>(size[0]) * (static_cast<double>(size[2]) * cell + kSliceGap) - kSliceGap;
}

std::vector<Rect> Grid::blocks(const numerics::Cell& first, const numerics::Cell& size, std::int64_t every) const {
  std::vector<Rect> boxes;
  for (std::int64_t z = 0; z < size[0]; z += every) boxes.push_back(block({first[0] + z, first[1], first[2]}, size));
  return boxes;
}

std::string cell_id(std::string_view name, const numerics::Place& at, int dims) {
  const auto& [depth, row, column] = at.cell;
  if (dims < numerics::kAxes) return fmt::format("{}.{}.{}.{}", name, at.channel, row, column);
  return fmt::format("{}.{}.{}.{}.{}", name, at.channel, depth, row, column);
}

namespace {

/// A photo's channels are red, green and blue when there are three.
scene::Ramp light_of(Role role) {
  if (role < Role::group0 || role > Role::group2) return scene::Ramp::grey;
  return static_cast<scene::Ramp>(static_cast<int>(scene::Ramp::red) + static_cast<int>(role) -
                                  static_cast<int>(Role::group0));
}

}  // namespace

Figures::Figures(const std::vector<double>& values, bool shown, const scene::Ruler& ruler, bool photo)
    : style_(explain::grid_numbers(values)), shown_(shown), some_(!values.empty()), photo_(photo) {
  constexpr double kProbe = 100;  // widths are proportional to the font; measured once at a size with no rounding
  const auto measure = [&](double value) {
    const std::string text = explain::number(value, style_);
    widest_ = std::max(widest_, ruler.width(text, kProbe, scene::Weight::bold, false) / kProbe);
  };
  if (values.size() > explain::kMostNumbered) {
    const Numbers ends = Numbers{}.over(values);
    low_ = ends.low(), high_ = ends.high();
    widest_ = kProbe;  // no cell has room for it
    return;
  }
  std::vector<double> distinct;
  for (const double value : values) {
    if (std::isfinite(value))
      distinct.push_back(value);
    else if (shown_)
      measure(value);
  }
  std::sort(distinct.begin(), distinct.end());
  distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
  if (!distinct.empty()) low_ = distinct.front(), high_ = distinct.back();
  if (shown_) std::for_each(distinct.begin(), distinct.end(), measure);
}

double Figures::font(double cell) const {
  // Small cells are filled more: their numbers are hard enough to read.
  const double share = std::clamp(0.42 + (30 - cell) * 0.01, 0.42, 0.58);
  const double room = (cell - std::clamp(0.2 * cell, 5.0, 12.0)) * 0.94;
  return widest_ > 0 ? std::min(cell * share, room / widest_) : cell * share;
}

bool Figures::ramp(double cell) const {
  return some_ && shown_ && (cell < kSmallestNumberedCell || font(cell) < kSmallestNumberFont);
}

Numbers Figures::at(double cell) const {
  Numbers numbers;
  numbers.style_ = style_;
  numbers.low_ = low_;
  numbers.high_ = high_;
  numbers.widest_ = widest_;
  numbers.photo_ = photo_;
  numbers.ramp_ = ramp(cell);
  numbers.shown_ = shown_ && !numbers.ramp_;
  if (numbers.shown_) numbers.font_ = font(cell);
  return numbers;
}

std::string Numbers::text(double value) const { return explain::number(value, style_); }

Role Numbers::role(double value, Role role) const {
  if (!ramp_ || !std::isfinite(value)) return role;
  if (low_ < 0) {
    const double share = std::abs(value) / std::max(-low_, high_);
    return scene::ramp_role(value < 0 ? scene::Ramp::below : scene::ramp_of(role), share);
  }
  const double even = value > 0 ? 1 : 0;  // all values are the same
  return scene::ramp_role(photo_ ? light_of(role) : scene::ramp_of(role),
                          high_ > low_ ? (value - low_) / (high_ - low_) : even);
}

Numbers Numbers::over(std::span<const double> values) const {
  Numbers numbers = *this;
  bool first = true;
  for (const double value : values) {
    if (!std::isfinite(value)) continue;
    numbers.low_ = first ? value : std::min(numbers.low_, value);
    numbers.high_ = first ? value : std::max(numbers.high_, value);
    first = false;
  }
  return numbers;
}

Item value_cell(std::string id, Rect slot, Role role, double value, const Numbers& numbers) {
  Item item;
  item.id = std::move(id);
  item.role = numbers.role(value, role);
  item.box = slot;
  if (numbers.shown()) {
    item.font = numbers.font();
    item.text = {{numbers.text(value), role, scene::Weight::medium}};
  }
  return item;
}

Item weight_cell(std::string id, Rect slot, double weight, const Numbers& numbers) {
  Item item = value_cell(std::move(id), slot, Role::kernel, weight, numbers);
  for (Span& span : item.text) span.weight = scene::Weight::bold;
  return item;
}

Item text_cell(std::string id, Rect slot, Role role, std::string text, double font) {
  Item item;
  item.id = std::move(id);
  item.role = role;
  item.box = slot;
  if (font > 0 && !text.empty()) {
    item.font = font;
    item.text = {{std::move(text), role, scene::Weight::medium}};
  }
  return item;
}

Item pending_cell(std::string id, Rect slot, Role role) {
  Item item = text_cell(std::move(id), slot, role, {}, 0);
  if (slot.width < kSmallestNumberedCell) item.opacity = kReceding;
  return item;
}

Item label(std::string id, Rect box, std::vector<Span> spans, double font, scene::Align align) {
  Item item;
  item.id = std::move(id);
  item.form = scene::Form::text;
  item.role = Role::ink;
  item.align = align;
  item.box = box;
  item.font = font;
  item.text = std::move(spans);
  return item;
}

Rect between(const Rect& from, const Rect& to, double share) {
  return {from.x + (to.x - from.x) * share, from.y + (to.y - from.y) * share,
          from.width + (to.width - from.width) * share, from.height + (to.height - from.height) * share};
}

}  // namespace convreel::views
