// The sentence that ends an animation.
#pragma once

#include <string>

#include "numerics/trace.hpp"

namespace convreel::explain {

/// What has become of the size, and why: "the window has 3×3 places on 7×7: 5×5 becomes 3×3"; of a transposed layer
/// "3×3 becomes 5×5: the shape that the convolution had comes back, its values do not".
[[nodiscard]] std::string conclusion(const numerics::Trace& trace);

}  // namespace convreel::explain
