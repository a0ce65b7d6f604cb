// Animated GIF: one palette for all pictures, exact while 256 colours suffice.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "output/exporter.hpp"

namespace convreel::output {

struct GifSettings {
  int width = 0, height = 0;
  bool transparent = false;  ///< one bit; partly seen pixels are blended with the matte
  std::uint32_t matte = 0xFFFFFFFF;
  int plays = 0;                      ///< 0: for ever
  int colours = 256;                  ///< at most, 2..256
  int threads = 1;                    ///< never changes a byte
  std::vector<std::uint32_t> wanted;  ///< colours to keep exactly when there are too many
  std::string comment = {};           ///< ASCII
};

[[nodiscard]] std::unique_ptr<RasterExporter> gif_exporter(GifSettings settings);

/// What the format table's row points to.
[[nodiscard]] std::unique_ptr<RasterExporter> make_gif(const Subject&, const paint::Raster&);

}  // namespace convreel::output
