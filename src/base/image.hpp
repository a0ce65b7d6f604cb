// Pixels in memory: 0xAARRGGBB, premultiplied, native endian (Cairo's ARGB32, BGRA bytes on little endian).
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace convreel::base {

struct PixelRect {
  int x = 0, y = 0, width = 0, height = 0;

  [[nodiscard]] bool empty() const { return width <= 0 || height <= 0; }
  [[nodiscard]] std::int64_t area() const { return std::int64_t{width} * height; }
  bool operator==(const PixelRect&) const = default;
};

/// The smallest rectangle that holds both; an empty one adds nothing.
[[nodiscard]] PixelRect united(const PixelRect& a, const PixelRect& b);
/// What both share (empty when nothing).
[[nodiscard]] PixelRect intersected(const PixelRect& a, const PixelRect& b);

/// Somebody else's pixels, valid while they are. `stride` counts pixels, not bytes.
struct ImageView {
  int width = 0, height = 0;
  std::ptrdiff_t stride = 0;
  const std::uint32_t* pixels = nullptr;

  [[nodiscard]] const std::uint32_t* row(int y) const { return pixels + y * stride; }
};

struct Image {
  int width = 0, height = 0;
  std::vector<std::uint32_t> pixels;  ///< width * height, row by row

  Image() = default;
  Image(int w, int h) : width(w), height(h), pixels(static_cast<std::size_t>(w) * static_cast<std::size_t>(h)) {}
  explicit Image(const ImageView& view);
  [[nodiscard]] ImageView view() const { return {width, height, width, pixels.data()}; }
  bool operator==(const Image&) const = default;
};

}  // namespace convreel::base
