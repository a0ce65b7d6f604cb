#include "views/page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/error.hpp"
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
constexpr double kSlotGap = 48, kSubtitleHeight = 30;
constexpr double kSmallFont = 14;

double fitted_font(const std::vector<Span>& spans, double font, double floor, double room, const scene::Ruler& ruler,
                   bool heading = false) {
  const double width = ruler.width(spans, font, heading);
  return width <= room ? font : std::max(floor, std::floor(font * room / width));
}

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
    const Size size = slot.view->measure(cell);
    sum.width += size.width + (sum.width > 0 ? kSlotGap : 0);
    sum.height = std::max(sum.height, size.height + (slot.subtitle.empty() ? 0 : kSubtitleHeight));
  }
  return sum;
}

double Page::choose_cell(Size room) const {
  if (show_.cell) return *show_.cell;
  for (double cell = kLargestCell; cell >= kSmallestCell; --cell) {
    const Size size = bodies(cell);
    if (size.width <= room.width && size.height <= room.height) return cell;
  }
  const Size smallest = bodies(kSmallestCell);
  throw base::Error(
      base::ErrorKind::impossible,
      fmt::format("this layer needs {:.0f}×{:.0f} units even with cells of {} px, and the picture has {:.0f}×{:.0f}",
                  smallest.width, smallest.height, kSmallestCell, room.width, room.height),
      "use a smaller input or fewer channels, or set --cell for a larger picture");
}

void Page::place_bodies(Rect area, double cell) {
  const double total = bodies(cell).width;
  double x = area.x + std::max(0.0, (area.width - total) / 2);
  subtitles_.clear();
  for (const Slot& slot : slots_) {
    const Size size = slot.view->measure(cell);
    const double top = slot.subtitle.empty() ? 0 : kSubtitleHeight;
    subtitles_.push_back({x, area.y, size.width, kSubtitleHeight - 6});
    // A lone view has the whole width to spread in; several stand side by side in their own.
    const Rect box = slots_.size() == 1 ? Rect{area.x, area.y + top, area.width, area.height - top}
                                        : Rect{x, area.y + top, size.width, area.height - top};
    slot.view->place(box, cell);
    x += size.width + kSlotGap;
  }
}

double Page::chip_width(std::size_t chip) const {
  const auto& [name, value] = wording_.chips[chip];
  return std::ceil(2 * kChipPad + ruler_.width(name, kChipFont, Weight::regular, false) + 10 +
                   ruler_.width(value, kChipFont, Weight::bold, false));
}

double Page::chips_width() const {
  double sum = 0;
  for (std::size_t c = 0; c < wording_.chips.size(); ++c) sum += chip_width(c) + (c > 0 ? kChipGap : 0);
  return sum;
}

void Page::lay_out_header() {
  const double chips = chips_width();
  const std::vector<Span> title{{wording_.title, Role::ink, Weight::bold}};
  const double beside = canvas_.width - 2 * kMargin - chips - 24;
  const bool one_row = chips == 0 || ruler_.width(title, kTitleFont, true) <= beside;
  const double room = one_row && chips > 0 ? beside : canvas_.width - 2 * kMargin;
  title_font_ = fitted_font(title, kTitleFont, kTitleFloor, room, ruler_, true);
  title_ = {kMargin, 24, room, 40};
  chips_ = {canvas_.width - kMargin - chips, one_row ? 29.0 : 70.0, chips, kChipHeight};
  if (!one_row) chips_.x = kMargin;
}

void Page::lay_out_full() {
  const double wanted = show_.cell ? bodies(*show_.cell).width : kInner;
  canvas_.width = even(std::max(kWidth, wanted + 2 * kMargin));
  lay_out_header();
  double y = std::max(title_.bottom(), wording_.chips.empty() ? 0 : chips_.bottom()) + 14;
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
  formula_ = {kMargin, y, canvas_.width - 2 * kMargin - kCounterWidth, 26};
  counter_ = {canvas_.width - kMargin - kCounterWidth, y, kCounterWidth, 26};
  progress_ = {kMargin, y + 34, canvas_.width - 2 * kMargin, 4};
  canvas_.height = even(progress_.bottom() + 12);
}

