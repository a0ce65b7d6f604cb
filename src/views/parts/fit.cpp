#include "views/parts/fit.hpp"

#include <algorithm>

namespace convreel::views {

double fitted_font(const std::vector<scene::Span>& spans, double font, double floor, double room,
                   const scene::Ruler& ruler, bool heading) {
  const double width = ruler.width(spans, font, heading);
  return width <= room ? font : std::max(floor, font * room / width);
}

}  // namespace convreel::views
