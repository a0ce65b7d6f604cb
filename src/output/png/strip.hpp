// Key frames as one picture: a.png:strip=6 on a page, a.png:grid=3x4 in three rows of four.
#pragma once

#include <memory>
#include <optional>

#include "output/exporter.hpp"

namespace convreel::output {

/// `columns` empty: as many as fit a page. Paints the key frames itself; the frame it is handed only tells that it is
/// time. With --size the whole sheet is fitted into that size. Throws Error{usage} when the sheet would be too large.
[[nodiscard]] std::unique_ptr<RasterExporter> strip_exporter(const Subject& subject, const paint::Raster& raster,
                                                             int pictures, std::optional<int> columns);

}  // namespace convreel::output
