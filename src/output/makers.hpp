// What the rows of the format table point to, one function a format.
#pragma once

#include <memory>

#include "output/exporter.hpp"

namespace convreel::output {

[[nodiscard]] std::unique_ptr<RasterExporter> make_gif(const Subject&, const paint::Raster&);
[[nodiscard]] std::unique_ptr<RasterExporter> make_mp4(const Subject&, const paint::Raster&);
[[nodiscard]] std::unique_ptr<RasterExporter> make_webm(const Subject&, const paint::Raster&);
[[nodiscard]] std::unique_ptr<RasterExporter> make_webp(const Subject&, const paint::Raster&);
[[nodiscard]] std::unique_ptr<RasterExporter> make_apng(const Subject&, const paint::Raster&);
[[nodiscard]] std::unique_ptr<RasterExporter> make_pptx(const Subject&, const paint::Raster&);
[[nodiscard]] std::unique_ptr<RasterExporter> make_png(const Subject&, const paint::Raster&);

void write_json(const Subject&, base::ByteSink&);
void write_txt(const Subject&, base::ByteSink&);
void write_vtt(const Subject&, base::ByteSink&);

}  // namespace convreel::output
