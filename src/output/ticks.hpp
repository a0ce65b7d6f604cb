// Story time on a format's clock. Always from absolute time, so that roundings never add up.
#pragma once

#include <cstdint>

#include "base/duration.hpp"

namespace convreel::output {

/// The tick nearest to `time`, at `rate` ticks a second.
[[nodiscard]] constexpr std::int64_t ticks(base::Duration time, std::int64_t rate) {
  constexpr std::int64_t kSecond = 1'000'000;
  return (time.count() / kSecond) * rate + ((time.count() % kSecond) * rate + kSecond / 2) / kSecond;
}

}  // namespace convreel::output
