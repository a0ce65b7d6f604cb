// Back-propagation through one layer: from the gradient at its output to those at its input, its weights and its bias.
#pragma once

#include <vector>

#include "numerics/trace.hpp"

namespace convreel::numerics {

/// dL/dy as given, and what follows from it. `kernel` and `bias` are empty where the layer has none.
struct Gradients {
  Map output, input;
  Kernel kernel;
  std::vector<double> bias;  ///< one an output channel
};

/// Every product of the forward pass is gone through backwards: a term w * x of an output with gradient g adds w * g to
/// the input's gradient and x * g to the weight's. A maximum sends g to its winner, a mean g / divisor to every input.
/// Throws Error{impossible} when `output` has not the shape of the trace's output.
[[nodiscard]] Gradients gradients(const Trace& trace, Map output);

}  // namespace convreel::numerics
