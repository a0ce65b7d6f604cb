// What the views of stacks say.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "views/view.hpp"

namespace convreel::views {

/// The sum of a step of one stage in the line that the page keeps for it.
[[nodiscard]] std::vector<Span> stage_sentence(const StackContext& context, std::size_t stage, std::int64_t step,
                                               bool revealed);

/// "3 layers: 1×8×8 becomes 2×2×2, and every output sees up to 6×6 of the input".
[[nodiscard]] std::vector<Span> field_conclusion(const StackContext& context);

/// Why a view of stacks shows no single layer.
[[nodiscard]] std::optional<std::string> refuses_one_layer(const Layer& layer);

}  // namespace convreel::views
