// A picture under work: premultiplied ARGB, whole-pixel operations, everything clipped to the edges.
#pragma once

#include <cstdint>
#include <vector>

#include "base/image.hpp"
#include "paint/mask.hpp"
#include "theme/theme.hpp"

namespace convreel::paint {

class Pixels {
 public:
  Pixels(int width, int height) : image_(width, height) {}

  [[nodiscard]] base::ImageView view() const { return image_.view(); }
  [[nodiscard]] base::PixelRect all() const { return {0, 0, image_.width, image_.height}; }

  /// Replaces what was there.
  void fill(const base::PixelRect& box, std::uint32_t pixel);
  /// Lays a colour over; its alpha counts.
  void blend(const base::PixelRect& box, theme::Colour colour);
  /// Lays a colour over where `mask` covers, the mask's origin at (x, y).
  void blend(const Mask& mask, int x, int y, theme::Colour colour);
  void copy(const Pixels& from, const base::PixelRect& box);
  /// The box's pixels, clipped, row by row.
  [[nodiscard]] std::vector<std::uint32_t> read(const base::PixelRect& box) const;
  /// Moves the box back towards `before` (as read() gave it): 1 keeps what is there, 0 restores.
  void mix(const base::PixelRect& box, const std::vector<std::uint32_t>& before, double keep);

 private:
  [[nodiscard]] std::uint32_t* row(int y) { return image_.pixels.data() + std::ptrdiff_t{y} * image_.width; }

  base::Image image_;
};

/// The colour as a premultiplied pixel.
[[nodiscard]] std::uint32_t premultiplied(theme::Colour colour);

}  // namespace convreel::paint
