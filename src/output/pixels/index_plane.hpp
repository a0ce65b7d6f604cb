// A picture in colour numbers, one byte a pixel.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/image.hpp"

namespace convreel::output {

/// A rectangle of indices, row by row.
struct IndexRect {
  base::PixelRect rect;
  std::vector<std::uint8_t> indices;
};

/// A plane of indices as large as the picture.
struct IndexPlane {
  std::vector<std::uint8_t> indices;
  std::size_t width = 0;

  [[nodiscard]] const std::uint8_t* row(int x, int y) const {
    return indices.data() + static_cast<std::size_t>(y) * width + static_cast<std::size_t>(x);
  }
  [[nodiscard]] std::uint8_t* row(int x, int y) {
    return indices.data() + static_cast<std::size_t>(y) * width + static_cast<std::size_t>(x);
  }
  void lay(const IndexRect& piece) {
    const std::uint8_t* from = piece.indices.data();
    for (int y = piece.rect.y; y < piece.rect.y + piece.rect.height; ++y, from += piece.rect.width)
      std::copy_n(from, piece.rect.width, row(piece.rect.x, y));
  }
};

}  // namespace convreel::output
