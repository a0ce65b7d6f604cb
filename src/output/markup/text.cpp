#include "output/markup/text.hpp"

#include <fmt/format.h>

#include <cmath>
#include <cstdlib>

#include "base/text.hpp"

namespace convreel::output {

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

std::string markup_text(std::string_view text) { return base::xml_escaped(base::mended(text)); }

}  // namespace convreel::output
