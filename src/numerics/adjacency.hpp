// Who is joined to whom: one contribution is (output cell, input cell, weight). Asked from any of the three sides.
// Zero padding makes no contribution; a padded cell of another mode is one of the input cell it copies. Pooling counts
// too: outer and inner are 0 and the tap is the place in the window. Knows no values.
#pragma once

#include <cstdint>
#include <vector>

#include "numerics/layer.hpp"

namespace convreel::numerics {

struct Contribution {
  Place output, input;
  std::int64_t outer = 0, inner = 0;  ///< index into the kernel: [outer, inner, tap]
  Cell tap{};

  auto operator<=>(const Contribution&) const = default;
};

/// Every contribution to an output cell, in the order of Trace::step's terms. The place must lie on the output.
[[nodiscard]] std::vector<Contribution> contributions_to(const Layer& layer, const Place& output);
/// Every contribution of an input cell, sorted by output channel, output cell and tap. The place must lie on the input.
[[nodiscard]] std::vector<Contribution> contributions_of(const Layer& layer, const Geometry& geometry,
                                                         const Place& input);
/// The (input, output) pairs that one weight multiplies, sorted by output, at most the first `limit`. Throws
/// Error{impossible} for pooling and for an index outside the kernel.
[[nodiscard]] std::vector<Contribution> contributions_through(const Layer& layer, const Geometry& geometry,
                                                              std::int64_t outer, std::int64_t inner, const Cell& tap,
                                                              std::size_t limit);

/// Output channels [first, last) that read input channel `channel`.
struct OutputChannels {
  std::int64_t first = 0, last = 0;
};
[[nodiscard]] OutputChannels channels_fed(const Layer& layer, std::int64_t input_channel);

}  // namespace convreel::numerics
