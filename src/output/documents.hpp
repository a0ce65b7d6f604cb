// What the rows of vector documents in the format table point to.
#pragma once

#include "output/exporter.hpp"

namespace convreel::output {

/// Options: still, animated, text=words|outlines, scheme=auto|fixed.
void write_svg(const Subject& subject, base::ByteSink& sink);
/// Options: scheme=auto|fixed.
void write_html(const Subject& subject, base::ByteSink& sink);
/// Options: pages=steps|frames|grid, columns, rows.
void write_pdf(const Subject& subject, base::ByteSink& sink);

}  // namespace convreel::output
