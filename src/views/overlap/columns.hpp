// The overlap view's two maps as columns of a shelf.
#pragma once

#include "views/overlap/touches.hpp"
#include "views/parts/parts.hpp"
#include "views/view.hpp"

namespace convreel::views {

/// The map whose cells are counted: a transposed layer's sheet before the crop, the others' input.
[[nodiscard]] Column counted_column(const Context& context, const Touches& touches);

/// The map whose cells are the steps: a transposed layer's inputs, the others' outputs.
[[nodiscard]] Column stepping_column(const numerics::Trace& trace);

}  // namespace convreel::views
