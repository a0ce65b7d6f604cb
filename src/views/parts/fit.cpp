#include "views/parts/fit.hpp"

#include <algorithm>

namespace convreel::views {

double fitted_font(const std::vector<scene::Span>& spans, double font, double floor, double room,
                   const scene::Ruler& ruler, bool heading) {
  const double width = ruler.width(spans, font, heading);
  return width <= room ? font : std::max(floor, font * room / width);
}

std::string elided(const std::string& text, double font, double room, scene::Weight weight, bool heading,
                   const scene::Ruler& ruler) {
  if (ruler.width(text, font, weight, heading) <= room) return text;
  // Cuts only between code points: a continuation byte is 10xxxxxx.
  const auto cut = [&](std::size_t bytes) {
    while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xC0) == 0x80) --bytes;
    return text.substr(0, bytes) + "…";
  };
  std::size_t low = 0, high = text.size() - 1;
  while (low < high) {
    const std::size_t middle = (low + high + 1) / 2;
    if (ruler.width(cut(middle), font, weight, heading) <= room)
      low = middle;
    else
      high = middle - 1;
  }
  return cut(low);
}

}  // namespace convreel::views
