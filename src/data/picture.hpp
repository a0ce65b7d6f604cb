// A decoded picture as a feature map.
#pragma once

#include "base/image.hpp"
#include "numerics/tensor.hpp"

namespace convreel::data {

/// Grey values 0..255 (`channels` 1; 0.299 R + 0.587 G + 0.114 B, ITU-R BT.601, rounded) or red, green and blue
/// (`channels` 3). What is transparent shows white paper. `image` is premultiplied ARGB.
[[nodiscard]] numerics::Map map_of(const base::Image& image, std::int64_t channels);

}  // namespace convreel::data
