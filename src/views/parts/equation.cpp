#include "views/parts/equation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "views/parts/caption.hpp"

namespace convreel::views {

namespace {

constexpr double kBracketGap = 5, kBracketArm = 6;      // from the cells, and how far it reaches back
constexpr double kBracket = kBracketGap + kBracketArm;  // room a bracket takes
constexpr double kSignHeight = 34;
constexpr double kWordsGap = 8, kWordsHeight = 24;  // under the bracket

Item bracket(std::string id, double edge, double inwards, const Rect& box) {
  Item item;
  item.id = std::move(id);
  item.form = scene::Form::line;
  item.role = Role::muted;
  item.stroke = 2;
  const double top = box.y - kBracketGap, bottom = box.bottom() + kBracketGap;
  item.points = {{edge + inwards, top}, {edge, top}, {edge, bottom}, {edge + inwards, bottom}};
  return item;
}

}  // namespace

Equation::Equation(std::vector<Block> blocks, double gap, bool captions, std::vector<Legend> legends,
                   const scene::Ruler& ruler)
    : blocks_(std::move(blocks)), gap_(gap), captions_(captions), ruler_(ruler) {
  if (captions_) legends_ = std::move(legends);
}

double Equation::caption_width(const Block& block) const {
  if (!captions_) return 0;
  const std::string rest = block.words.empty() ? "" : "  " + block.words;
  return std::ceil(ruler_.width({{block.word, Role::ink, Weight::bold}, {rest, Role::muted}}, kCaptionFont)) + 4;
}

double Equation::column_width(const Block& block) const {
  return std::max(block.size.width + (block.bracketed ? 2 * kBracket : 0), caption_width(block));
}

Size Equation::row_size() const {
  Size size{0, kSignHeight};
  for (const Block& block : blocks_) {
    size.width += column_width(block);
    size.height = std::max(size.height, block.size.height + 2 * kBracketGap + 2);
  }
  size.width += gap_ * static_cast<double>(blocks_.size() - 1);
  if (captions_) size.height += kWordsGap + kWordsHeight;
  return size;
}

std::vector<std::span<const Legend>> Equation::legend_rows_under(const Size& row) const {
  return legend_rows(legends_, row.width);
}

Size Equation::measure() const {
  Size size = row_size();
  const auto rows = legend_rows_under(size);
  for (const std::span<const Legend> row : rows) size.width = std::max(size.width, legend_row_width(row));
  return {size.width, size.height + static_cast<double>(rows.size()) * kLegendRowHeight};
}

void Equation::place(Rect area) {
  const Size row = row_size();
  double x = area.x + std::max(0.0, (area.width - row.width) / 2);
  const double legends = measure().height - row.height;
  const double height = area.height - legends;
  const double middle = area.y + (height - (captions_ ? kWordsGap + kWordsHeight : 0)) / 2;
  boxes_.clear();
  for (const Block& block : blocks_) {
    const double width = column_width(block);
    boxes_.push_back({std::round(x + (width - block.size.width) / 2), std::round(middle - block.size.height / 2),
                      block.size.width, block.size.height});
    x += width + gap_;
  }
  legends_at_ = {area.centre().x, area.bottom() - legends};
}

const Rect& Equation::box(std::string_view name) const {
  const auto found = std::find_if(blocks_.begin(), blocks_.end(), [&](const Block& b) { return b.name == name; });
  return boxes_.at(static_cast<std::size_t>(found - blocks_.begin()));
}

void Equation::add_brackets(Items& items, std::size_t block) const {
  const Rect& box = boxes_[block];
  const std::string& name = blocks_[block].name;
  items.push_back(bracket(name + ".bracket.left", box.x - kBracketGap, kBracketArm - 1, box));
  items.push_back(bracket(name + ".bracket.right", box.right() + kBracketGap, 1 - kBracketArm, box));
}

void Equation::add_caption(Items& items, std::size_t block) const {
  const Block& of = blocks_[block];
  std::vector<Span> spans{{of.word, Role::ink, Weight::bold}};
  if (!of.words.empty()) spans.push_back({"  " + of.words, Role::muted});
  const double width = caption_width(of);
  const Rect& box = boxes_[block];
  items.push_back(label("caption." + of.name,
                        {box.centre().x - width / 2, box.bottom() + kBracketGap + kWordsGap, width, kWordsHeight},
                        std::move(spans), kCaptionFont));
}

Grid Equation::grid(std::string name, double cell, std::int64_t rows, std::int64_t columns) const {
  const Rect& at = box(name);
  return {std::move(name), {at.x, at.y}, cell, rows, columns};
}

void Equation::add_fixed(Items& items) const {
  for (std::size_t b = 0; b < blocks_.size(); ++b) {
    if (blocks_[b].bracketed) add_brackets(items, b);
    if (captions_) add_caption(items, b);
    if (b == 0 || blocks_[b].sign.empty()) continue;
    const double left = boxes_[b - 1].right() + kBracket, right = boxes_[b].x - kBracket;
    const double y = std::round((boxes_[b].y + boxes_[b].bottom()) / 2);
    items.push_back(label("operator." + blocks_[b].name, {left, y - kSignHeight / 2, right - left, kSignHeight},
                          {{blocks_[b].sign, Role::muted, Weight::medium}}, 26));
  }
  double top = legends_at_.y;
  for (const std::span<const Legend> row : legend_rows_under(row_size())) {
    add_legend_row(items, legends_at_.x, top, row);
    top += kLegendRowHeight;
  }
}

double largest_cell(const Rect& area, const std::function<Size(double)>& measure) {
  for (double cell = kLargestCell; cell > 1; --cell) {
    const Size size = measure(cell);
    if (size.width <= area.width && size.height <= area.height) return cell;
  }
  return 1;
}

}  // namespace convreel::views
