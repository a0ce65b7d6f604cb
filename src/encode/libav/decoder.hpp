// Pictures and videos in memory to pixels. The bytes may be hostile: only the formats named here are tried, and no
// picture larger than the limit is decoded.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "encode/media.hpp"

namespace convreel::encode::libav {

/// See Media::decode_image and Media::decode_video.
[[nodiscard]] base::Image first_picture(std::span<const std::uint8_t> bytes, std::string_view label,
                                        std::int64_t max_pixels);
[[nodiscard]] std::vector<DecodedFrame> every_picture(std::span<const std::uint8_t> bytes, std::string_view label,
                                                      std::int64_t max_pixels);

}  // namespace convreel::encode::libav
