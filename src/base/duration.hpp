// Time in a story: whole microseconds, so that sums are exact and no float clock drifts.
#pragma once

#include <chrono>

namespace convreel::base {

using Duration = std::chrono::microseconds;

}  // namespace convreel::base
