// A layer and the one that undoes its shape: a convolution and the transposed convolution with the same parameters and
// weights, in either order. Both meet at a pair of maps: the big one, which the convolution reads, and the small one,
// which it writes.
#pragma once

#include <optional>
#include <string>

#include "numerics/trace.hpp"
#include "views/words.hpp"

namespace convreel::views {

/// The layer that follows `layer` on its way back. A transposed one gets the output padding that the convolution's
/// remainder asks for. Weights and their layout are shared; it has no bias.
[[nodiscard]] numerics::Layer layer_back(const numerics::Layer& layer);

/// Why a layer has no way back, in a sentence; empty when it has.
[[nodiscard]] std::optional<std::string> no_way_back(const numerics::Layer& layer);

/// `trace`'s output sent through layer_back().
[[nodiscard]] numerics::Trace sent_back(const numerics::Trace& trace);

/// restored − input, 0 where both agree to within rounding.
[[nodiscard]] numerics::Map difference(const numerics::Map& restored, const numerics::Map& input);

}  // namespace convreel::views
