// Which images make an animation in GIF: the changed rectangle of each picture, unchanged pixels left transparent where
// that is smaller, pictures too short for GIF's clock left out, and erasing where something vanishes into transparency.
#pragma once

#include <cstdint>
#include <deque>
#include <vector>

#include "output/gif/coding.hpp"
#include "output/gif/runs.hpp"
#include "output/gif/stream.hpp"
#include "output/pixels/pixels.hpp"

namespace convreel::output {

struct GifPalette {
  std::vector<std::uint32_t> colours;  ///< 1..256, straight, as they stand in the file
  int transparent = -1;                ///< place of the fully transparent colour, -1 for an opaque animation
  Places places{};                     ///< of the patches' indices
};

/// Takes pictures as patches, in order; writes a file of GIF images, each once nothing about it can change any more.
class GifFrames {
 public:
  /// `plays`: 0 for ever.
  GifFrames(int width, int height, GifPalette palette, int plays, int threads, base::ByteSink& sink);
  void show(const Patch& patch);
  /// Writes what is left. Call once, after at least one show().
  void finish();

 private:
  [[nodiscard]] bool changes(const IndexRect& piece) const;
  [[nodiscard]] base::PixelRect unshown() const;
  void apply(const IndexRect& piece);
  void flush(bool last);
  void erase_vanished();
  void emit(const base::PixelRect& rect);
  [[nodiscard]] GifPart part_of(const base::PixelRect& rect) const;
  void extend(std::int64_t delay);
  void write_all_but(std::size_t images);

  int width_, height_;
  GifPalette palette_;
  std::uint8_t clear_ = 0;  ///< the patches' index of the transparent colour, if there is one
  IndexPlane wanted_;       ///< the picture to be shown next
  IndexPlane shown_;        ///< what the images so far leave on the screen
  base::PixelRect dirty_;   ///< outside of it both agree
  bool pending_ = false;    ///< wanted_ holds a picture that is not yet an image
  base::Duration pending_end_{};
  std::int64_t told_ = 0;        ///< centiseconds of all delays so far
  bool began_ = false;           ///< there is a first image
  std::deque<GifImage> images_;  ///< not yet written, without their data
  GifCoding coding_;             ///< which is made here
  base::ByteSink& sink_;
};

}  // namespace convreel::output
