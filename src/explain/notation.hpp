// One notation for a number of a layer wherever it stands: a cell, a sum, a sentence.
#pragma once

#include "explain/number.hpp"
#include "numerics/trace.hpp"

namespace convreel::explain {

struct Notation {
  NumberStyle input, kernel, output;
};

/// As the grids of the layer's input, kernel and output write theirs (grid_numbers).
[[nodiscard]] Notation notation_of(const numerics::Trace& trace);

}  // namespace convreel::explain
