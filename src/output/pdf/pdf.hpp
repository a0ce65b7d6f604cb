// Vector pages for papers and Beamer.
#pragma once

#include "output/exporter.hpp"

namespace convreel::output {

/// Options: pages=steps|frames|grid, columns, rows.
void write_pdf(const Subject& subject, base::ByteSink& sink);
/// Throws Error{usage} for columns and rows without pages=grid.
void check_pdf(const job::Output&, const job::Show&);

}  // namespace convreel::output
