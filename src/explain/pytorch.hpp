// How to say a layer in PyTorch.
#pragma once

#include <string>
#include <string_view>

#include "numerics/trace.hpp"

namespace convreel::explain {

/// A layer in PyTorch's words, and what goes around it.
struct TorchCall {
  std::string pad;      ///< "F.pad(x, (0, 1))" in the place of x, where PyTorch has no such padding
  std::string call;     ///< "nn.Conv2d(1, 1, kernel_size=(3, 3), stride=(2, 2))"
  std::string slice;    ///< "[..., :-1]" behind the output
  std::string comment;  ///< "  # ..." for what is not the same
};
[[nodiscard]] TorchCall torch_call(const numerics::Layer& layer, bool bias);

/// "-2, -1": as many axes from the end.
[[nodiscard]] std::string_view last_axes(int dims);

/// The equivalent line of PyTorch in its repr's style, "nn.Conv2d(1, 1, kernel_size=(3, 3), stride=(2, 2))"; with
/// "x = F.pad(x, ...); " before it or a slice after it where PyTorch has no such padding, and a "  # ..." behind it for
/// what its constructor cannot say.
[[nodiscard]] std::string pytorch_line(const numerics::Layer& layer, bool bias);

}  // namespace convreel::explain
