#include "paint/pixels.hpp"

#include <algorithm>
#include <cmath>

namespace convreel::paint {

namespace {

constexpr std::uint32_t kPair = 0x00FF00FF;

/// Two channels at once: (top * share + under * (255 - share)) / 255, rounded.
std::uint32_t mixed_pair(std::uint32_t top, std::uint32_t under, std::uint32_t share) {
  const std::uint32_t sum = top * share + under * (255 - share) + 0x00800080;
  return ((sum + ((sum >> 8) & kPair)) >> 8) & kPair;
}

std::uint32_t mixed(std::uint32_t top, std::uint32_t under, std::uint32_t share) {
  return mixed_pair(top & kPair, under & kPair, share) | mixed_pair((top >> 8) & kPair, (under >> 8) & kPair, share)
                                                             << 8;
}

std::uint32_t opaque(theme::Colour colour) {
  return 0xFF000000U | std::uint32_t{colour.r} << 16 | std::uint32_t{colour.g} << 8 | colour.b;
}

std::uint32_t scaled(std::uint32_t value, std::uint32_t by) { return mixed_pair(value, 0, by); }

}  // namespace

std::uint32_t premultiplied(theme::Colour colour) { return mixed(opaque(colour), 0, colour.a); }

void Pixels::fill(const base::PixelRect& box, std::uint32_t pixel) {
  const auto clip = base::intersected(box, all());
  for (int y = clip.y; y < clip.y + clip.height; ++y) std::fill_n(row(y) + clip.x, clip.width, pixel);
}

void Pixels::blend(const base::PixelRect& box, theme::Colour colour) {
  if (colour.a == 255) return fill(box, opaque(colour));
  const auto clip = base::intersected(box, all());
  for (int y = clip.y; y < clip.y + clip.height; ++y)
    for (int x = clip.x; x < clip.x + clip.width; ++x) row(y)[x] = mixed(opaque(colour), row(y)[x], colour.a);
}

void Pixels::blend(const Mask& mask, int x, int y, theme::Colour colour) {
  const int left = x + mask.box.x, top = y + mask.box.y;
  const auto clip = base::intersected({left, top, mask.box.width, mask.box.height}, all());
  const std::uint32_t pixel = opaque(colour), alpha = colour.a;
  for (int line = clip.y; line < clip.y + clip.height; ++line) {
    const std::uint8_t* cover = mask.row(line - top) + (clip.x - left);
    std::uint32_t* target = row(line) + clip.x;
    for (int i = 0; i < clip.width; ++i) {
      if (cover[i] == 0) continue;
      const std::uint32_t share = alpha == 255 ? cover[i] : scaled(cover[i], alpha);
      target[i] = share == 255 ? pixel : mixed(pixel, target[i], share);
    }
  }
}

void Pixels::copy(const Pixels& from, const base::PixelRect& box) {
  const auto clip = base::intersected(box, all());
  for (int y = clip.y; y < clip.y + clip.height; ++y)
    std::copy_n(from.image_.view().row(y) + clip.x, clip.width, row(y) + clip.x);
}

std::vector<std::uint32_t> Pixels::read(const base::PixelRect& box) const {
  const auto clip = base::intersected(box, all());
  std::vector<std::uint32_t> pixels;
  pixels.reserve(static_cast<std::size_t>(clip.width) * static_cast<std::size_t>(clip.height));
  for (int y = clip.y; y < clip.y + clip.height; ++y) {
    const std::uint32_t* from = image_.view().row(y) + clip.x;
    pixels.insert(pixels.end(), from, from + clip.width);
  }
  return pixels;
}

void Pixels::mix(const base::PixelRect& box, const std::vector<std::uint32_t>& before, double keep) {
  const auto clip = base::intersected(box, all());
  const auto share = static_cast<std::uint32_t>(std::lround(std::clamp(keep, 0.0, 1.0) * 255));
  const std::uint32_t* old = before.data();
  for (int y = clip.y; y < clip.y + clip.height; ++y)
    for (int x = clip.x; x < clip.x + clip.width; ++x, ++old) row(y)[x] = mixed(row(y)[x], *old, share);
}

}  // namespace convreel::paint
