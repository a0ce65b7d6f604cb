// Vector pages for papers and Beamer.
#pragma once

#include "output/exporter.hpp"

namespace convreel::output {

/// Options: pages=steps|frames|grid, columns, rows.
void write_pdf(const Subject& subject, base::ByteSink& sink);

}  // namespace convreel::output
