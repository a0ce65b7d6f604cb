#include "views/page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/error.hpp"
#include "views/fit.hpp"
#include "views/grid.hpp"
#include "views/rows.hpp"

namespace convreel::views {

using scene::Align;
using scene::Form;
using scene::Item;
using scene::Items;
using scene::Rect;
using scene::Role;
using scene::Size;
using scene::Span;
using scene::Weight;

namespace {

constexpr double kWidth = 960, kMargin = 40, kInner = kWidth - 2 * kMargin;
constexpr double kTitleFont = 26, kTitleFloor = 18, kChipFont = 14, kChipHeight = 30, kChipPad = 12, kChipGap = 8;
constexpr double kBarHeight = 36, kBarGap = 10, kBarFont = 14;
constexpr double kLargestCell = 46, kSmallestCell = 4, kTallestBody = 430;
// Rather a tall picture than numbers that have to go, or cells that cannot be seen.
constexpr double kTallestNumbered = 640, kTallFrom = 10, kTallestPlain = 700;
constexpr double kSlotGap = 48, kStackGap = 20, kSubtitleHeight = 30, kTallestStack = 640;
constexpr double kSmallFont = 14, kFormulaFloor = 10, kLineHeight = 24;

double subtitle_height(const Slot& slot) { return slot.subtitle.empty() ? 0 : kSubtitleHeight; }

double even(double length) { return 2 * std::ceil(length / 2); }

}  // namespace

Page::Page(std::vector<Slot> slots, Wording wording, const spec::Show& show, const scene::Ruler& ruler)
    : slots_(std::move(slots)), wording_(std::move(wording)), show_(show), ruler_(ruler) {
  switch (show.layout) {
    case spec::Layout::full:
      lay_out_full();
      break;
    case spec::Layout::article:
      lay_out_article();
      break;
    case spec::Layout::plain:
      lay_out_plain();
      break;
  }
}

Size Page::bodies(double cell) const {
  Size sum;
  for (const Slot& slot : slots_) {
    Size size = slot.view->measure(cell);
    size.height += subtitle_height(slot);
    const double gap = &slot == &slots_.front() ? 0 : stacked_ ? kStackGap : kSlotGap;
    if (stacked_)
      sum = {std::max(sum.width, size.width), sum.height + size.height + gap};
    else
      sum = {sum.width + size.width + gap, std::max(sum.height, size.height)};
  }
  return sum;
}

double Page::largest_cell_in(Size room, bool numbered) const {
  for (double cell = kLargestCell; cell >= kSmallestCell; --cell) {
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

Page::Fit Page::best_fit(Size room) const {
  for (const double height : {room.height, kTallestNumbered})
    if (const double cell = largest_cell_in({room.width, std::max(room.height, height)}, true); cell > 0)
      return {true, cell};
  return {false, largest_cell_in(room, false)};
}

double Page::choose_cell(Size room) {
  if (show_.cell) return *show_.cell;
  Fit fit = best_fit(room);
  if (slots_.size() > 1) {
    stacked_ = true;
    const Fit below = best_fit({room.width, kTallestStack});
    stacked_ = fit < below;
    fit = std::max(fit, below);
  }
  if (fit.cell > 0) return fit.cell;
  const Size smallest = bodies(kSmallestCell);
  throw base::Error(
      base::ErrorKind::impossible,
      fmt::format("this layer needs {:.0f}×{:.0f} units even with cells of {} px, and the picture has {:.0f}×{:.0f}",
                  smallest.width, smallest.height, kSmallestCell, room.width, room.height),
      "use a smaller input or fewer channels, or set --cell for a larger picture");
}

void Page::place_bodies(Rect area, double cell) {
  const Size total = bodies(cell);
  double x = area.x + std::max(0.0, (area.width - total.width) / 2), y = area.y;
  subtitles_.clear();
  for (const Slot& slot : slots_) {
    const Size size = slot.view->measure(cell);
    const double top = subtitle_height(slot);
    const double height = stacked_ ? size.height : area.height - top;
    // A view that has a row to itself has the whole width to spread in; those side by side have their own.
    const bool alone = stacked_ || slots_.size() == 1;
    const Rect box = alone ? Rect{area.x, y + top, area.width, height} : Rect{x, y + top, size.width, height};
    subtitles_.push_back({box.x, y, box.width, kSubtitleHeight - 6});
    slot.view->place(box, cell);
    if (stacked_)
      y += top + size.height + kStackGap;
    else
      x += size.width + kSlotGap;
  }
}

double Page::chip_width(std::size_t chip) const {
  const auto& [name, value] = wording_.chips[chip];
  return std::ceil(2 * kChipPad + ruler_.width(name, kChipFont, Weight::regular, false) + 10 +
                   ruler_.width(value, kChipFont, Weight::bold, false));
}

std::vector<Rect> Page::chip_boxes(double left, double top) const {
  std::vector<Rect> boxes;
  double x = left, y = top;
  for (std::size_t c = 0; c < wording_.chips.size(); ++c) {
    const double width = chip_width(c);
    if (x > left && x + width > canvas_.width - kMargin) {
      x = left;
      y += kChipHeight + kChipGap;
    }
    boxes.push_back({x, y, width, kChipHeight});
    x += width + kChipGap;
  }
  return boxes;
}

double Page::lay_out_header() {
  const double inner = canvas_.width - 2 * kMargin;
  double chips = -kChipGap;
  for (std::size_t c = 0; c < wording_.chips.size(); ++c) chips += chip_width(c) + kChipGap;
  const double beside = inner - chips - 24;
  const std::vector<Span> title{{wording_.title, Role::ink, Weight::bold}};
  const bool one_row = wording_.chips.empty() || ruler_.width(title, kTitleFont, true) <= beside;
  const double room = one_row && !wording_.chips.empty() ? beside : inner;
  title_font_ = fitted_font(title, kTitleFont, kTitleFloor, room, ruler_, true);
  wording_.title = elided(wording_.title, title_font_, room, Weight::bold, true, ruler_);
  title_ = {kMargin, 24, room, 40};
  chips_ = one_row ? chip_boxes(canvas_.width - kMargin - chips, 29) : chip_boxes(kMargin, 70);
  return std::max(title_.bottom(), chips_.empty() ? 0 : chips_.back().bottom());
}

void Page::lay_out_formula(double room) {
  // Rows and columns that differ are two formulas: two lines where one is too long.
  const std::vector<Span> whole{{wording_.formula, Role::muted}};
  const std::size_t parting = wording_.formula.find("; ");
  if (wording_.formula.empty()) return;
  if (ruler_.width(whole, kSmallFont) <= room || parting == std::string::npos)
    formula_lines_ = {wording_.formula};
  else
    formula_lines_ = {wording_.formula.substr(0, parting), wording_.formula.substr(parting + 2)};
  formula_font_ = kSmallFont;
  for (const std::string& line : formula_lines_)
    formula_font_ =
        std::min(formula_font_, fitted_font({{line, Role::muted}}, kSmallFont, kFormulaFloor, room, ruler_));
  for (std::string& line : formula_lines_) line = elided(line, formula_font_, room, Weight::regular, false, ruler_);
}

void Page::lay_out_full() {
  const double wanted = show_.cell ? bodies(*show_.cell).width : kInner;
  canvas_.width = even(std::max(kWidth, wanted + 2 * kMargin));
  double y = lay_out_header() + 14;
  if (wording_.bar.size() > 1) {
    bar_ = {kMargin, y, canvas_.width - 2 * kMargin, kBarHeight};
    y += kBarHeight + 16;
  } else {
    y += 8;
  }
  const double cell = choose_cell({kInner, kTallestBody});
  const double height = std::max(120.0, std::ceil(bodies(cell).height));
  place_bodies({kMargin, y, canvas_.width - 2 * kMargin, height}, cell);
  y += height + 12;
  if (show_.arithmetic) {
    arithmetic_ = {kMargin, y, canvas_.width - 2 * kMargin, 34};
    y += 40;
  }
  constexpr double kCounterWidth = 150;
  formula_ = {kMargin, y, canvas_.width - 2 * kMargin - kCounterWidth, kLineHeight};
  lay_out_formula(formula_.width);
  y += kLineHeight * static_cast<double>(std::max<std::size_t>(1, formula_lines_.size()) - 1);
  counter_ = {canvas_.width - kMargin - kCounterWidth, y, kCounterWidth, kLineHeight};
  progress_ = {kMargin, y + kLineHeight + 8, canvas_.width - 2 * kMargin, 4};
  canvas_.height = even(progress_.bottom() + 12);
}

void Page::lay_out_article() {
  canvas_ = {1000, 500};
  title_ = {20, 16, 960, 40};
  place_bodies({40, 104, 920, 356}, 1);
}

void Page::lay_out_plain() {
  constexpr double kPlainMargin = 16;
  const double cell = choose_cell({kWidth - 2 * kPlainMargin, kTallestBody});
  const Size size = bodies(cell);
  canvas_ = {even(size.width + 2 * kPlainMargin), even(size.height + 2 * kPlainMargin)};
  place_bodies({kPlainMargin, kPlainMargin, size.width, size.height}, cell);
}

void Page::add_chips(Items& items) const {
  for (std::size_t c = 0; c < wording_.chips.size(); ++c) {
    const auto& [name, value] = wording_.chips[c];
    Item chip;
    chip.id = "chip." + name;
    chip.form = Form::panel;
    chip.role = Role::chip;
    chip.box = chips_[c];
    items.push_back(chip);
    const Rect inside = chip.box.inset(kChipPad);
    const Rect words{inside.x, chip.box.y, inside.width, chip.box.height};
    items.push_back(label(chip.id + ".name", words, {{name, Role::muted}}, kChipFont, Align::left));
    items.push_back(label(chip.id + ".value", words, {{value, Role::ink, Weight::bold}}, kChipFont, Align::right));
  }
}

void Page::add_article_heading(Items& items) const {
  const std::vector<Span> heading{{wording_.title, Role::ink}};
  items.push_back(label("title", title_, heading, fitted_font(heading, 24, 12, title_.width, ruler_, true)));
  items.back().heading = true;
}

void Page::add_subtitle(Items& items, std::size_t slot) const {
  constexpr double kFont = 16, kFloor = 11;
  if (slots_[slot].subtitle.empty()) return;
  const double extra = stacked_ ? 0 : kSlotGap - 8;  // half the gap on either side
  const Rect own = subtitles_[slot], box{own.x - extra / 2, own.y, own.width + extra, own.height};
  std::vector<Span> words{{slots_[slot].subtitle, Role::ink, Weight::bold}};
  const double font = fitted_font(words, kFont, kFloor, box.width, ruler_);
  words.front().text = elided(slots_[slot].subtitle, font, box.width, Weight::bold, false, ruler_);
  items.push_back(label(fmt::format("subtitle.{}", slot), box, words, font));
}

void Page::add_fixed(Items& items) const {
  if (show_.layout == spec::Layout::plain) return;
  if (show_.layout == spec::Layout::article) return add_article_heading(items);
  items.push_back(label("title", title_, {{wording_.title, Role::ink, Weight::bold}}, title_font_, Align::left));
  items.back().heading = true;
  add_chips(items);
  for (std::size_t s = 0; s < slots_.size(); ++s) add_subtitle(items, s);
  for (std::size_t l = 0; l < formula_lines_.size(); ++l)
    items.push_back(label(fmt::format("formula.{}", l), formula_.moved(0, kLineHeight * static_cast<double>(l)),
                          {{formula_lines_[l], Role::muted}}, formula_font_, Align::left));
  Item track;
  track.id = "progress.track";
  track.form = Form::bar;
  track.role = Role::rule;
  track.box = progress_;
  items.push_back(std::move(track));
}

void Page::add_bar(Items& items, std::size_t active) const {
  const double count = static_cast<double>(wording_.bar.size());
  const double width = std::floor((bar_.width - (count - 1) * kBarGap) / count);
  for (std::size_t c = 0; c < wording_.bar.size(); ++c) {
    const story::Chapter& chapter = wording_.bar[c];
    const Role role = c == active ? Role::accent : Role::chip;
    Item panel;
    panel.id = "chapter." + chapter.id;
    panel.form = Form::panel;
    panel.role = role;
    panel.box = {bar_.x + static_cast<double>(c) * (width + kBarGap), bar_.y, width, bar_.height};
    items.push_back(panel);
    Item badge;
    badge.id = panel.id + ".badge";
    badge.form = Form::disc;
    badge.role = Role::background;
    badge.box = {panel.box.x + 9, panel.box.y + 8, 20, 20};
    badge.font = 13;
    badge.text = {{fmt::format("{}", c + 1), Role::muted, Weight::bold}};
    items.push_back(badge);
    const Rect words{badge.box.right() + 8, panel.box.y, panel.box.right() - badge.box.right() - 20, panel.box.height};
    const std::vector<Span> title{{chapter.title, role == Role::accent ? role : Role::ink, Weight::bold}};
    const Role detail_role = role == Role::accent ? role : Role::muted;
    const double font = fitted_font(title, kBarFont, 9, words.width, ruler_);
    const double title_width = ruler_.width(title, font);
    items.push_back(label(panel.id + ".title", words, title, font, Align::left));
    const Rect rest{words.x + title_width + 8, words.y, words.width - title_width - 8, words.height};
    std::vector<Span> detail{{chapter.detail, detail_role}};
    const double detail_font = fitted_font(detail, font - 1, 9, rest.width, ruler_);
    detail.front().text = elided(chapter.detail, detail_font, rest.width, Weight::regular, false, ruler_);
    if (rest.width > 20) items.push_back(label(panel.id + ".detail", rest, detail, detail_font, Align::right));
  }
}

void Page::add_live(Items& items, std::size_t active, const std::vector<Span>& arithmetic, const std::string& counter,
                    double progress) const {
  if (show_.layout != spec::Layout::full) return;
  if (wording_.bar.size() > 1) add_bar(items, active);
  if (show_.arithmetic && !arithmetic.empty()) {
    const double font = fitted_font(arithmetic, kArithmeticFont, 6, arithmetic_.width, ruler_);
    items.push_back(label("arithmetic", arithmetic_, arithmetic, font));
  }
  if (!counter.empty()) items.push_back(label("counter", counter_, {{counter, Role::muted}}, kSmallFont, Align::right));
  Item bar;
  bar.id = "progress";
  bar.form = Form::bar;
  bar.role = Role::accent;
  bar.box = {progress_.x, progress_.y, std::round(progress_.width * progress), progress_.height};
  if (bar.box.width > 0) items.push_back(std::move(bar));
}

}  // namespace convreel::views
