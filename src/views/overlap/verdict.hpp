// Do products overlap evenly? Along one axis the taps u fall on the residues u·d mod s; an inner cell receives as many
// products as its residue has taps (the checkerboard lesson).
#pragma once

#include <vector>

#include "numerics/layer.hpp"
#include "views/parts/parts.hpp"

namespace convreel::views {

/// One verdict when every axis has the same kernel, stride and dilation, else one an axis.
[[nodiscard]] std::vector<Verdict> overlap_verdicts(const numerics::Layer& layer);

}  // namespace convreel::views
