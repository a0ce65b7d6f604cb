#include "paint/pixels.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

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

constexpr int kStretch = 8;  // coverage values looked at together
constexpr std::uint64_t kNothing = 0, kEverything = ~std::uint64_t{0};

std::uint64_t stretch(const std::uint8_t* cover) {
  std::uint64_t values = 0;
  std::memcpy(&values, cover, sizeof values);
  return values;
}

std::uint32_t scaled(std::uint32_t value, std::uint32_t by) { return mixed_pair(value, 0, by); }

/// Most of a mask is nothing or everything: those stretches are passed in one look.
void blend_row(std::uint32_t* target, const std::uint8_t* cover, int count, std::uint32_t pixel, std::uint32_t alpha) {
  for (int i = 0; i < count;) {
    const std::uint64_t ahead = count - i >= kStretch ? stretch(cover + i) : 1;
    if (ahead == kNothing) {
      i += kStretch;
    } else if (ahead == kEverything && alpha == 255) {
      std::fill_n(target + i, kStretch, pixel);
      i += kStretch;
    } else {
      const std::uint32_t share = alpha == 255 ? cover[i] : scaled(cover[i], alpha);
      target[i] = share == 255 ? pixel : mixed(pixel, target[i], share);
      ++i;
    }
  }
}

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
    blend_row(row(line) + clip.x, mask.row(line - top) + (clip.x - left), clip.width, pixel, alpha);
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
