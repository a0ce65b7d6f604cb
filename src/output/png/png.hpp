// PNG as an exporter, see png_image.hpp for the picture itself.
#pragma once

#include <memory>

#include "output/exporter.hpp"
#include "output/png/image.hpp"

namespace convreel::output {

[[nodiscard]] std::unique_ptr<RasterExporter> png_exporter(bool alpha, PngText text);

/// What the format table's row points to.
[[nodiscard]] std::unique_ptr<RasterExporter> make_png(const Subject&, const paint::Raster&);

/// Throws Error{usage} for a strip or grid beside what contradicts it.
void check_png(const job::Output&, const job::Show&);

}  // namespace convreel::output
