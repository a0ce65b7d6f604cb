#include "views/grid.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "explain/explain.hpp"

namespace convreel::views {

using scene::Item;
using scene::Rect;
using scene::Role;
using scene::Span;

std::string Grid::id(std::int64_t channel, std::int64_t row, std::int64_t column) const {
  return fmt::format("{}.{}.{}.{}", name, channel, row, column);
}

Numbers::Numbers(const std::vector<double>& values, double cell, bool shown, const scene::Ruler& ruler)
    : decimals_(explain::shared_decimals(values)),
      shown_(shown && cell >= kSmallestNumberedCell),
      ramp_(cell < kSmallestNumberedCell) {
  std::vector<double> finite;
  std::copy_if(values.begin(), values.end(), std::back_inserter(finite), [](double v) { return std::isfinite(v); });
  if (!finite.empty()) {
    const auto [low, high] = std::minmax_element(finite.begin(), finite.end());
    low_ = *low;
    high_ = *high;
  }
  if (!shown_) return;
  constexpr double kProbe = 100;  // widths are proportional to the font; measured once at a size with no rounding
  double widest = 1;
  std::vector<double> distinct(values);
  std::sort(distinct.begin(), distinct.end());
  distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
  for (const double value : distinct)
    widest = std::max(widest, ruler.width(text(value), kProbe, scene::Weight::medium, false));
  font_ = std::min(cell * 0.42, (cell - 6) * 0.92 * kProbe / widest);
}

std::string Numbers::text(double value) const { return explain::number(value, decimals_); }

Role Numbers::role(double value, Role role) const {
  if (!ramp_ || !std::isfinite(value)) return role;
  return scene::heat_role(high_ > low_ ? (value - low_) / (high_ - low_) : 0.0);
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
