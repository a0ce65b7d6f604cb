// The story as the player's data: shots as changes against the one before, stops, captions. See
// assets/player/player.js.
#pragma once

#include <string>
#include <vector>

#include "output/exporter.hpp"
#include "output/markup/markup.hpp"

namespace convreel::output {

/// JSON that may stand inside <script>: holds no "</".
[[nodiscard]] std::string story_json(const Subject& subject, const Cast& cast,
                                     const std::vector<std::string>& transcript);

}  // namespace convreel::output
