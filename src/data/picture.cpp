#include "data/picture.hpp"

#include <algorithm>
#include <array>

namespace convreel::data {

namespace {

/// Red, green, blue 0..255 over white.
std::array<double, 3> colours(std::uint32_t pixel) {
  const std::uint32_t paper = 255 - (pixel >> 24);
  const auto part = [&](int shift) { return static_cast<double>(std::min(255u, (pixel >> shift & 255) + paper)); };
  return {part(16), part(8), part(0)};
}

double grey(const std::array<double, 3>& rgb) {
  // Whole thousandths, so that rounding is the same everywhere.
  const auto sum = static_cast<std::int64_t>(299 * rgb[0] + 587 * rgb[1] + 114 * rgb[2]);
  return static_cast<double>((sum + 500) / 1000);
}

}  // namespace

numerics::Map map_of(const base::Image& image, std::int64_t channels) {
  numerics::Map map(channels, {1, image.height, image.width});
  const std::size_t area = image.pixels.size();
  for (std::size_t i = 0; i < area; ++i) {
    const std::array<double, 3> rgb = colours(image.pixels[i]);
    if (channels == 1) map.values[i] = grey(rgb);
    for (std::size_t c = 0; channels == 3 && c < 3; ++c) map.values[c * area + i] = rgb[c];
  }
  return map;
}

}  // namespace convreel::data
