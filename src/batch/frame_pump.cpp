#include "batch/frame_pump.hpp"

#include <tbb/enumerable_thread_specific.h>
#include <tbb/parallel_pipeline.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <memory>

namespace convreel::batch {
namespace {

struct Painted {
  base::Image image;
  std::vector<base::PixelRect> damage;
  base::Duration start{}, duration{};
  bool beat_start = false;
};
using Chunk = std::shared_ptr<std::vector<Painted>>;

struct Range {
  std::int64_t first = 0, last = 0;
};

void pump_serial(const PumpJob& job, const TakeFrame& take) {
  paint::Painter painter(job.theme, job.raster);
  for (std::int64_t i = 0; i < job.reel.size(); ++i) {
    job.cancel.check();
    const views::Shot shot = job.reel.shot(i);
    const base::ImageView& image = painter.paint(shot.scene);
    take({image, &painter.damage(), shot.start, shot.duration, shot.beat_start});
    job.progress.advance();
  }
}

/// Damage is told against the shot before, so the last shot of the chunk before is painted once more.
Chunk paint_chunk(const PumpJob& job, paint::Painter& painter, Range range) {
  auto chunk = std::make_shared<std::vector<Painted>>();
  if (range.first == 0)
    painter.forget();
  else
    painter.paint(job.reel.shot(range.first - 1).scene);
  for (std::int64_t i = range.first; i < range.last; ++i) {
    job.cancel.check();
    const views::Shot shot = job.reel.shot(i);
    const base::ImageView& image = painter.paint(shot.scene);
    chunk->push_back({base::Image(image), painter.damage(), shot.start, shot.duration, shot.beat_start});
  }
  return chunk;
}

void hand_over(const PumpJob& job, const TakeFrame& take, const Chunk& chunk) {
  for (Painted& frame : *chunk) {
    job.cancel.check();
    take({frame.image.view(), &frame.damage, frame.start, frame.duration, frame.beat_start});
    frame.image = {};
    job.progress.advance();
  }
}

void pump_ahead(const PumpJob& job, const TakeFrame& take, std::int64_t step) {
  tbb::enumerable_thread_specific<std::unique_ptr<paint::Painter>> painters(
      [&] { return std::make_unique<paint::Painter>(job.theme, job.raster); });
  std::int64_t next = 0;
  const auto deal = [&](tbb::flow_control& control) -> Range {
    if (next >= job.reel.size()) {
      control.stop();
      return {};
    }
    const Range range{next, std::min(next + step, job.reel.size())};
    next = range.last;
    return range;
  };
  const auto paint_one = [&](Range range) { return paint_chunk(job, *painters.local(), range); };
  const auto hand = [&](const Chunk& chunk) { hand_over(job, take, chunk); };
  tbb::parallel_pipeline(static_cast<std::size_t>(job.threads) + 1,
                         tbb::make_filter<void, Range>(tbb::filter_mode::serial_in_order, deal) &
                             tbb::make_filter<Range, Chunk>(tbb::filter_mode::parallel, paint_one) &
                             tbb::make_filter<Chunk, void>(tbb::filter_mode::serial_in_order, hand));
}

}  // namespace

std::int64_t chunk_size(std::int64_t shots, int threads, std::size_t image_bytes) {
  if (threads < 2 || shots < kShortReel || image_bytes == 0) return 0;
  const std::size_t tokens = static_cast<std::size_t>(threads) + 1;
  const auto fit = static_cast<std::int64_t>(kAheadBytes / tokens / image_bytes);
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
