// GIF's blocks and its LZW, by giflib. Knows no animation: what to store where is the caller's choice.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "base/byte_sink.hpp"
#include "base/image.hpp"

struct GifFileType;

namespace convreel::output {

/// An image of a GIF, compressed: what its blocks hold.
struct GifImage {
  base::PixelRect rect;
  int delay = 0;                    ///< centiseconds, at most 65535
  int transparent = -1;             ///< index that leaves the pixel as it was; -1 for none
  bool erase_after = false;         ///< disposal 2: the rectangle becomes transparent before the next image
  std::vector<std::uint8_t> codes;  ///< LZW codes in sub-blocks, with their end mark
};

/// What stands at the front of a GIF.
struct GifScreen {
  int width = 0, height = 0;               ///< at most 65535
  std::span<const std::uint32_t> palette;  ///< 1..256 colours 0x..RRGGBB
  int background = 0;                      ///< index
  int plays = 0;                           ///< 0: for ever
};

/// Compresses images of one palette size. Reused, because giflib's tables are dear to set up.
class GifCompressor {
 public:
  explicit GifCompressor(std::size_t colours);
  ~GifCompressor();
  GifCompressor(const GifCompressor&) = delete;
  GifCompressor& operator=(const GifCompressor&) = delete;
  /// `indices` (width * height, row by row) may be overwritten by masking, which changes none below the palette's size.
  [[nodiscard]] std::vector<std::uint8_t> compress(std::span<std::uint8_t> indices, int width, int height);

 private:
  base::MemorySink bytes_;
  GifFileType* gif_;
};

void write_gif(const GifScreen& screen, std::span<const GifImage> images, base::ByteSink& sink);

/// Entries in the colour table for that many colours: a power of two.
[[nodiscard]] std::size_t table_size(std::size_t colours);

}  // namespace convreel::output
