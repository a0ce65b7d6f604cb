// The roundtrip's columns: the input, the output, the input restored, and how far that is off.
#pragma once

#include <array>

#include "views/parts/parts.hpp"
#include "views/roundtrip/leg.hpp"

namespace convreel::views {

struct RoundtripColumn {
  static constexpr std::size_t kInput = 0, kOutput = 1, kRestored = 2, kError = 3;
};

[[nodiscard]] Shelf roundtrip_shelf(const Context& context, const numerics::Trace& back, const numerics::Map& error,
                                    const std::array<Leg, 2>& legs);

}  // namespace convreel::views
