// Animated outputs that one painting serves: every frame goes to the survey of those that want one and to the file of
// the others, and edges become coarser where a palette is too small.
#pragma once

#include <vector>

#include "base/byte_sink.hpp"
#include "base/cancel.hpp"
#include "base/progress.hpp"
#include "batch/timings.hpp"
#include "output/exporter.hpp"

namespace convreel::batch {

/// References outlive the call.
struct MovingOutput {
  output::Subject about;
  base::ByteSink& sink;
  int coarsest;  ///< a palette may not ask for fewer steps of coverage
};

/// Who hears how it goes.
struct Watchers {
  Timings* timings = nullptr;
  base::Progress& progress;
  const base::Cancel& cancel;
};

/// Writes all of them; they are of one reel. The steps of coverage that each was painted with in the end.
std::vector<int> write_moving(const std::vector<MovingOutput>& outputs, const paint::Raster& raster,
                              const Watchers& watchers);

}  // namespace convreel::batch
