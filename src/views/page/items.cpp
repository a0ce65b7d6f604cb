// What the page draws around the views.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "views/catalogue.hpp"
#include "views/page/page.hpp"
#include "views/page/paragraph.hpp"
#include "views/page/sizes.hpp"
#include "views/parts/parts.hpp"

namespace convreel::views {

namespace {

constexpr double kBadgeRoom = 64;       // a button's room for anything but its words
constexpr double kNumberedButton = 38;  // one without words

}  // namespace

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
  const Rect box = subtitles_[slot];
  std::vector<Span> words{{slots_[slot].subtitle, Role::ink, Weight::bold}};
  const double font = fitted_font(words, kFont, kFloor, box.width, ruler_);
  words.front().text = ruler_.shortened(slots_[slot].subtitle, font, Weight::bold, false, box.width);
  items.push_back(
      label(fmt::format("subtitle.{}", slot), box, words, font, flush_left() ? Align::left : Align::centre));
}

void Page::add_fixed(Items& items) const {
  if (show_.layout == job::Layout::plain) return;
  for (std::size_t s = 0; s < slots_.size(); ++s) add_subtitle(items, s);
  if (show_.layout == job::Layout::article) return add_article_heading(items);
  items.push_back(label("title", title_, {{wording_.title, Role::ink, Weight::bold}}, title_font_, Align::left));
  items.back().heading = true;
  add_chips(items);
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

std::vector<double> Page::bar_widths(std::size_t active) const {
  const double count = static_cast<double>(wording_.bar.size()), room = bar_.width - (count - 1) * kBarGap;
  if (show_.layout == job::Layout::portrait) {
    std::vector<double> widths(wording_.bar.size(), kNumberedButton);
    widths[active] = room - (count - 1) * kNumberedButton;
    return widths;
  }
  std::vector<double> widths;
  for (const story::Chapter& chapter : wording_.bar)
    widths.push_back(kBadgeRoom + ruler_.width(chapter.title, kBarFont, Weight::bold, false) +
                     ruler_.width(chapter.detail, kBarFont - 1, Weight::regular, false));
  const double sum = std::accumulate(widths.begin(), widths.end(), 0.0);
  const bool equal = *std::max_element(widths.begin(), widths.end()) <= room / count;
  for (double& width : widths)
    width = std::floor(equal ? room / count : sum <= room ? width + (room - sum) / count : width * room / sum);
  return widths;
}

void Page::add_bar(Items& items, std::size_t active) const {
  const std::vector<double> widths = bar_widths(active);
  double left = bar_.x;
  for (std::size_t c = 0; c < wording_.bar.size(); ++c) {
    const story::Chapter& chapter = wording_.bar[c];
    const Role role = c == active ? Role::accent : Role::chip;
    Item panel;
    panel.id = "chapter." + chapter.id;
    panel.form = Form::panel;
    panel.role = role;
    panel.box = {left, bar_.y, widths[c], bar_.height};
    left += widths[c] + kBarGap;
    items.push_back(panel);
    Item badge;
    badge.id = panel.id + ".badge";
    badge.form = Form::disc;
    badge.role = Role::background;
    badge.box = {panel.box.x + 9, panel.box.y + 8, 20, 20};
    badge.font = 13;
    badge.text = {{fmt::format("{}", c + 1), Role::muted, Weight::bold}};
    items.push_back(badge);
    if (widths[c] == kNumberedButton) continue;
    const Rect words{badge.box.right() + 8, panel.box.y, panel.box.right() - badge.box.right() - 20, panel.box.height};
    const std::vector<Span> title{{chapter.title, role == Role::accent ? role : Role::ink, Weight::bold}};
    const Role detail_role = role == Role::accent ? role : Role::muted;
    const double font = fitted_font(title, kBarFont, 9, words.width, ruler_);
    const double title_width = ruler_.width(title, font);
    items.push_back(label(panel.id + ".title", words, title, font, Align::left));
    const Rect rest{words.x + title_width + 8, words.y, words.width - title_width - 8, words.height};
    std::vector<Span> detail{{chapter.detail, detail_role}};
    const double detail_font = fitted_font(detail, font - 1, 9, rest.width, ruler_);
    detail.front().text = ruler_.shortened(chapter.detail, detail_font, Weight::regular, false, rest.width);
    if (rest.width > 20) items.push_back(label(panel.id + ".detail", rest, detail, detail_font, Align::right));
  }
}

/// What is told of the line so far, each part where it stands in the whole line, and the cell of the last one lit.
void Page::add_told(Items& items, const Line& line, double told, const Paragraph& sentence) const {
  const Telling telling(told, line.parts.size());
  sentence.write(items, "arithmetic",
                 telling.there == 0 ? line.parts.front().first : line.parts[telling.there - 1].last);
  if (!telling.part || !line.parts[*telling.part].source) return;
  const auto [first, last, source] = line.parts[*telling.part];
  items.push_back(told_frame(*source));
  if (!telling.flies()) return;
  const auto begin = line.spans.begin();
  std::vector<Span> words(begin + static_cast<std::ptrdiff_t>(first), begin + static_cast<std::ptrdiff_t>(last));
  const Point left = sentence.start_of(first);
  const Point place{left.x + ruler_.width(words, sentence.font()) / 2, left.y};
  items.push_back(
      flying("arithmetic.part", std::move(words), sentence.font(), source->centre(), place, telling.share, ruler_));
}

void Page::add_arithmetic(Items& items, const Live& live) const {
  constexpr double kLeast = 6, kEasy = 14;  // smaller only where nothing can give way
  for (std::size_t l = 0; l < lines_.size() && l < live.lines.size(); ++l) {
    Line line = live.lines[l];
    if (line.spans.empty()) continue;
    double font = kArithmeticFont;
    if (sentence_rows_ == 1) {
      font = fitted_font(line.spans, kArithmeticFont, kEasy, lines_[l].width, ruler_);
      line = shortened(line, font, lines_[l].width, ruler_);
    } else if (line.parts.empty()) {
      line.spans = word_by_word(line.spans);
    }
    const Paragraph sentence(line.spans, lines_[l], sentence_rows_, font, kLeast, ruler_);
    if (l == 0 && live.told && !line.parts.empty())
      add_told(items, line, *live.told, sentence);
    else
      sentence.write(items, l == 0 ? "arithmetic" : fmt::format("arithmetic.{}", l + 1), line.spans.size(),
                     sentences_apart() && flush_left() ? Align::left : Align::centre);
  }
}

void Page::add_conclusion(Items& items, const std::string& conclusion) const {
  constexpr double kFont = 16, kLeast = 9;
  if (conclusion.empty()) return;
  std::vector<Span> words{{conclusion, Role::ink, Weight::bold}};
  const double font = fitted_font(words, kFont, kLeast, formula_.width, ruler_);
  words.front().text = ruler_.shortened(conclusion, font, Weight::bold, false, formula_.width);
  items.push_back(label("conclusion", formula_, std::move(words), font, Align::left));
}

void Page::add_live(Items& items, const Live& live) const {
  if (!job::worded(show_.layout)) return;
  if (wording_.bar.size() > 1) add_bar(items, live.active);
  add_arithmetic(items, live);
  add_conclusion(items, live.conclusion);
  if (!live.counter.empty())
    items.push_back(label("counter", counter_, {{live.counter, Role::muted}},
                          fitted_font({{live.counter, Role::muted}}, kSmallFont, 6, counter_.width, ruler_),
                          Align::right));
  Item bar;
  bar.id = "progress";
  bar.form = Form::bar;
  bar.role = Role::accent;
  bar.box = {progress_.x, progress_.y, std::round(progress_.width * live.progress), progress_.height};
  if (bar.box.width > 0) items.push_back(std::move(bar));
}

}  // namespace convreel::views
