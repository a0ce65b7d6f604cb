// Back-propagation through a layer in words.
#pragma once

#include <string>

#include "numerics/gradient.hpp"

namespace convreel::explain {

/// True where the sum is one gradient as it came, and says the same as its only term.
[[nodiscard]] bool passes_on(const numerics::Trace& trace, const numerics::BackwardSteps::Step& step);

/// "∂L/∂x[1,1]", "∂L/∂w[0,2]" (the kernel's first two axes before it where it has several planes), "∂L/∂b".
[[nodiscard]] std::string gradient_name(const numerics::Trace& trace, const numerics::BackwardSteps::Step& asked);

/// "∂L/∂x[1,1] = 2·1 + (−1)·3 = −1".
[[nodiscard]] std::string gradient_arithmetic(const numerics::Trace& trace, const numerics::BackwardSteps::Step& step);

/// Why a gradient has no terms: "no output reads it".
[[nodiscard]] std::string no_gradient(const numerics::Layer& layer, numerics::BackwardSteps::Side side);

/// What the gradients are as layers: "∂L/∂x = ConvTranspose2d(∂L/∂y, w) = Σ w · ∂L/∂y;   ∂L/∂w = Σ x · ∂L/∂y".
[[nodiscard]] std::string gradient_formula(const numerics::Layer& layer);

/// "⟨A x, g⟩ = 12 and ⟨x, Aᵀ g⟩ = 12, for ..."; empty where an output is no number.
[[nodiscard]] std::string adjoint_text(const numerics::Trace& trace, const numerics::Gradients& gradients);

/// Step by step, as transcript() tells the forward pass.
[[nodiscard]] std::string gradient_transcript(const numerics::BackwardSteps& steps);

/// For `convreel explain`: the formulas, the numbers where they are few, the adjoint identity.
[[nodiscard]] std::string gradient_section(const numerics::BackwardSteps& steps);

}  // namespace convreel::explain
