// JPEG as an exporter: a still for places that take no PNG. Letters keep their edges: colour has all of its resolution.
#pragma once

#include <memory>

#include "output/exporter.hpp"

namespace convreel::output {

/// What the format table's row points to.
[[nodiscard]] std::unique_ptr<RasterExporter> make_jpg(const Subject&, const paint::Raster&);

}  // namespace convreel::output
