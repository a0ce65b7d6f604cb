// PowerPoint: a slide with the animation in it, or a slide a step.
#pragma once

#include <memory>

#include "output/exporter.hpp"

namespace convreel::output {

[[nodiscard]] std::unique_ptr<RasterExporter> make_pptx(const Subject&, const paint::Raster&);
/// Throws Error{usage} for options that say nothing beside others.
void check_pptx(const job::Output&, const job::Show&);

}  // namespace convreel::output
