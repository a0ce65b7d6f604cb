// Values as Python writes them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "numerics/layer.hpp"

namespace convreel::explain {

/// "(3, 3)", "(3,)": the axes in use.
[[nodiscard]] std::string python_tuple(const numerics::Cell& value, int dims);
/// "[3, 3]".
[[nodiscard]] std::string python_list(const numerics::Cell& value, int dims);
/// One number where the axes agree, else a tuple.
[[nodiscard]] std::string python_sizes(const numerics::Cell& value, int dims);
/// "(1, 1), (0, 2)": begin and end of every axis.
[[nodiscard]] std::string python_pairs(const numerics::Padding& padding, int dims);
/// "5", "-0.25", "float(\"inf\")": reads back as the same double.
[[nodiscard]] std::string python_number(double value);
/// "True", "False".
[[nodiscard]] constexpr std::string_view python_bool(bool value) { return value ? "True" : "False"; }
/// Nested lists of that shape, a row a line; lines but the first begin with `indent` spaces.
[[nodiscard]] std::string python_array(const std::vector<double>& values, const std::vector<std::int64_t>& shape,
                                       std::size_t indent);
/// F.pad's widths, the last axis first: "1, 1, 0, 2".
[[nodiscard]] std::string torch_widths(const numerics::Padding& padding, int dims);

}  // namespace convreel::explain
