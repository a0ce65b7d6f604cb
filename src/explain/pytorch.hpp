// How to say a layer in PyTorch.
#pragma once

#include <string>

#include "numerics/trace.hpp"

namespace convreel::explain {

/// The equivalent line of PyTorch in its repr's style, "nn.Conv2d(1, 1, kernel_size=(3, 3), stride=(2, 2))"; with
/// "x = F.pad(x, ...); " before it or a slice after it where PyTorch has no such padding, and a "  # ..." behind it for
/// what its constructor cannot say.
[[nodiscard]] std::string pytorch_line(const numerics::Layer& layer, bool bias);

}  // namespace convreel::explain
