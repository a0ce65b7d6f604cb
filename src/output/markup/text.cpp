#include "output/markup/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>

#include "base/text.hpp"

namespace convreel::output {

namespace {

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

}  // namespace

std::string short_number(double value) {
  const long long hundredths = std::llround(value * 100);
  const long long whole = std::llabs(hundredths) / 100, rest = std::llabs(hundredths) % 100;
  std::string text = fmt::format("{}{}", hundredths < 0 ? "-" : "", whole);
  if (rest == 0) return text;
  text += fmt::format(".{:02}", rest);
  if (text.back() == '0') text.pop_back();
  return text;
}

std::string translation(scene::Point at) {
  if (at.x == 0 && at.y == 0) return {};
  return fmt::format(" transform=\"translate({} {})\"", short_number(at.x), short_number(at.y));
}

std::string opacity_attribute(double opacity) {
  return opacity < 1 ? fmt::format(" opacity=\"{}\"", short_number(opacity)) : std::string();
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
