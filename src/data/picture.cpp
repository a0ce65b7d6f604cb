#include "data/picture.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/error.hpp"

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

using ByteView = std::span<const std::uint8_t>;

/// `size` bytes at `at`; 0 beyond the end.
std::size_t number_at(ByteView bytes, std::size_t at, std::size_t size, bool big_endian) {
  if (at > bytes.size() || size > bytes.size() - at) return 0;
  std::size_t value = 0;
  for (std::size_t i = 0; i < size; ++i) value = value << 8 | bytes[at + (big_endian ? i : size - 1 - i)];
  return value;
}

bool begins(ByteView bytes, std::string_view start) {
  return bytes.size() >= start.size() && std::equal(start.begin(), start.end(), bytes.begin(),
                                                    [](char a, auto b) { return static_cast<std::uint8_t>(a) == b; });
}

/// Of a segment with Exif: a TIFF whose first directory may have the tag 0x0112.
int exif_orientation(ByteView segment) {
  constexpr std::string_view kExif("Exif\0\0", 6);
  if (!begins(segment, kExif)) return 1;
  const ByteView tiff = segment.subspan(kExif.size());
  const bool big = begins(tiff, "MM");
  const std::size_t directory = number_at(tiff, 4, 4, big);
  for (std::size_t i = 0; i < number_at(tiff, directory, 2, big); ++i) {
    const std::size_t entry = directory + 2 + 12 * i;
    if (number_at(tiff, entry, 2, big) != 0x0112) continue;
    const std::size_t value = number_at(tiff, entry + 8, 2, big);
    return value >= 1 && value <= 8 ? static_cast<int>(value) : 1;
  }
  return 1;
}

}  // namespace

int orientation_of(ByteView bytes, std::string_view label) {
  if (!begins(bytes, "\xFF\xD8\xFF")) return 1;
  int orientation = 1;
  for (std::size_t at = 2; at + 1 < bytes.size();) {
    const std::uint8_t code = bytes[at + 1];
    // Between segments lie the coded pixels, which have 0 or a restart's number behind each 0xFF.
    const bool marker = bytes[at] == 0xFF && code >= 0xC0 && code != 0xFF && (code < 0xD0 || code > 0xD8);
    if (!marker) {
      ++at;
      continue;
    }
    if (code == 0xD9) return orientation;
    const std::size_t length = std::max<std::size_t>(number_at(bytes, at + 2, 2, true), 2);
    const ByteView segment = bytes.subspan(at + 2).first(std::min(length, bytes.size() - at - 2));
    if (code == 0xE1 && orientation == 1)
      orientation = exif_orientation(segment.subspan(std::min<std::size_t>(2, segment.size())));
    at += 2 + length;
  }
  throw base::Error(base::ErrorKind::impossible,
                    fmt::format("{}: the JPEG is cut short: its end (FF D9) is missing", label),
                    "copy or save it again");
}

base::Image upright(base::Image image, int orientation) {
  if (orientation == 1) return image;
  const bool right_to_left = orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
  const bool upwards = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
  const int width = image.width, height = image.height;
  base::Image turned = lies(orientation) ? base::Image(height, width) : base::Image(width, height);
  auto pixel = turned.pixels.begin();
  for (int y = 0; y < turned.height; ++y)
    for (int x = 0; x < turned.width; ++x) {
      const int column = lies(orientation) ? y : x, row = lies(orientation) ? x : y;
      const std::uint32_t* const from = image.view().row(upwards ? height - 1 - row : row);
      *pixel++ = from[right_to_left ? width - 1 - column : column];
    }
  return turned;
}

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
