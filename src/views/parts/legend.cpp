#include "views/parts/legend.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string_view>

#include "explain/number.hpp"

namespace convreel::views {

namespace {

constexpr double kSwatch = 12, kWord = 44, kSpace = 6, kGap = 20, kLegendFont = 12;

double number_width(const Legend& legend) { return std::ceil(legend.numbers.widest() * kLegendFont) + 2; }

double legend_width(const Legend& legend) {
  return kWord + 2 * number_width(legend) + scene::kHeats * kSwatch + 3 * kSpace;
}

/// The shade of the values about the middle of that swatch.
Role swatch_role(const Numbers& numbers, Role role, int swatch) {
  const double share = (swatch + 0.5) / scene::kHeats;
  return numbers.role(numbers.low() + share * (numbers.high() - numbers.low()), role);
}

void add_legend(Items& items, double x, double y, const Legend& legend) {
  const std::string id = "legend." + legend.word;
  const auto words = [&](std::string_view end, double left, double width, scene::Span span, Align align) {
    items.push_back(
        label(fmt::format("{}.{}", id, end), {left, y - 3, width, 18}, {std::move(span)}, kLegendFont, align));
  };
  const double number = number_width(legend);
  const double low = x + kWord + kSpace, ramp = low + number + kSpace, high = ramp + scene::kHeats * kSwatch + kSpace;
  words("word", x, kWord, {legend.word, Role::ink, scene::Weight::bold}, Align::right);
  words("low", low, number, {legend.numbers.text(legend.numbers.low()), Role::muted}, Align::right);
  for (int step = 0; step < scene::kHeats; ++step)
    items.push_back(text_cell(fmt::format("{}.{}", id, step), {ramp + step * kSwatch, y, kSwatch, kSwatch},
                              swatch_role(legend.numbers, legend.role, step), {}, 0));
  words("high", high, number, {legend.numbers.text(legend.numbers.high()), Role::muted}, Align::left);
}

}  // namespace

void add_legend(std::vector<Legend>& legends, std::string word, const Figures& figures, Role role, double cell) {
  if (figures.ramp(cell)) legends.push_back({std::move(word), figures.at(cell), role});
}

double legend_row_width(std::span<const Legend> legends) {
  double width = legends.empty() ? 0 : -kGap;
  for (const Legend& legend : legends) width += legend_width(legend) + kGap;
  return width;
}

std::vector<std::span<const Legend>> legend_rows(std::span<const Legend> legends, double width) {
  std::vector<std::span<const Legend>> rows;
  while (!legends.empty()) {
    std::size_t count = legends.size();
    while (count > 1 && legend_row_width(legends.first(count)) > width) --count;
    rows.push_back(legends.first(count));
    legends = legends.subspan(count);
  }
  return rows;
}

void add_legend_under(Items& items, const std::string& name, const scene::Rect& room, const Numbers& numbers, Role role,
                      const scene::Ruler& ruler) {
  constexpr double kLeastSwatch = 2, kSlack = 2;
  const std::string low = numbers.text(numbers.low()), high = numbers.text(numbers.high());
  const auto natural = [&](const std::string& text) {
    return ruler.width(text, kLegendFont, scene::Weight::regular, false);
  };
  const double most = (room.width - scene::kHeats * kLeastSwatch) / 2 - kSpace;
  const double widest = std::max(natural(low), natural(high)) + kSlack;
  const double font = widest <= most ? kLegendFont : kLegendFont * most / widest;
  const double word = std::ceil(widest * font / kLegendFont);
  const double swatch =
      std::clamp(std::floor((room.width - 2 * (word + kSpace)) / scene::kHeats), kLeastSwatch, kSwatch);
  const double width = scene::kHeats * swatch, x = std::round(room.centre().x - width / 2), y = room.y + 4;
  const std::string id = "legend." + name;
  for (int step = 0; step < scene::kHeats; ++step)
    items.push_back(text_cell(fmt::format("{}.{}", id, step), {x + step * swatch, y, swatch, 12},
                              swatch_role(numbers, role, step), {}, 0));
  items.push_back(label(id + ".low", {x - kSpace - word, y - 3, word, 18}, {{low, Role::muted}}, font, Align::right));
  items.push_back(label(id + ".high", {x + width + kSpace, y - 3, word, 18}, {{high, Role::muted}}, font, Align::left));
}

void add_legend_row(Items& items, double centre, double top, std::span<const Legend> legends) {
  double x = std::round(centre - legend_row_width(legends) / 2);
  for (const Legend& legend : legends) {
    add_legend(items, x, std::round(top) + 5, legend);
    x += legend_width(legend) + kGap;
  }
}

}  // namespace convreel::views
