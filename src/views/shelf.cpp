#include "views/shelf.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "explain/explain.hpp"
#include "views/fit.hpp"

namespace convreel::views {

using scene::Items;
using scene::Rect;
using scene::Role;
using scene::Size;
using scene::Span;
using scene::Weight;

namespace {

constexpr double kCaptionFont = 15, kNoteFont = 13, kCaptionHeight = 30, kNoteHeight = 18, kLegendHeight = 22;
constexpr double kChannelGap = 12;
constexpr double kSignFont = 30, kWordFont = 14, kSignHeight = 36;
constexpr double kLargestArticleCell = 46;
// Longer captions do not widen their column: they are set smaller, then cut.
constexpr double kWidestCaption = 230, kCaptionFloor = 10;

double least_gap(double cell) { return cell >= 30 ? 72 : cell >= kSmallestNumberedCell ? 56 : 44; }

std::vector<Span> caption_spans(const Column& column) {
  return {{column.word, Role::ink, Weight::bold}, {"  " + column.caption.size, Role::muted}};
}

}  // namespace

std::string stacked_size(std::int64_t channels, const numerics::Cell& size, int dims) {
  const std::string text = explain::size_text(size, dims);
  return channels > 1 ? fmt::format("{}×{}", channels, text) : text;
}

Shelf::Shelf(const Context& context, std::vector<Column> columns, std::vector<Joint> joints)
    : context_(context), columns_(std::move(columns)), joints_(std::move(joints)) {}

bool Shelf::captioned() const { return context_.show.layout == spec::Layout::full; }

double Shelf::captions_height(double cell) const {
  if (!captioned()) return 0;
  const bool notes =
      std::any_of(columns_.begin(), columns_.end(), [](const Column& c) { return !c.caption.note.empty(); });
  return kCaptionHeight + (notes ? kNoteHeight : 0) + (cell < kSmallestNumberedCell ? kLegendHeight : 0);
}

double Shelf::gap_width(std::size_t joint, double cell) const {
  const double word = context_.ruler.width(joints_[joint].word, kWordFont, Weight::regular, false);
  return std::max(least_gap(cell), std::ceil(word) + 16);
}

double Shelf::column_width(std::size_t column, double cell) const {
  const double grid = static_cast<double>(columns_[column].columns) * cell;
  if (!captioned()) return grid;
  const double note = context_.ruler.width(columns_[column].caption.note, kNoteFont, Weight::regular, false);
  const double size = context_.ruler.width(caption_spans(columns_[column]), kCaptionFont);
  return std::max(grid, std::min(std::ceil(std::max(size, note)), kWidestCaption));
}

double Shelf::row_height(std::size_t column, double cell) const {
  // Columns with one grid for each of the same channels stand row by row.
  std::int64_t rows = 0;
  for (const Column& other : columns_)
    if (other.channels == columns_[column].channels) rows = std::max(rows, other.rows);
  return static_cast<double>(rows) * cell;
}

Size Shelf::natural(double cell) const {
  Size size;
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    size.width += column_width(c, cell) + (c < joints_.size() ? gap_width(c, cell) : 0);
    const auto channels = static_cast<double>(columns_[c].channels);
    size.height = std::max(size.height, channels * row_height(c, cell) + (channels - 1) * kChannelGap);
  }
  if (!joints_.empty()) size.height = std::max(size.height, 2 * kSignHeight);
  size.height += captions_height(cell);
  return size;
}

Size Shelf::measure(double cell) const { return natural(cell); }

void Shelf::place(Rect area, double cell) {
  cell_ = cell;
  if (context_.show.layout == spec::Layout::article) {
    cell_ = kLargestArticleCell;
    while (cell_ > 1 && (natural(cell_).width > area.width || natural(cell_).height > area.height)) --cell_;
  }
  const Size size = natural(cell_);
  const double captions = captions_height(cell_);
  const double middle = area.y + (area.height - captions) / 2;
  double x = area.x + std::max(0.0, (area.width - size.width) / 2);
  grids_.assign(columns_.size(), {});
  gaps_.clear();
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    place_column(c, x, middle);
    x += column_width(c, cell_);
    if (c == joints_.size()) break;
    gaps_.push_back({x, area.y, gap_width(c, cell_), area.height - captions});
    x += gaps_.back().width;
  }
}

