#include "batch/plan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/error.hpp"
#include "output/options.hpp"

namespace convreel::batch {
namespace {

using base::Error;
using base::ErrorKind;

int pixels(const Look& look, int side) { return static_cast<int>(std::lround(side * look.scale)); }

}  // namespace

const output::Format& format_of(const job::Output& output) {
  const output::Format* format = output::format_named(output.format);
  if (!format) throw Error(ErrorKind::usage, fmt::format("{}: unknown format \"{}\"", output.path, output.format));
  return *format;
}

Look look_of(const job::Job& job, const job::Output& output) {
  const output::Format& format = format_of(output);
  Look look;
  const bool smooth_here = job.show.motion ? *job.show.motion == job::Motion::smooth : format.smooth;
  look.smooth = smooth_here && (format.animated || job.show.motion);
  const int fps = output::frame_rate(output, job.show);
  if (look.smooth) look.fps = fps;
  look.sweeps = job.show.pace == job::Pace::teach && !output::shows_every_step(output);
  look.size = job.show.size;
  look.scale = output.options.scale.value_or(look.size ? 1.0 : format.scale);
  look.transparent = job.show.transparent && format.alpha;
  const bool odd = look.size && (pixels(look, look.size->width) % 2 || pixels(look, look.size->height) % 2);
  look.even = odd && format.clock(output) == output::Clock::steady;
  return look;
}

std::vector<Group> plan(const job::Job& job) {
  std::vector<Group> groups;
  for (std::size_t i = 0; i < job.outputs.size(); ++i) {
    const Look look = look_of(job, job.outputs[i]);
    auto group = std::find_if(groups.begin(), groups.end(), [&](const Group& g) { return g.look == look; });
    if (group == groups.end()) group = groups.insert(groups.end(), Group{look, {}});
    group->outputs.push_back(i);
  }
  return groups;
}

paint::Raster raster_of(const Look& look, scene::Size canvas, std::optional<int> aa_levels,
                        const base::Limits& limits) {
  paint::Raster raster =
      look.size ? paint::raster_fitted(canvas, pixels(look, look.size->width), pixels(look, look.size->height), limits)
                : paint::raster_for(canvas, look.scale, limits);
  if (look.even) raster.width += raster.width % 2, raster.height += raster.height % 2;
  raster.transparent = look.transparent;
  raster.aa_levels = aa_levels.value_or(job::kAaLevels);
  return raster;
}

}  // namespace convreel::batch
