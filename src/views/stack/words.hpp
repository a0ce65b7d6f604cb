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

/// Why a view of stacks shows no single layer.
[[nodiscard]] std::optional<std::string> refuses_one_layer(const Layer& layer);

}  // namespace convreel::views
