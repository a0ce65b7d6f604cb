// One picture as PNG bytes, by libpng, and the chunks that PNG and APNG are made of. The same picture gives the same
// bytes: no time is stored.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/byte_sink.hpp"
#include "base/image.hpp"

namespace convreel::output {

/// UTF-8; an empty one is left out.
struct PngText {
  std::string title, description, copyright = {};
};

/// How pixels are stored. With a palette (1..256 straight colours) rows are one index a pixel, else R,G,B or R,G,B,A.
struct PngForm {
  int width = 0, height = 0;
  std::vector<std::uint32_t> palette;
  bool alpha = false;
  /// Store indices of small palettes in 1, 2 or 4 bits. Not for APNG: FFmpeg misplaces such rectangles.
  bool packed = false;
};

/// A whole file: IHDR, sRGB, iTXt, PLTE and tRNS as needed, IDAT, IEND. `rows` holds them without gaps.
[[nodiscard]] std::vector<std::uint8_t> encode_png(const PngForm& form, std::span<const std::uint8_t> rows,
                                                   const PngText& text);

/// A picture (premultiplied; opaque unless `alpha`) with a palette when 256 colours suffice.
void write_png(const base::ImageView& image, bool alpha, const PngText& text, base::ByteSink& sink);

/// A piece of a PNG file; `name` has four letters.
struct PngChunk {
  std::string_view name;
  std::span<const std::uint8_t> content;
};
/// The chunks of a file made by encode_png(), which must outlive them.
[[nodiscard]] std::vector<PngChunk> png_chunks(std::span<const std::uint8_t> file);
/// Length, name, content and checksum.
void put_chunk(const PngChunk& chunk, base::ByteSink& sink);
inline constexpr std::array<std::uint8_t, 8> kPngSignature{0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};

/// `value` as PNG stores numbers: four bytes, the highest first.
void append_u32(std::vector<std::uint8_t>& bytes, std::uint32_t value);

}  // namespace convreel::output