void Shelf::place_column(std::size_t column, double x, double middle) {
  const Column& of = columns_[column];
  const double row = row_height(column, cell_), height = static_cast<double>(of.rows) * cell_;
  const auto channels = static_cast<double>(of.channels);
  const double top = middle - (channels * row + (channels - 1) * kChannelGap) / 2;
  const double left = x + (column_width(column, cell_) - static_cast<double>(of.columns) * cell_) / 2;
  for (std::int64_t c = 0; c < of.channels; ++c) {
    const double y = top + static_cast<double>(c) * (row + kChannelGap) + (row - height) / 2;
    grids_[column].push_back({of.name, {std::round(left), std::round(y)}, cell_, of.rows, of.columns});
  }
}

Numbers Shelf::numbers(const std::vector<double>& values) const {
  return {values, cell_, context_.show.numbers, context_.ruler};
}

void Shelf::add_joint(Items& items, std::size_t joint) const {
  const Rect& gap = gaps_[joint];
  const double y = gap.centre().y;
  if (!joints_[joint].sign.empty())
    items.push_back(label(fmt::format("joint.{}", joint), {gap.x, y - kSignHeight / 2, gap.width, kSignHeight},
                          {{joints_[joint].sign, Role::muted, Weight::medium}}, kSignFont));
  if (!joints_[joint].word.empty())
    items.push_back(label(fmt::format("joint.{}.word", joint), {gap.x, y + 16, gap.width, 20},
                          {{joints_[joint].word, Role::muted}}, kWordFont));
}

void Shelf::add_caption(Items& items, std::size_t column) const {
  const Grid& last = grids_[column].back();
  const double width = column_width(column, cell_);
  const double left = last.area().centre().x - width / 2, top = last.area().bottom() + 5;
  const Column& of = columns_[column];
  const std::vector<Span> spans = caption_spans(of);
  items.push_back(label("caption." + of.name, {left, top, width, 22}, spans,
                        fitted_font(spans, kCaptionFont, kCaptionFloor, width, context_.ruler)));
  if (of.caption.note.empty()) return;
  const double font = fitted_font({{of.caption.note, Role::muted}}, kNoteFont, kCaptionFloor, width, context_.ruler);
  items.push_back(label(fmt::format("caption.{}.note", of.name), {left, top + 22, width, kNoteHeight},
                        {{elided(of.caption.note, font, width, Weight::regular, false, context_.ruler), Role::muted}},
                        font));
}

void Shelf::add_fixed(Items& items) const {
  for (std::size_t j = 0; j < joints_.size(); ++j) add_joint(items, j);
  if (!captioned()) return;
  for (std::size_t c = 0; c < columns_.size(); ++c)
    if (!columns_[c].word.empty()) add_caption(items, c);
}

void Shelf::add_legend(Items& items, std::size_t column, const Numbers& numbers) const {
  if (!captioned() || !numbers.ramp()) return;
  constexpr double kNumberFont = 12, kNumberGap = 6, kLeastSwatch = 2, kSwatch = 12;
  const std::string low = explain::number(numbers.low()), high = explain::number(numbers.high());
  const auto natural_width = [&](const std::string& text) {
    return context_.ruler.width(text, kNumberFont, Weight::regular, false);
  };
  const double most = (column_width(column, cell_) - scene::kHeats * kLeastSwatch) / 2 - kNumberGap;
  const double widest = std::max(natural_width(low), natural_width(high));
  const double font = widest + 2 <= most ? kNumberFont : kNumberFont * most / (widest + 2);
  const auto width_of = [&](const std::string& text) { return natural_width(text) * font / kNumberFont + 2; };
  const Rect last = grids_[column].back().area();
  const double room = column_width(column, cell_) - 2 * std::max(width_of(low), width_of(high)) - 2 * kNumberGap;
  const double swatch = std::clamp(std::floor(room / scene::kHeats), kLeastSwatch, kSwatch),
               width = scene::kHeats * swatch;
  const double x = std::round(last.centre().x - width / 2),
               y = last.bottom() + captions_height(cell_) - kLegendHeight + 4;
  for (int step = 0; step < scene::kHeats; ++step)
    items.push_back(text_cell(fmt::format("legend.{}.{}", columns_[column].name, step),
                              {x + step * swatch, y, swatch, 12}, scene::heat_role((step + 0.5) / scene::kHeats), {},
                              0));
  const std::string id = "legend." + columns_[column].name;
  items.push_back(label(id + ".low", {x - kNumberGap - width_of(low), y - 3, width_of(low), 18}, {{low, Role::muted}},
                        font, scene::Align::right));
  items.push_back(label(id + ".high", {x + width + kNumberGap, y - 3, width_of(high), 18}, {{high, Role::muted}}, font,
                        scene::Align::left));
}

}  // namespace convreel::views
