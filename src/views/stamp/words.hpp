// What the stamp view says at every moment.
#pragma once

#include <vector>

#include "numerics/trace.hpp"
#include "scene/ruler.hpp"
#include "scene/scene.hpp"

namespace convreel::views {

[[nodiscard]] std::vector<scene::Span> bias_sentence(const numerics::Trace& trace);
/// "x[1,1] = 5 stamps 5 · kernel onto rows 2–4, columns 2–4; where stamps overlap they add up", the end left out where
/// there is no room for it.
[[nodiscard]] std::vector<scene::Span> stamp_sentence(const Context& context, const numerics::Place& input);
[[nodiscard]] std::vector<scene::Span> crop_sentence(const numerics::Trace& trace, const numerics::Cell& sheet);

}  // namespace convreel::views
