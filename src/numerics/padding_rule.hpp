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

}  // namespace convreel::numerics
