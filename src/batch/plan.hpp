// Which outputs share painted frames: those that agree in motion, frame rate, size and transparency. Pure; paints
// nothing.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "job/job.hpp"
#include "output/formats.hpp"
#include "paint/painter.hpp"
#include "scene/geometry.hpp"
#include "story/storyboard.hpp"

namespace convreel::batch {

/// All that decides a pixel besides the job itself.
struct Look {
  bool smooth = false;
  int fps = 0;       ///< 0 where nothing glides, so that the rate does not part equal pictures
  double scale = 1;  ///< pixels a scene unit, or a factor on `size`
  std::optional<job::PixelSize> size;
  bool transparent = false;
  bool sweeps = false;  ///< a tempo of the story that shows many steps together
  bool even = false;  ///< a video of an odd `size`: a line of background is added, for its colours stand for 2x2 pixels

  bool operator==(const Look&) const = default;
  [[nodiscard]] story::Pace pace() const { return {smooth, fps ? fps : story::Pace{}.fps, sweeps}; }
};

/// The outputs (indices into job.outputs) that one painting serves.
struct Group {
  Look look;
  std::vector<std::size_t> outputs;
};

/// The format's row of an output whose format was resolved. Throws Error{usage} when it is not in the table.
[[nodiscard]] const output::Format& format_of(const job::Output& output);

[[nodiscard]] Look look_of(const job::Job& job, const job::Output& output);

/// Groups in the order in which their first output was given.
[[nodiscard]] std::vector<Group> plan(const job::Job& job);

/// Throws base::Error when the picture would be too large to paint.
[[nodiscard]] paint::Raster raster_of(const Look& look, scene::Size canvas, std::optional<int> aa_levels,
                                      const base::Limits& limits = {});

}  // namespace convreel::batch
