// Which cells of a picture belong together, small enough to travel in a page: along each axis the pairs of output
// position, tap and input position. The player multiplies the axes out.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "numerics/trace.hpp"
#include "output/markup/markup.hpp"
#include "scene/scene.hpp"

namespace convreel::output {

/// null where the picture has no cells that can be joined. `last` is the finished picture; its ids tell whether the
/// input is drawn as it is, or with its padding and zeros.
[[nodiscard]] nlohmann::ordered_json links_of(const numerics::Trace& trace, const Cast& cast, const scene::Scene& last);

}  // namespace convreel::output
