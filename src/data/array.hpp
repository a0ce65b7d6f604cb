// Numbers with a shape, as read from a file or a command line, before anybody knows what the axes mean.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace convreel::data {

/// Outermost axis first; every axis at least 1; no axes for a single number.
using Shape = std::vector<std::int64_t>;

struct Array {
  Shape shape;
  std::vector<double> values;  ///< row-major

  bool operator==(const Array&) const = default;
};

/// "[3, 5, 5]".
[[nodiscard]] std::string to_text(const Shape& shape);
/// True when every axis is at least 1 and the product at most `limit`.
[[nodiscard]] bool fits(const Shape& shape, std::int64_t limit);
/// Throws Error{impossible}: `subject` has more than that many values.
[[noreturn]] void refuse_values(std::string_view subject, std::int64_t limit);

}  // namespace convreel::data
