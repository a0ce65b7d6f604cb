#include "views/page/paragraph.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "views/parts/parts.hpp"

namespace convreel::views {

Paragraph::Paragraph(std::vector<Span> spans, Rect box, std::size_t rows, double font, double floor,
                     const scene::Ruler& ruler)
    : spans_(std::move(spans)), box_(box), row_height_(box.height / static_cast<double>(rows)), ruler_(ruler) {
  font_ = fitted_font(spans_, font, floor, box.width, ruler);
  if (rows == 1 || font_ == font) return;
  for (double smaller = font; smaller > font_; --smaller) {
    std::vector<std::size_t> begins = rows_at(smaller);
    if (begins.size() > rows || !fit(begins, smaller)) continue;
    begins_ = std::move(begins);
    font_ = smaller;
    return;
  }
}

bool Paragraph::breaks_before(std::size_t span) const {
  const std::size_t letter = spans_[span].text.find_first_not_of(' ');
  return span > 0 && ((letter > 0 && letter != std::string::npos) || spans_[span - 1].text.ends_with(", "));
}

double Paragraph::width(std::size_t first, std::size_t last, double font) const {
  const auto begin = spans_.begin();
  return ruler_.width({begin + static_cast<std::ptrdiff_t>(first), begin + static_cast<std::ptrdiff_t>(last)}, font);
}

/// Where rows begin when each takes what it can. A word that is wider than a row has one to itself.
std::vector<std::size_t> Paragraph::rows_at(double font) const {
  std::vector<std::size_t> begins{0};
  for (std::size_t word = 0, next = 1; word < spans_.size(); word = next++) {
    while (next < spans_.size() && !breaks_before(next)) ++next;
    if (word > begins.back() && width(begins.back(), next, font) > box_.width) begins.push_back(word);
  }
  return begins;
}

bool Paragraph::fit(const std::vector<std::size_t>& begins, double font) const {
  for (std::size_t row = 0; row < begins.size(); ++row)
    if (width(begins[row], row + 1 < begins.size() ? begins[row + 1] : spans_.size(), font) > box_.width) return false;
  return true;
}

Rect Paragraph::row_box(std::size_t row) const {
  const double top = box_.y + (box_.height - row_height_ * static_cast<double>(begins_.size())) / 2;
  return {box_.x, top + row_height_ * static_cast<double>(row), box_.width, row_height_};
}

std::size_t Paragraph::end_of(std::size_t row) const {
  return row + 1 < begins_.size() ? begins_[row + 1] : spans_.size();
}

Point Paragraph::start_of(std::size_t span) const {
  const auto later = std::upper_bound(begins_.begin(), begins_.end(), span);
  const auto row = static_cast<std::size_t>(later - begins_.begin()) - 1;
  const Point middle = row_box(row).centre();
  return {middle.x - width(begins_[row], end_of(row), font_) / 2 + width(begins_[row], span, font_), middle.y};
}

void Paragraph::write(Items& items, const std::string& id, std::size_t count, Align align) const {
  for (std::size_t row = 0; row < begins_.size() && (row == 0 || begins_[row] < count); ++row) {
    const auto begin = spans_.begin();
    const std::size_t end = std::min(end_of(row), count);
    const std::vector<Span> words(begin + static_cast<std::ptrdiff_t>(begins_[row]),
                                  begin + static_cast<std::ptrdiff_t>(end));
    const bool whole = end == end_of(row);
    Rect box = row_box(row);
    if (const double right = box.right(); !whole) box.x = start_of(begins_[row]).x, box.width = right - box.x;
    items.push_back(
        label(row == 0 ? id : fmt::format("{}.row{}", id, row + 1), box, words, font_, whole ? align : Align::left));
  }
}

std::vector<Span> word_by_word(const std::vector<Span>& spans) {
  std::vector<Span> words;
  for (const Span& span : spans) {
    std::size_t from = 0;
    for (std::size_t at = 1; at < span.text.size(); ++at) {
      if (span.text[at] != ' ' || span.text[at - 1] == ' ') continue;
      if (span.text.find_first_not_of(' ', at) == std::string::npos) break;
      words.push_back({span.text.substr(from, at - from), span.role, span.weight});
      from = at;
    }
    words.push_back({span.text.substr(from), span.role, span.weight});
  }
  return words;
}

}  // namespace convreel::views
