// A vector still, or the whole story in one file that plays inside <img>.
#pragma once

#include "output/exporter.hpp"

namespace convreel::output {

/// Options: still, animated, text=words|outlines, scheme=auto|fixed.
void write_svg(const Subject& subject, base::ByteSink& sink);

}  // namespace convreel::output
