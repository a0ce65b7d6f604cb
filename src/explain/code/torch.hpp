// What PyTorch's programs of a layer and of a stack share.
#pragma once

#include <string>

#include "explain/code/parts.hpp"

namespace convreel::explain {

inline constexpr Around kTorchInput{"x = torch.tensor(", ", dtype=torch.float64)"};

/// The layer with its numbers, from x to y.
void write_torch_layer(const Trace& trace, Script& script);
/// The whole program around the line that sets x and those that make y of it.
[[nodiscard]] std::string torch_program(const std::string& input, const std::string& body);

}  // namespace convreel::explain
