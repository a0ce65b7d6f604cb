#include "output/markup/text.hpp"

#include <cmath>
#include <cstdlib>

#include "base/text.hpp"

namespace convreel::output {

/// Numbers are most of a document: without fmt they take half the time.
std::string short_number(double value) {
  const long long hundredths = std::llround(value * 100), size = std::llabs(hundredths);
  std::string text = (hundredths < 0 ? "-" : "") + std::to_string(size / 100);
  if (size % 100 == 0) return text;
  text += '.';
  text += static_cast<char>('0' + size / 10 % 10);
  if (size % 10 != 0) text += static_cast<char>('0' + size % 10);
  return text;
}

std::string translation(scene::Point at) {
  if (at.x == 0 && at.y == 0) return {};
  return " transform=\"translate(" + short_number(at.x) + " " + short_number(at.y) + ")\"";
}

std::string opacity_attribute(double opacity) {
  return opacity < 1 ? " opacity=\"" + short_number(opacity) + "\"" : std::string();
}

std::string markup_text(std::string_view text) { return base::xml_escaped(base::mended(text)); }

}  // namespace convreel::output
