#include "views/page/page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "base/cancel.hpp"
#include "base/error.hpp"
#include "views/page/sizes.hpp"
#include "views/parts/parts.hpp"

namespace convreel::views {

namespace {

/// A page's width, its margin, and how tall its views may be: usually, and rather than without numbers.
struct Format {
  double width, margin, tallest_body, tallest_numbered;
  [[nodiscard]] double inner() const { return width - 2 * margin; }
};
constexpr double kMargin = 40, kNarrowMargin = 20;
constexpr Format kLandscape{kArithmeticRoom + 2 * kMargin, kMargin, 430, 640};
// As tall as a phone's story where numbers can be read so.
constexpr Format kPortrait{kNarrowRoom + 2 * kNarrowMargin, kNarrowMargin, 640, 1000};

const Format& format_of(const job::Show& show) { return show.layout == job::Layout::portrait ? kPortrait : kLandscape; }

constexpr double kTitleFont = 26, kTitleFloor = 18, kChipHeight = 30, kChipGap = 8, kBarHeight = 36;
constexpr double kSmallestCell = 4;
// Cells that are easy to read; up to them a picture grows taller.
constexpr double kEasyCell = 26;
// Rather a tall picture than numbers that have to go, or cells that cannot be seen.
constexpr double kTallFrom = 13, kTallestPlain = 700;
constexpr double kStackGap = 20, kSubtitleHeight = 30, kTallestStack = 640;
constexpr double kFormulaFloor = 10, kSentenceHeight = 34;
// A sum that fills a wide page's line takes two of a narrow one's.
constexpr std::size_t kNarrowRows = 2;
constexpr double kNarrowRow = 28;

double even(double length) { return 2 * std::ceil(length / 2); }

}  // namespace

Page::Page(std::vector<Slot> slots, Wording wording, const job::Show& show, const scene::Ruler& ruler)
    : slots_(std::move(slots)), wording_(std::move(wording)), show_(show), ruler_(ruler) {
  per_row_ = show.layout == job::Layout::portrait ? 1 : slots_.size();
  switch (show.layout) {
    case job::Layout::full:
    case job::Layout::portrait:
      lay_out_full();
      break;
    case job::Layout::article:
      lay_out_article();
      break;
    case job::Layout::plain:
      lay_out_plain();
      break;
  }
}

double Page::subtitle_height(std::size_t slot) const {
  return slots_[slot].subtitle.empty() || show_.layout == job::Layout::plain ? 0 : kSubtitleHeight;
}

bool Page::sentences_apart() const {
  return std::any_of(slots_.begin(), slots_.end(), [](const Slot& slot) { return slot.sentence; });
}

double Page::sentence_height(std::size_t slot) const {
  return slots_[slot].sentence && shows_arithmetic() ? kSentenceHeight : 0;
}

Page::Table Page::table(double cell) const {
  Table table{std::vector<double>(per_row_, 0), std::vector<double>((slots_.size() + per_row_ - 1) / per_row_, 0)};
  for (std::size_t s = 0; s < slots_.size(); ++s) {
    const Size size = slots_[s].view->measure(cell);
    double& width = table.widths[s % per_row_];
    double& height = table.heights[s / per_row_];
    const std::vector<double> columns = shared_columns(s, cell);
    const double own =
        columns.empty() ? size.width : std::accumulate(columns.begin(), columns.end(), slots_[s].view->lead(cell));
    width = std::max(width, own + indent(s, cell));
    height = std::max(height, size.height + subtitle_height(s) + sentence_height(s));
  }
  return table;
}

Size Page::bodies(double cell) const {
  const auto joined = [](const std::vector<double>& lengths, double gap) {
    return std::accumulate(lengths.begin(), lengths.end(), gap * static_cast<double>(lengths.size() - 1));
  };
  const Table sizes = table(cell);
  return {joined(sizes.widths, kSlotGap), joined(sizes.heights, kStackGap)};
}

double Page::largest_cell_in(Size room, bool numbered) const {
  for (double cell = kLargestCell; cell >= kSmallestCell; --cell) {
    base::stop_if_cancelled();
    if (numbered && !this->numbered(cell)) return 0;
    const Size size = bodies(cell);
    const double height = cell < kTallFrom && !numbered ? std::max(room.height, kTallestPlain) : room.height;
    if (size.width <= room.width && size.height <= height) return cell;
  }
  return 0;
}

bool Page::numbered(double cell) const {
  return std::all_of(slots_.begin(), slots_.end(), [&](const Slot& slot) { return slot.view->numbered(cell); });
}

double Page::width_for_numbers() const {
  double cell = kSmallestNumberedCell;
  while (cell < kEasyCell && !numbered(cell)) ++cell;
  return bodies(numbered(cell) ? cell : kSmallestNumberedCell).width;
}

double Page::easy_cell(bool numbered) const {
  double cell = kEasyCell;
  while (numbered && cell < kLargestCell && !this->numbered(cell)) ++cell;
  return cell;
}

Page::Fit Page::best_fit(Size room) const {
  const Size tall{room.width, std::max(room.height, format_of(show_).tallest_numbered)};
  const auto cell_in = [&](bool numbered) {
    const double cell = largest_cell_in(room, numbered);
    if (cell >= kEasyCell) return cell;
    return std::max(cell, std::min(easy_cell(numbered), largest_cell_in(tall, numbered)));
  };
  if (const double cell = cell_in(true); cell > 0) return {true, cell};
  // Some grid's numbers have to go; the others' need not.
  const double usual = largest_cell_in(room, false), raised = cell_in(false);
  return {false, raised >= kSmallestNumberedCell ? raised : usual};
}

std::vector<std::size_t> Page::arrangements() const {
  const std::size_t count = slots_.size();
  if (count == 1 || show_.layout == job::Layout::portrait) return {1};
  if (count > 2) return {count, 2, 1};
  return {count, 1};
}

double Page::choose_cell(Size room) {
  if (show_.cell) return *show_.cell;
  Fit fit;
  std::size_t chosen = per_row_;
  for (const std::size_t per_row : arrangements()) {
    per_row_ = per_row;
    const std::size_t rows = (slots_.size() + per_row - 1) / per_row;
    const double tallest = kTallestStack + static_cast<double>(rows) * sentence_height(0);
    const Fit found = best_fit({room.width, rows == 1 ? room.height : tallest});
    if (fit < found) fit = found, chosen = per_row;
  }
  per_row_ = chosen;
  if (fit.cell > 0) return fit.cell;
  const Size smallest = bodies(kSmallestCell);
  throw base::Error(
      base::ErrorKind::impossible,
      fmt::format("this layer needs {:.0f}×{:.0f} units even with cells of {} px, and the picture has {:.0f}×{:.0f}",
                  smallest.width, smallest.height, kSmallestCell, room.width, room.height),
      "use a smaller input or fewer channels, or set --cell for a larger picture");
}

bool Page::flush_left() const { return per_row_ < slots_.size() && !slots_.back().subtitle.empty(); }

double Page::indent(std::size_t slot, double cell) const {
  if (!flush_left()) return 0;
  double most = 0;
  for (std::size_t s = slot % per_row_; s < slots_.size(); s += per_row_)
    most = std::max(most, slots_[s].view->lead(cell));
  return most - slots_[slot].view->lead(cell);
}

std::vector<double> Page::shared_columns(std::size_t slot, double cell) const {
  if (!flush_left()) return {};
  std::vector<double> shared = slots_[slot].view->columns(cell);
  for (std::size_t s = slot % per_row_; s < slots_.size(); s += per_row_) {
    const std::vector<double> own = slots_[s].view->columns(cell);
    if (own.size() != shared.size()) return {};
    for (std::size_t c = 0; c < own.size(); ++c) shared[c] = std::max(shared[c], own[c]);
  }
  return shared;
}

Rect Page::words_room(Rect column) const {
  const double extra = per_row_ > 1 && job::worded(show_.layout) ? kSlotGap - 24 : 0;
  const double side = flush_left() ? 0 : extra / 2;
  return {column.x - side, column.y, column.width + extra, column.height};
}

void Page::place_bodies(Rect area, double cell) {
  const Table sizes = table(cell);
  const double left = area.x + std::max(0.0, (area.width - bodies(cell).width) / 2);
  const bool narrow = show_.layout == job::Layout::portrait;
  double x = left, y = area.y;
  subtitles_.clear();
  for (std::size_t s = 0; s < slots_.size(); ++s) {
    const double width = sizes.widths[s % per_row_], top = subtitle_height(s), below = sentence_height(s);
    // One row fills the page's height, which has a least.
    const double height = (sizes.heights.size() == 1 ? area.height : sizes.heights[s / per_row_]) - top - below;
    Rect box{x, y + top, width, height};
    // Layers below each other begin at one line; a view that has a row to itself has the whole width to spread in.
    if (const auto columns = shared_columns(s, cell); !columns.empty()) slots_[s].view->align(columns);
    if (flush_left())
      box.x += indent(s, cell), box.width = slots_[s].view->measure(cell).width;
    else if (per_row_ == 1)
      box.x = area.x, box.width = area.width;
    // Words have the room of what they are about; those of one column all that there is.
    Rect words{box.x, y, box.width, 0};
    if (flush_left()) words.x = x, words.width = width;
    if (flush_left() && per_row_ == 1) words.x = narrow ? area.x : x, words.width = area.right() - words.x;
    subtitles_.push_back(words_room({words.x, y, words.width, kSubtitleHeight - 6}));
    if (below > 0) lines_.push_back(words_room({words.x, y + top + height, words.width, below}));
    slots_[s].view->place(box, cell);
    x += width + kSlotGap;
    if ((s + 1) % per_row_ > 0) continue;
    x = left;
    y += top + height + below + kStackGap;
  }
}

double Page::chip_width(std::size_t chip) const {
  const auto& [name, value] = wording_.chips[chip];
  return std::ceil(2 * kChipPad + ruler_.width(name, kChipFont, Weight::regular, false) + 10 +
                   ruler_.width(value, kChipFont, Weight::bold, false));
}

std::vector<Rect> Page::chip_boxes(double left, double top) const {
  std::vector<Rect> boxes;
  const double margin = format_of(show_).margin;
  double x = left, y = top;
  for (std::size_t c = 0; c < wording_.chips.size(); ++c) {
    const double width = chip_width(c);
    if (x > left && x + width > canvas_.width - margin) {
      x = left;
      y += kChipHeight + kChipGap;
    }
    boxes.push_back({x, y, width, kChipHeight});
    x += width + kChipGap;
  }
  return boxes;
}

double Page::lay_out_header() {
  const double margin = format_of(show_).margin;
  const double inner = canvas_.width - 2 * margin;
  double chips = -kChipGap;
  for (std::size_t c = 0; c < wording_.chips.size(); ++c) chips += chip_width(c) + kChipGap;
  const double beside = inner - chips - 24;
  const std::vector<Span> title{{wording_.title, Role::ink, Weight::bold}};
  const bool one_row = wording_.chips.empty() || ruler_.width(title, kTitleFont, true) <= beside;
  const double room = one_row && !wording_.chips.empty() ? beside : inner;
  title_font_ = fitted_font(title, kTitleFont, kTitleFloor, room, ruler_, true);
  wording_.title = ruler_.shortened(wording_.title, title_font_, Weight::bold, true, room);
  title_ = {margin, 24, room, 40};
  chips_ = one_row ? chip_boxes(canvas_.width - margin - chips, 29) : chip_boxes(margin, 70);
  return std::max(title_.bottom(), chips_.empty() ? 0 : chips_.back().bottom());
}

void Page::lay_out_formula(double room) {
  if (wording_.formula.empty()) return;
  // Rows and columns that differ are several formulas: as many to a line as fit.
  const auto width = [&](const std::string& text) { return ruler_.width({{text, Role::muted}}, kSmallFont); };
  std::string rest = wording_.formula;
  for (std::size_t end = 0; end != std::string::npos;) {
    end = rest.find("; ");
    const std::string part = rest.substr(0, end);
    if (!formula_lines_.empty() && width(formula_lines_.back() + "; " + part) <= room)
      formula_lines_.back() += "; " + part;
    else
      formula_lines_.push_back(part);
    if (end != std::string::npos) rest.erase(0, end + 2);
  }
  formula_font_ = kSmallFont;
  for (const std::string& line : formula_lines_)
    formula_font_ =
        std::min(formula_font_, fitted_font({{line, Role::muted}}, kSmallFont, kFormulaFloor, room, ruler_));
  for (std::string& line : formula_lines_) line = ruler_.shortened(line, formula_font_, Weight::regular, false, room);
}

void Page::lay_out_full() {
  const Format& format = format_of(show_);
  const double margin = format.margin;
  const bool narrow = show_.layout == job::Layout::portrait;
  // A narrow page is as wide as numbers need.
  const double wanted = show_.cell ? bodies(*show_.cell).width
                        : narrow   ? std::min(kLandscape.inner(), width_for_numbers())
                                   : format.inner();
  canvas_.width = even(std::max(format.width, wanted + 2 * margin));
  double y = lay_out_header() + 14;
  if (wording_.bar.size() > 1) {
    bar_ = {margin, y, canvas_.width - 2 * margin, kBarHeight};
    y += kBarHeight + 16;
  } else {
    y += 8;
  }
  const double cell = choose_cell({canvas_.width - 2 * margin, format.tallest_body + sentence_height(0)});
  const double height = std::max(120.0, std::ceil(bodies(cell).height));
  place_bodies({margin, y, canvas_.width - 2 * margin, height}, cell);
  y += height + 12;
  if (shows_arithmetic() && !sentences_apart()) {
    sentence_rows_ = narrow ? kNarrowRows : 1;
    lines_ = {{margin, y, canvas_.width - 2 * margin, narrow ? kNarrowRows * kNarrowRow : kSentenceHeight}};
    y = lines_.front().bottom() + 6;
  }
  constexpr double kCounterWidth = 150;
  // In a narrow page the counter has a line of its own.
  formula_ = {margin, y, canvas_.width - 2 * margin - (narrow ? 0 : kCounterWidth), kLineHeight};
  lay_out_formula(formula_.width);
  y += kLineHeight * static_cast<double>(std::max<std::size_t>(1, formula_lines_.size()) - (narrow ? 0 : 1));
  counter_ = {canvas_.width - margin - kCounterWidth, y, kCounterWidth, kLineHeight};
  progress_ = {margin, y + kLineHeight + 8, canvas_.width - 2 * margin, 4};
  canvas_.height = even(progress_.bottom() + 12);
}

void Page::lay_out_article() {
  // The article's picture, and one more below for every further view.
  constexpr double kTop = 104, kPanel = 356, kNext = 400, kWords = 34;
  canvas_ = {1000, 500 + kNext * static_cast<double>(slots_.size() - 1)};
  title_ = {20, 16, 960, 40};
  for (std::size_t s = 0; s < slots_.size(); ++s) {
    const double top = kTop + kNext * static_cast<double>(s);
    slots_[s].view->place({40, top, 920, kPanel}, 1);
    subtitles_.push_back({40, top - kWords, 920, kSubtitleHeight - 6});
  }
}

void Page::lay_out_plain() {
  constexpr double kPlainMargin = 16;
  const double cell = choose_cell({kLandscape.width - 2 * kPlainMargin, kLandscape.tallest_body});
  const Size size = bodies(cell);
  canvas_ = {even(size.width + 2 * kPlainMargin), even(size.height + 2 * kPlainMargin)};
  place_bodies({kPlainMargin, kPlainMargin, size.width, size.height}, cell);
}

}  // namespace convreel::views
