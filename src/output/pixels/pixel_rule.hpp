// How a painted (premultiplied) pixel becomes a colour of a file: straight 0xAARRGGBB.
#pragma once

#include <algorithm>
#include <cstdint>

namespace convreel::output {

/// c / a, rounded; colourless where nothing is seen, so that bytes are stable and compress well.
[[nodiscard]] inline std::uint32_t straight(std::uint32_t pixel) {
  const std::uint32_t alpha = pixel >> 24;
  if (alpha == 255) return pixel;
  if (alpha == 0) return 0;
  const auto channel = [&](int shift) {
    return std::min(((pixel >> shift & 255) * 255 + alpha / 2) / alpha, std::uint32_t{255}) << shift;
  };
  return alpha << 24 | channel(16) | channel(8) | channel(0);
}

/// The pixel over an opaque colour.
[[nodiscard]] inline std::uint32_t over(std::uint32_t pixel, std::uint32_t below) {
  const std::uint32_t rest = 255 - (pixel >> 24);
  const auto channel = [&](int shift) {
    return std::min((pixel >> shift & 255) + ((below >> shift & 255) * rest + 127) / 255, std::uint32_t{255}) << shift;
  };
  return 0xFF000000u | channel(16) | channel(8) | channel(0);
}

enum class Alpha {
  none,     ///< the picture is opaque
  one_bit,  ///< seen or not; what is partly seen is blended with the matte
  full,
};

struct PixelRule {
  Alpha alpha = Alpha::none;
  std::uint32_t matte = 0xFFFFFFFF;

  [[nodiscard]] std::uint32_t operator()(std::uint32_t pixel) const {
    if (alpha == Alpha::none) return pixel | 0xFF000000u;
    if (alpha == Alpha::full) return straight(pixel);
    return pixel >> 24 < 128 ? 0 : over(pixel, matte);
  }
};

}  // namespace convreel::output
