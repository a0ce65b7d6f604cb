// Making words fit: a smaller font down to a floor.
#pragma once

#include <vector>

#include "scene/item.hpp"
#include "scene/ruler.hpp"
#include "views/words.hpp"

namespace convreel::views {

/// The largest font up to `font`, not under `floor`, at which `spans` are no wider than `room`.
[[nodiscard]] double fitted_font(const std::vector<scene::Span>& spans, double font, double floor, double room,
                                 const scene::Ruler& ruler, bool heading = false);

}  // namespace convreel::views
