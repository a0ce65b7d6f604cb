#include "paint/text_line.hpp"

#include <algorithm>
#include <cmath>

#include "paint/plane.hpp"

namespace convreel::paint {

namespace {

constexpr double kFloor = 0.6;       // of the wanted font size
constexpr double kTolerance = 0.51;  // pixels; less than that over the edge is not seen

TextLine set(Plane& plane, const std::vector<scene::Span>& spans, double font, bool heading) {
  TextLine line{{}, 0, font};
  for (const scene::Span& span : spans) {
    if (span.text.empty()) continue;
    line.words.push_back({{span.text, span.weight, heading, font, 0}, span.role, line.width});
    line.width += plane.advance(line.words.back().word);
  }
  return line;
}

/// Keeps the words that fit; the one on the edge ends in an ellipsis.
void shorten(Plane& plane, TextLine& line, double widest) {
  const auto over = std::find_if(line.words.begin(), line.words.end(),
                                 [&](const Placed& placed) { return placed.x + plane.advance(placed.word) > widest; });
  if (over == line.words.end()) return;
  over->word.limit = std::max(widest - over->x, 1.0);
  line.width = std::min(widest, over->x + plane.advance(over->word));
  line.words.erase(over + 1, line.words.end());
}

}  // namespace

double TextPlace::start(double width) const {
  switch (align) {
    case scene::Align::left:
      return left;
    case scene::Align::right:
      return left + room - width;
    case scene::Align::centre:
      break;
  }
  return left + (room - width) / 2;
}

void Plane::text(const TextLine& line, const TextPlace& place) {
  const double left = place.start(line.width);
  for (const Placed& placed : line.words)
    word(placed.word, static_cast<int>(std::lround(left + placed.x)), place.baseline, placed.role);
}

TextLine fitted(Plane& plane, const std::vector<scene::Span>& spans, double font, bool heading, double widest) {
  TextLine line = set(plane, spans, font, heading);
  if (widest <= 0 || line.width <= widest + kTolerance) return line;
  // Quarter pixels down, so that similar texts share their size and their masks.
  const double wanted = std::floor(font * widest / line.width * 4) / 4;
  line = set(plane, spans, std::max(wanted, font * kFloor), heading);
  if (line.width > widest + kTolerance) shorten(plane, line, widest);
  return line;
}

}  // namespace convreel::paint
