// One self-contained page with a player.
#pragma once

#include "output/exporter.hpp"

namespace convreel::output {

/// Options: scheme=auto|fixed.
void write_html(const Subject& subject, base::ByteSink& sink);

}  // namespace convreel::output
