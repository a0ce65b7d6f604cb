// Every shot of a reel as a painted frame, in order. A long reel is painted ahead on several threads; the frames, their
// damage and their order are the same on any number of them.
#pragma once

#include <cstddef>
#include <functional>

#include "base/cancel.hpp"
#include "base/progress.hpp"
#include "output/exporter.hpp"
#include "paint/painter.hpp"
#include "theme/theme.hpp"
#include "views/reel/reel.hpp"

namespace convreel::batch {

using TakeFrame = std::function<void(const output::Frame&)>;

/// What a pump paints, and with how many threads. References outlive the call.
struct PumpJob {
  const views::Reel& reel;
  const theme::Theme& theme;
  const paint::Raster& raster;
  int threads = 1;
  base::Progress& progress;    ///< advances by one a frame
  const base::Cancel& cancel;  ///< asked at every frame
};

/// Hands every frame to `take`, one after the other, always from one thread at a time.
void pump(const PumpJob& job, const TakeFrame& take);

/// Shots a task paints at once when painting ahead; 0 where it does not pay (a short reel, one thread) or would take
/// too much memory.
[[nodiscard]] std::int64_t chunk_size(std::int64_t shots, int threads, std::size_t image_bytes);
inline constexpr std::int64_t kShortReel = 48;                     ///< shots below which one thread does it all
inline constexpr std::int64_t kLongestChunk = 5;                   ///< longer ones only hold more memory
inline constexpr std::size_t kAheadBytes = std::size_t{24} << 20;  ///< pixels that may wait for their turn
inline constexpr std::size_t kChangedShare = 2;                    ///< a waiting picture is about half an image

}  // namespace convreel::batch
