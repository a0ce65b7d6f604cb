// A decoded picture as a feature map.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "base/image.hpp"
#include "numerics/tensor.hpp"

namespace convreel::data {

/// Grey values 0..255 (`channels` 1; 0.299 R + 0.587 G + 0.114 B, ITU-R BT.601, rounded) or red, green and blue
/// (`channels` 3). What is transparent shows white paper. `image` is premultiplied ARGB.
[[nodiscard]] numerics::Map map_of(const base::Image& image, std::int64_t channels);

/// How a picture's pixels lie, as Exif counts it: 1, upright, to 8. Only JPEGs say it. Throws Error{impossible} naming
/// `label` for a JPEG without its end, whose missing rows a decoder would make up.
[[nodiscard]] int orientation_of(std::span<const std::uint8_t> bytes, std::string_view label);
/// Whether rows and columns change places when such a picture is made upright.
[[nodiscard]] constexpr bool lies(int orientation) { return orientation >= 5; }
[[nodiscard]] base::Image upright(base::Image image, int orientation);

}  // namespace convreel::data
