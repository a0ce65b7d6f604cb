// The whole output of a convolution or transposed convolution at once. Adds each output's products in the order in
// which Trace::step lists them, so that both give the same double.
#pragma once

#include <vector>

#include "numerics/layer.hpp"
#include "numerics/tensor.hpp"

namespace convreel::numerics {

/// `input` and `kernel` have the layer's shapes; `bias` is empty or has one value an output channel.
[[nodiscard]] Map convolved(const Layer& layer, const Geometry& geometry, const Map& input, const Kernel& kernel,
                            const std::vector<double>& bias);

/// Which kernel entry joins an output channel to the n-th of the input channels it reads, at a place in the window.
struct WeightIndex {
  std::int64_t outer = 0, inner = 0;
  Cell tap{};
};
[[nodiscard]] WeightIndex weight_index(const Layer& layer, std::int64_t output_channel, std::int64_t input_channel,
                                       const Cell& place_in_window);

}  // namespace convreel::numerics
