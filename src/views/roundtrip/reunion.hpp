// A layer and the one that undoes its shape: a convolution and the transposed convolution with the same parameters and
// weights, in either order. Both meet at a pair of maps: the big one, which the convolution reads, and the small one,
// which it writes.
#pragma once

#include "numerics/trace.hpp"
#include "views/words.hpp"

namespace convreel::views {

/// `trace`'s output sent through numerics::layer_back(), without a bias.
[[nodiscard]] numerics::Trace sent_back(const numerics::Trace& trace);

/// restored − input, 0 where both agree to within rounding.
[[nodiscard]] numerics::Map difference(const numerics::Map& restored, const numerics::Map& input);

}  // namespace convreel::views
