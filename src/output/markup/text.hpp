// Words for markup: lines that fit their box, numbers and text as XML takes them. Knows no item and no colour.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "scene/ruler.hpp"

namespace convreel::output {

/// Spans set one after the other, in scene units.
struct FittedLine {
  std::vector<scene::Span> spans;
  double width = 0, font = 0;
};

/// Smaller down to 0.6 of the font, then shortened with an ellipsis, as the painter does it. `widest` 0: no limit.
[[nodiscard]] FittedLine fitted_line(const std::vector<scene::Span>& spans, double font, bool heading, double widest,
                                     const scene::Ruler& ruler);

/// Hundredths, no trailing zeros, no "-0".
[[nodiscard]] std::string short_number(double value);

/// Text for XML and HTML: escaped, broken UTF-8 and characters that XML forbids replaced by U+FFFD.
[[nodiscard]] std::string markup_text(std::string_view text);

}  // namespace convreel::output
