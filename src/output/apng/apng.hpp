// Animated PNG: libpng compresses the changed rectangle of each picture, the animation's own chunks are added here.
// Exact, with the true duration of the last picture.
#pragma once

#include <memory>

#include "output/exporter.hpp"
#include "output/png/png.hpp"

namespace convreel::output {

struct ApngSettings {
  int width = 0, height = 0;
  bool alpha = false;
  int plays = 0;  ///< 0: for ever
  PngText text;
};

[[nodiscard]] std::unique_ptr<RasterExporter> apng_exporter(ApngSettings settings);

/// What the format table's row points to.
[[nodiscard]] std::unique_ptr<RasterExporter> make_apng(const Subject&, const paint::Raster&);

}  // namespace convreel::output
