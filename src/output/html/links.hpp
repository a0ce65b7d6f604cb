// Which cells of a picture belong together, small enough to travel in a page: of a window layer along each axis the
// triples of output, tap and input that meet, of a layer without a window what each output reads, and what the views
// say that their cells stand for. The player multiplies the axes out and goes from layer to layer.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <vector>

#include "views/reel/reel.hpp"

namespace convreel::output {

/// {"layers": [{"shape", "inputs", "outputs": [channels, channels of a group], "hits" or "input", "reads"}], "views":
/// [{"prefix", "layers", "grids", "cells"}]}; a view's layers are a chain, each reading what the one before gives.
[[nodiscard]] nlohmann::ordered_json links_of(const std::vector<views::ViewMeaning>& meanings);

}  // namespace convreel::output
