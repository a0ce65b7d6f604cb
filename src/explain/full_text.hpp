// All that there is to say of a layer.
#pragma once

#include <string>

#include "numerics/trace.hpp"

namespace convreel::explain {

/// All of it, for `convreel explain`: lines without colour.
[[nodiscard]] std::string full_text(const numerics::Trace& trace);

}  // namespace convreel::explain
