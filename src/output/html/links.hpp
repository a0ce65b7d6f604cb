// Which cells of a picture belong together, small enough to travel in a page: along each axis the triples of output,
// tap and input that meet, and what the views say that their cells stand for. The player multiplies the axes out.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <vector>

#include "views/reel/reel.hpp"

namespace convreel::output {

/// {"layers": [{"inputs", "outputs": [channels, channels of a group], "hits"}], "views": [{"prefix", "layer", "grids",
/// "cells"}]}.
[[nodiscard]] nlohmann::ordered_json links_of(const std::vector<views::ViewMeaning>& meanings);

}  // namespace convreel::output
