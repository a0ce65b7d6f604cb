// Reels as video through libav: pictures on a clock of whole frames.
#pragma once

#include <memory>

#include "encode/media.hpp"
#include "output/exporter.hpp"

namespace convreel::output {

/// Feeds a writer. Times are rounded to frames from absolute time; a picture that falls between two frames is left out.
[[nodiscard]] std::unique_ptr<RasterExporter> video_exporter(const encode::VideoSettings& settings);

}  // namespace convreel::output
