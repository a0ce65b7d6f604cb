// The rows that the matrix view writes: a layer's weights, or an average pooling's 1 / divisor. Knows no places.
#pragma once

#include <cstdint>
#include <vector>

#include "numerics/matrix.hpp"
#include "views/words.hpp"

namespace convreel::views {

/// The entries of a row by ascending column. The layer is a convolution with zero padding, or average pooling.
[[nodiscard]] std::vector<numerics::MatrixEntry> matrix_row(const numerics::Trace& trace, std::int64_t row);
/// Every value that an entry can have, at least once: what the numbers' format and the ramp are made for.
[[nodiscard]] std::vector<double> shown_weights(const numerics::Trace& trace);

}  // namespace convreel::views
