// Making words fit: a smaller font down to a floor, then an ellipsis.
#pragma once

#include <string>
#include <vector>

#include "scene/item.hpp"
#include "scene/ruler.hpp"

namespace convreel::views {

/// The largest font up to `font`, not under `floor`, at which `spans` are no wider than `room`.
[[nodiscard]] double fitted_font(const std::vector<scene::Span>& spans, double font, double floor, double room,
                                 const scene::Ruler& ruler, bool heading = false);

/// `text`, cut at its end with an ellipsis where it is wider than `room` at `font`.
[[nodiscard]] std::string elided(const std::string& text, double font, double room, scene::Weight weight, bool heading,
                                 const scene::Ruler& ruler);

}  // namespace convreel::views
