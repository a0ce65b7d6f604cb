#include "views/parts/shelf.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "explain/size.hpp"
#include "views/parts/legend.hpp"
#include "views/parts/marks.hpp"

namespace convreel::views {

namespace {

constexpr double kJointFont = 30, kJointWordFont = 14, kJointHeight = 36;
constexpr double kSmallCell = 20, kWidestKernel = 140;

double least_gap(double cell) { return cell >= 30 ? 72 : cell >= kSmallestNumberedCell ? 56 : 44; }

}  // namespace

Column column_of(const Context& context, std::string name, std::string word, const numerics::Map& map, Role role) {
  return {std::move(name),
          std::move(word),
          {explain::map_text(map, context.trace.layer().dims), ""},
          map.channels,
          map.size[1],
          map.size[2],
          {map.values, context.show.numbers, context.ruler, context.show.photo},
          role,
          0,
          1,
          map.size[0]};
}

Shelf::Shelf(const ShelfContext& context, std::vector<Column> columns, std::vector<Joint> joints)
    : context_(context), columns_(std::move(columns)), joints_(std::move(joints)) {}

double Shelf::captions_height(double cell) const {
  if (!captioned()) return 0;
  const bool notes =
      std::any_of(columns_.begin(), columns_.end(), [](const Column& c) { return !c.caption.note.empty(); });
  return foot_height(notes, !numbered(cell));
}

bool Shelf::numbered(double cell) const {
  for (std::size_t c = 0; c < columns_.size(); ++c)
    if (columns_[c].figures.ramp(column_cell(c, cell))) return false;
  return true;
}

double Shelf::head() const {
  const bool deep = std::ranges::any_of(columns_, [](const Column& c) { return c.slices > 1; });
  return captioned() && deep ? kSliceHead : 0;
}

double Shelf::column_cell(std::size_t column, double cell) const {
  const Column& of = columns_[column];
  if (of.role != Role::kernel || cell >= kSmallCell) return cell;
  std::int64_t rows = 0;
  for (const Column& other : columns_)
    if (other.stacked() == of.stacked()) rows = std::max(rows, other.rows);
  const double beside = static_cast<double>(rows) * cell / static_cast<double>(of.rows);
  const double across = kWidestKernel / static_cast<double>(of.across * of.slices * of.columns);
  return std::max(cell, std::floor(std::min({kReadableKernelCell, beside, across})));
}

double Shelf::gap_width(std::size_t joint, double cell) const {
  const double word = context_.ruler.width(joints_[joint].word, kJointWordFont, Weight::regular, false);
  return std::max({least_gap(cell), joints_[joint].least_width, std::ceil(word) + 16});
}

double Shelf::column_width(std::size_t column, double cell) const {
  const Column& of = columns_[column];
  const double grid = static_cast<double>(of.across) *
                          (map_width({of.slices, of.rows, of.columns}, column_cell(column, cell)) + kChannelGap) -
                      kChannelGap;
  if (!captioned()) return grid;
  return std::max({grid, of.least_width, caption_width(of.word, of.caption, context_.ruler)});
}

double Shelf::row_height(std::size_t column, double cell) const {
  // Columns with one grid for each of the same channels stand row by row.
  std::int64_t rows = 0;
  for (const Column& other : columns_)
    if (other.stacked() == columns_[column].stacked()) rows = std::max(rows, other.rows);
  return static_cast<double>(rows) * cell;
}

Size Shelf::natural(double cell) const {
  Size size;
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    size.width += column_width(c, cell) + (c < joints_.size() ? gap_width(c, cell) : 0);
    const auto channels = static_cast<double>(columns_[c].stacked());
    const double grids = channels * row_height(c, cell) + (channels - 1) * kChannelGap;
    size.height = std::max(size.height, grids + columns_[c].below);
  }
  if (!joints_.empty()) size.height = std::max(size.height, 2 * kJointHeight);
  size.height += head() + captions_height(cell);
  return size;
}

Size Shelf::measure(double cell) const { return natural(cell); }

void Shelf::place(Rect area, double cell) {
  cell_ = cell;
  if (context_.show.layout == job::Layout::article) {
    cell_ = kLargestCell;
    while (cell_ > 1 && (natural(cell_).width > area.width || natural(cell_).height > area.height)) --cell_;
  }
  const Size size = natural(cell_);
  const double captions = captions_height(cell_);
  const double middle = area.y + (area.height + head() - captions) / 2;
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
  const double cell = column_cell(column, cell_);
  const double row = row_height(column, cell_), height = static_cast<double>(of.rows) * cell;
  const auto stacked = static_cast<double>(of.stacked());
  const double top = middle - (stacked * row + (stacked - 1) * kChannelGap + of.below) / 2;
  // Of a grid and what parts it from the next.
  const double width = map_width({of.slices, of.rows, of.columns}, cell) + kChannelGap;
  const double left = x + (column_width(column, cell_) + kChannelGap - static_cast<double>(of.across) * width) / 2;
  for (std::int64_t c = 0; c < of.channels; ++c) {
    const double y = top + static_cast<double>(c / of.across) * (row + kChannelGap) + (row - height) / 2;
    const double at = left + static_cast<double>(c % of.across) * width;
    grids_[column].push_back(
        {of.name, {std::round(at), std::round(y)}, cell, of.rows, of.columns, context_.dims, of.slices});
  }
}

void Shelf::add_joint(Items& items, std::size_t joint) const {
  const Rect& gap = gaps_[joint];
  const double y = gap.centre().y;
  if (!joints_[joint].sign.empty())
    items.push_back(label(fmt::format("joint.{}", joint), {gap.x, y - kJointHeight / 2, gap.width, kJointHeight},
                          {{joints_[joint].sign, Role::muted, Weight::medium}}, kJointFont));
  if (!joints_[joint].word.empty())
    items.push_back(label(fmt::format("joint.{}.word", joint), {gap.x, y + 16, gap.width, 20},
                          {{joints_[joint].word, Role::muted}}, kJointWordFont));
}

void Shelf::add_words(Items& items, std::size_t column) const {
  const Column& of = columns_[column];
  const Rect last = grids_[column].back().area();
  const auto in_row = static_cast<std::size_t>(std::min(of.across, of.channels));
  const double width = column_width(column, cell_);
  const double left = (grids_[column].front().area().x + grids_[column][in_row - 1].area().right() - width) / 2;
  if (!of.word.empty())
    add_caption(items, of.name, of.word, of.caption, {left, last.bottom() + of.below + 5, width, 0}, context_.ruler);
  if (!of.figures.ramp(column_cell(column, cell_))) return;
  const double top = last.bottom() + of.below + captions_height(cell_) - kLegendRowHeight;
  add_legend_under(items, of.name, {left, top, width, kLegendRowHeight}, numbers(column), of.role, context_.ruler);
}

void Shelf::add_fixed(Items& items) const {
  for (std::size_t j = 0; j < joints_.size(); ++j) add_joint(items, j);
  if (!captioned()) return;
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    add_words(items, c);
    add_slice_names(items, grids_[c].front(), 0, 1, columns_[c].slices, context_.ruler);
  }
}

}  // namespace convreel::views
