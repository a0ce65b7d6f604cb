// Sizes, strides and padding as words.
#pragma once

#include <string>

#include "numerics/trace.hpp"

namespace convreel::explain {

/// "5×7", "5"; the axes the layer uses.
[[nodiscard]] std::string size_text(const numerics::Cell& size, int dims);
/// "5×7"; with its channels where there are several: "3×5×7".
[[nodiscard]] std::string map_text(std::int64_t channels, const numerics::Cell& size, int dims);
[[nodiscard]] inline std::string map_text(const numerics::Map& map, int dims) {
  return map_text(map.channels, map.size, dims);
}
/// One number when all used axes agree ("2"), else "2×1".
[[nodiscard]] std::string per_axis_text(const numerics::Cell& value, int dims);
/// "1", "1×2" (rows×columns) or, asymmetric, "top 0, bottom 1, left 0, right 1".
[[nodiscard]] std::string padding_text(const numerics::Padding& padding, int dims);

}  // namespace convreel::explain
