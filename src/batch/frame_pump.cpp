#include "batch/frame_pump.hpp"

#include <tbb/enumerable_thread_specific.h>
#include <tbb/parallel_pipeline.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <memory>
#include <vector>

namespace convreel::batch {
namespace {

/// A picture that waits for its turn, as what it changes: whoever takes it has the one before.
struct Painted {
  std::vector<std::uint32_t> pixels;  ///< of the damage, one rectangle after the other
  std::vector<base::PixelRect> damage;
  base::Duration start{}, duration{};
  story::Begins begins = story::Begins::nothing;
};
using Chunk = std::vector<Painted>;

struct Range {
  std::int64_t first = 0, last = 0;
};

void pump_serial(const PumpJob& job, const TakeFrame& take) {
  paint::Painter painter(job.theme, job.raster);
  for (std::int64_t i = 0; i < job.reel.size(); ++i) {
    job.cancel.check();
    const views::Shot shot = job.reel.shot(i);
    const base::ImageView& image = painter.paint(shot.scene);
    take({image, &painter.damage(), shot.start, shot.duration, shot.begins});
    job.progress.advance();
  }
}

void cut_out(const base::ImageView& image, Painted& painted) {
  painted.pixels.clear();
  for (const base::PixelRect& rect : painted.damage)
    for (int y = rect.y; y < rect.y + rect.height; ++y)
      painted.pixels.insert(painted.pixels.end(), image.row(y) + rect.x, image.row(y) + rect.x + rect.width);
}

void put_in(const Painted& painted, base::Image& image) {
  const std::uint32_t* from = painted.pixels.data();
  for (const base::PixelRect& rect : painted.damage)
    for (int y = rect.y; y < rect.y + rect.height; ++y, from += rect.width)
      std::copy_n(from, rect.width, image.pixels.data() + std::ptrdiff_t{y} * image.width + rect.x);
}

/// Damage is told against the shot before, so the last shot of the chunk before is painted once more. The chunk's
/// memory is that of an earlier one.
void paint_chunk(const PumpJob& job, paint::Painter& painter, Range range, Chunk& chunk) {
  if (range.first == 0)
    painter.forget();
  else
    painter.paint(job.reel.shot(range.first - 1).scene);
  chunk.resize(static_cast<std::size_t>(range.last - range.first));
  for (std::int64_t i = range.first; i < range.last; ++i) {
    job.cancel.check();
    const views::Shot shot = job.reel.shot(i);
    const base::ImageView& image = painter.paint(shot.scene);
    Painted& painted = chunk[static_cast<std::size_t>(i - range.first)];
    painted.damage = painter.damage();
    painted.start = shot.start;
    painted.duration = shot.duration;
    painted.begins = shot.begins;
    cut_out(image, painted);
  }
}

void hand_over(const PumpJob& job, const TakeFrame& take, const Chunk& chunk, base::Image& picture) {
  for (const Painted& frame : chunk) {
    job.cancel.check();
    put_in(frame, picture);
    take({picture.view(), &frame.damage, frame.start, frame.duration, frame.begins});
    job.progress.advance();
  }
}

/// Only chunk numbers pass through the pipeline; the chunks lie in slots of ours, one for each that may be under way.
/// A pipeline that an exception ends drops what is under way without destroying it, so it must own nothing.
void pump_ahead(const PumpJob& job, const TakeFrame& take, std::int64_t step) {
  tbb::enumerable_thread_specific<std::unique_ptr<paint::Painter>> painters(
      [&] { return std::make_unique<paint::Painter>(job.theme, job.raster); });
  std::vector<Chunk> slots(static_cast<std::size_t>(job.threads) + 1);
  const auto slot = [&](std::int64_t number) -> Chunk& {
    return slots[static_cast<std::size_t>(number) % slots.size()];
  };
  base::Image picture(job.raster.width, job.raster.height);
  std::int64_t next = 0;
  const auto deal = [&](tbb::flow_control& control) -> std::int64_t {
    if (next * step >= job.reel.size()) control.stop();
    return next++;
  };
  const auto paint_one = [&](std::int64_t number) {
    const Range range{number * step, std::min((number + 1) * step, job.reel.size())};
    paint_chunk(job, *painters.local(), range, slot(number));
    return number;
  };
  const auto hand = [&](std::int64_t number) { hand_over(job, take, slot(number), picture); };
  tbb::parallel_pipeline(slots.size(),
                         tbb::make_filter<void, std::int64_t>(tbb::filter_mode::serial_in_order, deal) &
                             tbb::make_filter<std::int64_t, std::int64_t>(tbb::filter_mode::parallel, paint_one) &
                             tbb::make_filter<std::int64_t, void>(tbb::filter_mode::serial_in_order, hand));
}

}  // namespace

std::int64_t chunk_size(std::int64_t shots, int threads, std::size_t image_bytes) {
  if (threads < 2 || shots < kShortReel || image_bytes < kChangedShare) return 0;
  const std::size_t tokens = static_cast<std::size_t>(threads) + 1;
  const auto fit = static_cast<std::int64_t>(kAheadBytes / tokens / (image_bytes / kChangedShare));
  return fit < 2 ? 0 : std::min<std::int64_t>(fit, kLongestChunk);
}

void pump(const PumpJob& job, const TakeFrame& take) {
  const std::size_t bytes =
      sizeof(std::uint32_t) * static_cast<std::size_t>(job.raster.width) * static_cast<std::size_t>(job.raster.height);
  const std::int64_t step = chunk_size(job.reel.size(), job.threads, bytes);
  if (step == 0) return pump_serial(job, take);
  tbb::task_arena arena(job.threads);
  arena.execute([&] { pump_ahead(job, take, step); });
}

}  // namespace convreel::batch
