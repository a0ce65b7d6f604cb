#include "output/markup/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>

#include "base/text.hpp"

namespace convreel::output {

namespace {

constexpr double kFloor = 0.6;       // of the wanted font size
constexpr double kTolerance = 0.51;  // units; less than that over the edge is not seen
constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

/// Bytes of the valid UTF-8 character at the front, 0 when there is none that XML takes.
std::size_t character_length(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(0);
  if (first < 0x80) return first >= 0x20 || first == '\t' || first == '\n' ? 1 : 0;
  const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || text.size() < length) return 0;
  std::uint32_t code = first & (0x7Fu >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return 0;
    code = code << 6 | (byte(i) & 0x3Fu);
  }
  const bool overlong = code < (length == 3 ? 0x800u : length == 4 ? 0x10000u : 0x80u);
  const bool forbidden = (code >= 0xD800 && code <= 0xDFFF) || code == 0xFFFE || code == 0xFFFF || code > 0x10FFFF;
  return overlong || forbidden ? 0 : length;
}

/// The text without its last character.
void drop_character(std::string& text) {
  while (!text.empty() && (static_cast<unsigned char>(text.back()) & 0xC0) == 0x80) text.pop_back();
  if (!text.empty()) text.pop_back();
}

/// The span's longest beginning that fits with an ellipsis behind it.
scene::Span shortened(scene::Span span, double font, bool heading, double room, const scene::Ruler& ruler) {
  std::string cut = span.text;
  do {
    drop_character(cut);
    span.text = cut + "…";
  } while (!cut.empty() && ruler.width(span.text, font, span.weight, heading) > room);
  return span;
}

/// Keeps the spans that fit; the one on the edge ends in an ellipsis.
void shorten(FittedLine& line, bool heading, double widest, const scene::Ruler& ruler) {
  double x = 0;
  for (std::size_t i = 0; i < line.spans.size(); ++i) {
    const scene::Span& span = line.spans[i];
    const double width = ruler.width(span.text, line.font, span.weight, heading);
    if (x + width > widest) {
      line.spans[i] = shortened(span, line.font, heading, widest - x, ruler);
      line.spans.resize(i + 1);
      break;
    }
    x += width;
  }
  line.width = std::min(widest, ruler.width(line.spans, line.font, heading));
}

}  // namespace

FittedLine fitted_line(const std::vector<scene::Span>& spans, double font, bool heading, double widest,
                       const scene::Ruler& ruler) {
  FittedLine line{{}, ruler.width(spans, font, heading), font};
  std::copy_if(spans.begin(), spans.end(), std::back_inserter(line.spans),
               [](const scene::Span& span) { return !span.text.empty(); });
  if (widest <= 0 || line.width <= widest + kTolerance) return line;
  const double wanted = std::floor(font * widest / line.width * 4) / 4;
  line.font = std::max(wanted, font * kFloor);
  line.width = ruler.width(line.spans, line.font, heading);
  if (line.width > widest + kTolerance) shorten(line, heading, widest, ruler);
  return line;
}

std::string short_number(double value) {
  const long long hundredths = std::llround(value * 100);
  const long long whole = std::llabs(hundredths) / 100, rest = std::llabs(hundredths) % 100;
  std::string text = fmt::format("{}{}", hundredths < 0 ? "-" : "", whole);
  if (rest == 0) return text;
  text += fmt::format(".{:02}", rest);
  if (text.back() == '0') text.pop_back();
  return text;
}

std::string markup_text(std::string_view text) {
  std::string valid;
  while (!text.empty()) {
    const std::size_t length = character_length(text);
    valid += length == 0 ? kReplacement : text.substr(0, length);
    text.remove_prefix(std::max<std::size_t>(length, 1));
  }
  return base::xml_escaped(valid);
}

}  // namespace convreel::output
