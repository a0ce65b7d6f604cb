#include "batch/costs.hpp"

#include <fmt/format.h>

#include <chrono>
#include <cmath>

#include "base/error.hpp"
#include "base/limits.hpp"
#include "batch/stills.hpp"

namespace convreel::batch {

namespace {

using base::Limit;

/// Pictures that stand still are repeated at a steady clock: an hour of one is 90,000 frames at 25 a second.
double pictures_of(const job::Job& job, const job::Output& output, const Look& look, const views::Reel& reel) {
  if (is_numbered(output.path))
    return static_cast<double>(numbered_shots(reel, look.smooth || job.show.predict).size());
  switch (format_of(output).clock(output)) {
    case output::Clock::none:
      return output::option_named(output, "pages") ? static_cast<double>(reel.stills().size()) : 1;
    case output::Clock::steady:
      return std::ceil(std::chrono::duration<double>(reel.length()).count() * output::frame_rate(output, job.show));
    case output::Clock::pictures:
    case output::Clock::times:
      break;
  }
  return static_cast<double>(reel.size());
}

}  // namespace

std::uint64_t memory_of(const job::Output& output, double pixels, int threads) {
  const output::Format& format = format_of(output);
  return (format.memory ? format.memory(output) : output::Memory{}).bytes(pixels, threads);
}

void hold_pictures(const job::Job& job, const job::Output& output, const Look& look, const views::Reel& reel) {
  if (!output::draws(output)) return;
  const double pictures = pictures_of(job, output, look, reel);
  job.limits.hold(Limit::frames, pictures, fmt::format("{} would hold {:.0f} pictures", output.path, pictures));
}

void hold_memory(const job::Job& job, const std::vector<job::Output>& together, const paint::Raster& raster,
                 int threads) {
  const double pixels = static_cast<double>(raster.width) * raster.height;
  std::uint64_t memory = kPlainMemory;
  for (const job::Output& output : together) {
    memory += memory_of(output, pixels, threads);
    job.limits.hold(Limit::memory, static_cast<double>(memory),
                    fmt::format("{} of {}x{} pixels would take about {} of memory", output.path, raster.width,
                                raster.height, base::limit_text(base::Unit::bytes, static_cast<std::int64_t>(memory))));
  }
}

}  // namespace convreel::batch
