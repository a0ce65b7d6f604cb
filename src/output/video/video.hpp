// Reels as video through libav: pictures on a clock of whole frames.
#pragma once

#include <memory>

#include "encode/media.hpp"
#include "output/exporter.hpp"

namespace convreel::output {

/// Feeds a writer. Times are rounded to frames from absolute time; a picture that falls between two frames is left out.
[[nodiscard]] std::unique_ptr<RasterExporter> video_exporter(const encode::VideoSettings& settings,
                                                             job::Keyframes keyframes);

/// What the format table's rows point to.
[[nodiscard]] std::unique_ptr<RasterExporter> make_mp4(const Subject&, const paint::Raster&);
[[nodiscard]] std::unique_ptr<RasterExporter> make_webm(const Subject&, const paint::Raster&);
/// Throws Error{usage} for a transparent one in a form that has no transparency.
void check_webm(const job::Output&, const job::Show&);

}  // namespace convreel::output
