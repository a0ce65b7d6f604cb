// Key frames as one picture: a.png:strip=6 in a row, a.png:grid=3x4 in three rows of four.
#pragma once

#include <memory>

#include "output/exporter.hpp"

namespace convreel::output {

/// Paints the key frames itself; the frame it is handed only tells that it is time. With --size the whole sheet is
/// fitted into that size. Throws Error{usage} when the sheet would be too large.
[[nodiscard]] std::unique_ptr<RasterExporter> strip_exporter(const Subject& subject, const paint::Raster& raster,
                                                             const job::Grid& form);

}  // namespace convreel::output
