// What layers that are compared come to, in one sentence.
#pragma once

#include <string>
#include <vector>

#include "numerics/trace.hpp"

namespace convreel::explain {

/// "the same 5×5 input gives 3×3 or 2×2 outputs, with 81 or 36 products"; where the shape is the same, how many values
/// differ.
[[nodiscard]] std::string comparison(const std::vector<const numerics::Trace*>& traces);

}  // namespace convreel::explain
