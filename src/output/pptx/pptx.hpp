// PowerPoint: a slide with the animation in it, or a slide a step.
#pragma once

#include <memory>

#include "output/exporter.hpp"

namespace convreel::output {

[[nodiscard]] std::unique_ptr<RasterExporter> make_pptx(const Subject&, const paint::Raster&);

}  // namespace convreel::output
