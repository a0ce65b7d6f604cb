// Pictures for tests: made by hand, compared pixel by pixel, and looked at with programs that we did not write.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/image.hpp"

namespace convreel::test {

/// One colour (premultiplied 0xAARRGGBB) everywhere, and a rectangle of it.
[[nodiscard]] base::Image flat(int width, int height, std::uint32_t colour);
void fill(base::Image& image, const base::PixelRect& rect, std::uint32_t colour);

struct Difference {
  bool same_size = false;
  std::int64_t pixels = 0;  ///< that differ in any channel
  int largest = 0;          ///< channel difference, 0..255; two fully transparent pixels are equal
  double psnr = 0;          ///< over the three colours; infinity when equal

  [[nodiscard]] bool none() const { return same_size && pixels == 0; }
};
[[nodiscard]] Difference difference(const base::ImageView& a, const base::ImageView& b);

/// What `command` (a shell line) prints on stdout. Throws when it cannot be run or fails, with what it said.
[[nodiscard]] std::string output_of(const std::string& command);

void write_bytes(const std::filesystem::path& path, std::span<const std::uint8_t> bytes);
[[nodiscard]] std::vector<std::uint8_t> read_bytes(const std::filesystem::path& path);

/// Frames of one video, decoded by the ffmpeg program to straight RGBA, in order and without repeats.
[[nodiscard]] std::vector<base::Image> frames_by_ffmpeg(const std::filesystem::path& path, int width, int height);

/// A picture of an animated WebP as libwebp's own decoder composes it, and when it ends.
struct WebpFrame {
  base::Image image;
  int end_ms = 0;
};
struct WebpAnimation {
  int loops = 0;
  std::vector<WebpFrame> frames;
};
[[nodiscard]] WebpAnimation frames_by_libwebp(std::span<const std::uint8_t> bytes);

}  // namespace convreel::test
