// The sentence of a moment in the rows that the page has for it.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "scene/ruler.hpp"
#include "views/words.hpp"

namespace convreel::views {

class Paragraph {
 public:
  /// In at most `rows` rows, which share `box`; the font shrinks to `floor` where they are not enough. Several rows are
  /// broken before a span that begins with a space, and behind a comma.
  Paragraph(std::vector<Span> spans, Rect box, std::size_t rows, double font, double floor, const scene::Ruler& ruler);

  [[nodiscard]] double font() const { return font_; }
  /// Where a span begins, in the middle of its row's height.
  [[nodiscard]] Point start_of(std::size_t span) const;
  /// The first `count` spans, each row an item: `id`, `id`.row2 and so on. Rows that are whole are aligned.
  void write(Items& items, const std::string& id, std::size_t count, Align align = Align::centre) const;

 private:
  [[nodiscard]] bool breaks_before(std::size_t span) const;
  [[nodiscard]] std::vector<std::size_t> rows_at(double font) const;
  [[nodiscard]] bool fit(const std::vector<std::size_t>& begins, double font) const;
  [[nodiscard]] double width(std::size_t first, std::size_t last, double font) const;
  [[nodiscard]] Rect row_box(std::size_t row) const;
  [[nodiscard]] std::size_t end_of(std::size_t row) const;

  std::vector<Span> spans_;
  Rect box_;
  double row_height_ = 0, font_ = 0;
  const scene::Ruler& ruler_;
  std::vector<std::size_t> begins_{0};  ///< the span that each row begins with
};

/// Prose as a span a word, so that it can be broken.
[[nodiscard]] std::vector<Span> word_by_word(const std::vector<Span>& spans);

}  // namespace convreel::views
