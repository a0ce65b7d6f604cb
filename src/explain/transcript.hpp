// The steps of an animation in words.
#pragma once

#include <string>
#include <string_view>

#include "numerics/trace.hpp"

namespace convreel::explain {

/// "y[1,1]", "y[0,1,1]" with the channel first where the layer has several, "y[3]" in one dimension.
[[nodiscard]] std::string cell_text(const numerics::Layer& layer, std::string_view name, const numerics::Place& place);

/// The arithmetic of a step without its number: "y[1,1] = 1·1 + 2·0 + 3·(−1) + bias 1 = −1", "max(1, −∞, 3) = 3".
/// "≈" in the place of the last "=" where a shown number is rounded.
[[nodiscard]] std::string arithmetic(const numerics::Trace& trace, const numerics::Step& step);

/// The animation step by step, one line a step, every product written out: "step 5: y[1,1] = ...". A layer of more than
/// four million products has each step's middle left out, with the number of products that are missing.
[[nodiscard]] std::string transcript(const numerics::Trace& trace);

}  // namespace convreel::explain
