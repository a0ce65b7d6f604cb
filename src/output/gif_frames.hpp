// Which images make an animation in GIF: the changed rectangle of each picture, unchanged pixels left transparent where
// that is smaller, pictures too short for GIF's clock left out, and erasing where something vanishes into transparency.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "output/gif_stream.hpp"
#include "output/recording.hpp"

namespace convreel::output {

struct GifPalette {
  std::vector<std::uint32_t> colours;  ///< 1..256, straight
  int transparent = -1;                ///< index of the fully transparent colour, -1 for an opaque animation
};

/// Takes pictures as patches, in order; gives GIF images.
class GifFrames {
 public:
  GifFrames(int width, int height, GifPalette palette);
  void show(const Patch& patch);
  /// Everything shown as a file. Call once, after at least one show().
  void finish(int plays, base::ByteSink& sink);

 private:
  /// A plane of indices as large as the picture.
  using Plane = std::vector<std::uint8_t>;

  [[nodiscard]] std::size_t at(int x, int y) const {
    return static_cast<std::size_t>(y) * static_cast<std::size_t>(width_) + static_cast<std::size_t>(x);
  }
  [[nodiscard]] bool changes(const Patch& patch) const;
  [[nodiscard]] base::PixelRect unshown() const;
  void apply(const Patch& patch);
  void flush(bool last);
  void erase_vanished();
  void emit(const base::PixelRect& rect);
  void extend(std::int64_t delay);
  void compress(GifImage& image);
  [[nodiscard]] std::vector<std::uint8_t> cut(const Plane& plane, const base::PixelRect& rect) const;
  [[nodiscard]] std::vector<std::uint8_t> unchanged(const base::PixelRect& rect) const;
  void try_smaller(GifImage& image, std::vector<std::uint8_t> indices, int transparent);
  [[nodiscard]] std::optional<std::uint8_t> unused_index(const base::PixelRect& rect) const;

  int width_, height_;
  GifPalette palette_;
  GifCompressor compressor_;
  Plane wanted_;           ///< the picture to be shown next
  Plane shown_;            ///< what the images so far leave on the screen
  base::PixelRect dirty_;  ///< outside of it both agree
  bool pending_ = false;   ///< wanted_ holds a picture that is not yet an image
  base::Duration pending_end_{};
  std::int64_t told_ = 0;  ///< centiseconds of all delays so far
  std::vector<GifImage> images_;
};

}  // namespace convreel::output
