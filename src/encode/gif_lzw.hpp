// A GIF image's LZW. The pixels come as runs; where the picture before shows through, a pixel may be written in its
// colour or left transparent, and the coder takes whatever continues a string of its dictionary. The dictionary is not
// dropped when it is full but where a new one turns out cheaper, which a second coder running ahead finds out.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace convreel::encode {

/// Pixels side by side (going on in the next row) that may all be written alike.
struct GifRun {
  std::uint32_t length = 0;
  std::uint8_t colour = 0;
  bool clear = false;  ///< the transparent index will do too
};

/// An image's pixels. Every index is below 2^code_size.
struct GifPixels {
  std::span<const GifRun> runs;
  int transparent = -1;  ///< -1 unless some run may be clear
  int code_size = 8;     ///< 2..8
};

/// The image data: the code size, the codes in sub-blocks and their end mark.
[[nodiscard]] std::vector<std::uint8_t> gif_image_data(const GifPixels& pixels);

/// The smallest code size for indices up to `largest`.
[[nodiscard]] int gif_code_size(int largest);

}  // namespace convreel::encode
