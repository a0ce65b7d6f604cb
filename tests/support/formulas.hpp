// A layer's output by its definition, written out four times, each from scratch: what the trace is held to.
#pragma once

#include "numerics/trace.hpp"

namespace convreel::test {

/// Of a convolution: x padded by the mode, copied cell by cell, and then a plain convolution over it.
[[nodiscard]] numerics::Map gathered(const numerics::Trace& trace);
/// Of a transposed one: every input times the kernel onto the full map; then cut out the visible part.
[[nodiscard]] numerics::Map scattered(const numerics::Trace& trace);
/// The article's way: zeros between the inputs, p' around (or cut off), stride 1 with the kernel turned by 180 degrees.
/// `rotate` false is the mistake of leaving the kernel as it is.
[[nodiscard]] numerics::Map zero_inserted(const numerics::Trace& trace, bool rotate = true);
/// Of either without padding modes: the matrix times the input.
[[nodiscard]] numerics::Map through_matrix(const numerics::Trace& trace);

}  // namespace convreel::test
