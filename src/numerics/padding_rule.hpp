// Padding by name, as the frameworks compute it from a layer's other numbers.
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "base/error.hpp"
#include "numerics/layer.hpp"

namespace convreel::numerics {

enum class PaddingRule { same, valid, full, same_upper, same_lower, causal };
/// In the enumeration's order.
inline constexpr std::array<std::string_view, 6> kPaddingRuleNames = {"same",       "valid",      "full",
                                                                      "same-upper", "same-lower", "causal"};

/// Sets the layer's padding along every axis, and adds the output padding that the rule asks for. Why the layer has no
/// such padding, where it has none. The other numbers are at least 1.
[[nodiscard]] std::optional<base::Problem> apply(PaddingRule rule, Layer& layer);

/// Sets a transposed layer's crop for the output sizes that somebody wants, half of it at either end, the odd cell at
/// the end or, with `lower`, at the begin; where the output is larger than what the kernels and the output padding
/// reach, more output padding instead.
void crop_to(const Cell& output, bool lower, Layer& layer);

/// Keras' 'same' of a transposed layer whose output padding is given: o = (i-1)s + ke mod 2 + op, cropped as by
/// crop_to(). Without output padding it is o = i*s, as apply() has it.
void apply_same_with_output_padding(Layer& layer);

/// True when a word of Keras' ('valid', 'same', 'causal') gives the layer this padding.
[[nodiscard]] bool padded_by_name(const Layer& layer);

}  // namespace convreel::numerics
