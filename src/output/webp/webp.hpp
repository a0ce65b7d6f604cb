// Lossless animated WebP by libwebp's own animation encoder: exact, with alpha and the true duration of the last
// picture.
#pragma once

#include <memory>

#include "output/exporter.hpp"

namespace convreel::output {

struct WebpSettings {
  int width = 0, height = 0;
  bool alpha = false;
  int plays = 0;            ///< 0: for ever
  int effort = 3;           ///< 0..9, libwebp's lossless levels
  std::string rights = {};  ///< said in XMP; empty: none
};

[[nodiscard]] std::unique_ptr<RasterExporter> webp_exporter(const WebpSettings& settings);

/// What the format table's row points to.
[[nodiscard]] std::unique_ptr<RasterExporter> make_webp(const Subject&, const paint::Raster&);

}  // namespace convreel::output
