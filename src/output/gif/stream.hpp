// GIF's blocks. Knows no animation: what to store where is the caller's choice.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/byte_sink.hpp"
#include "base/image.hpp"

namespace convreel::output {

/// An image of a GIF, compressed: what its blocks hold.
struct GifImage {
  base::PixelRect rect;
  int delay = 0;                   ///< centiseconds, at most 65535
  int transparent = -1;            ///< index that leaves the pixel as it was; -1 for none
  bool erase_after = false;        ///< disposal 2: the rectangle becomes transparent before the next image
  std::vector<std::uint8_t> data;  ///< encode::gif_image_data
};

/// What stands at the front of a GIF.
struct GifScreen {
  int width = 0, height = 0;               ///< at most 65535
  std::span<const std::uint32_t> palette;  ///< 1..256 colours 0x..RRGGBB
  int background = 0;                      ///< index
  int plays = 0;                           ///< 0: for ever
};

/// A file is its front, images and the end.
void write_front(const GifScreen& screen, base::ByteSink& sink);
void write_image(const GifImage& image, base::ByteSink& sink);
/// `comment` is ASCII; an empty one is left out.
void write_comment(std::string_view comment, base::ByteSink& sink);
void write_end(base::ByteSink& sink);

/// Entries in the colour table for that many colours: a power of two.
[[nodiscard]] std::size_t table_size(std::size_t colours);

}  // namespace convreel::output
