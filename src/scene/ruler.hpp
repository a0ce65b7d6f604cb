// How wide a text is. The painter's side implements it; layout only asks.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "scene/item.hpp"

namespace convreel::scene {

class Ruler {
 public:
  virtual ~Ruler() = default;
  /// Advance width in scene units of `text` at `font` units. Safe from several threads.
  [[nodiscard]] virtual double width(std::string_view text, double font, Weight weight, bool heading) const = 0;
  /// `text`, its end replaced by an ellipsis where it is wider than `room`; the ellipsis alone where nothing fits.
  [[nodiscard]] virtual std::string shortened(const std::string& text, double font, Weight weight, bool heading,
                                              double room) const = 0;

  [[nodiscard]] double width(const std::vector<Span>& spans, double font, bool heading = false) const {
    double sum = 0;
    for (const Span& span : spans) sum += width(span.text, font, span.weight, heading);
    return sum;
  }
};

}  // namespace convreel::scene