void Page::lay_out_article() {
  canvas_ = {1000, 500};
  title_ = {20, 16, 960, 40};
  place_bodies({40, 96, 920, 380}, 1);
}

void Page::lay_out_plain() {
  constexpr double kPlainMargin = 16;
  const double cell = choose_cell({kWidth - 2 * kPlainMargin, kTallestBody});
  const Size size = bodies(cell);
  canvas_ = {even(size.width + 2 * kPlainMargin), even(size.height + 2 * kPlainMargin)};
  place_bodies({kPlainMargin, kPlainMargin, size.width, size.height}, cell);
}

void Page::add_chips(Items& items) const {
  double x = chips_.x;
  for (std::size_t c = 0; c < wording_.chips.size(); ++c) {
    const auto& [name, value] = wording_.chips[c];
    Item chip;
    chip.id = "chip." + name;
    chip.form = Form::panel;
    chip.role = Role::chip;
    chip.box = {x, chips_.y, chip_width(c), kChipHeight};
    items.push_back(chip);
    const Rect inside = chip.box.inset(kChipPad);
    const Rect words{inside.x, chip.box.y, inside.width, chip.box.height};
    items.push_back(label(chip.id + ".name", words, {{name, Role::muted}}, kChipFont, Align::left));
    items.push_back(label(chip.id + ".value", words, {{value, Role::ink, Weight::bold}}, kChipFont, Align::right));
    x += chip.box.width + kChipGap;
  }
}

void Page::add_article_heading(Items& items) const {
  items.push_back(label("title", title_, {{wording_.title, Role::ink}}, 24));
  items.back().heading = true;
}

void Page::add_fixed(Items& items) const {
  if (show_.layout == spec::Layout::plain) return;
  if (show_.layout == spec::Layout::article) return add_article_heading(items);
  items.push_back(label("title", title_, {{wording_.title, Role::ink, Weight::bold}}, title_font_, Align::left));
  items.back().heading = true;
  add_chips(items);
  for (std::size_t s = 0; s < slots_.size(); ++s)
    if (!slots_[s].subtitle.empty())
      items.push_back(
          label(fmt::format("subtitle.{}", s), subtitles_[s], {{slots_[s].subtitle, Role::ink, Weight::bold}}, 16));
  const std::vector<Span> formula{{wording_.formula, Role::muted}};
  if (!wording_.formula.empty())
    items.push_back(
        label("formula", formula_, formula, fitted_font(formula, kSmallFont, 11, formula_.width, ruler_), Align::left));
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
    const std::vector<Span> detail{{chapter.detail, role == Role::accent ? role : Role::muted}};
    const double need = ruler_.width(title, kBarFont) + 10 + ruler_.width(detail, kBarFont - 1);
    const double font = need <= words.width ? kBarFont : std::max(9.0, kBarFont * words.width / need);
    items.push_back(label(panel.id + ".title", words, title, font, Align::left));
    const double title_width = ruler_.width(title, font) + 6;
    const Rect rest{words.x + title_width, words.y, words.width - title_width, words.height};
    items.push_back(label(panel.id + ".detail", rest, detail, font * (kBarFont - 1) / kBarFont, Align::right));
  }
}

void Page::add_live(Items& items, std::size_t active, const std::vector<Span>& arithmetic, const std::string& counter,
                    double progress) const {
  if (show_.layout != spec::Layout::full) return;
  if (wording_.bar.size() > 1) add_bar(items, active);
  if (show_.arithmetic && !arithmetic.empty()) {
    const double font = fitted_font(arithmetic, kArithmeticFont, 10, arithmetic_.width, ruler_);
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
