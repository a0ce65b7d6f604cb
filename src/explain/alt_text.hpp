// A picture in a sentence, for people who cannot see it.
#pragma once

#include <string>

#include "numerics/trace.hpp"

namespace convreel::explain {

/// One sentence for people who cannot see the picture, such as
/// "3×3 kernel, stride 2, padding 1 over a 5×5 input; the output is 3×3."
[[nodiscard]] std::string alt_text(const numerics::Trace& trace);

}  // namespace convreel::explain
