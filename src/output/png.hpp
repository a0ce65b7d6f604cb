// PNG as an exporter, see png_image.hpp for the picture itself.
#pragma once

#include <memory>

#include "output/exporter.hpp"
#include "output/png_image.hpp"

namespace convreel::output {

[[nodiscard]] std::unique_ptr<RasterExporter> png_exporter(bool alpha, PngText text);

}  // namespace convreel::output
