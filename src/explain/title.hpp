// What a layer is called.
#pragma once

#include <string>

#include "numerics/trace.hpp"

namespace convreel::explain {

/// "Convolution", "Transposed convolution", "Max pooling", "Average pooling"; channels and kind of groups added
/// ("Depthwise convolution").
[[nodiscard]] std::string layer_title(const numerics::Layer& layer);

/// What a layer is, without its channels, as within a sentence: "depthwise convolution".
[[nodiscard]] std::string layer_name(const numerics::Layer& layer);

/// `words`, which begin with a small letter a..z, with a capital.
[[nodiscard]] std::string capitalised(std::string words);

}  // namespace convreel::explain
