#include "data/array.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace convreel::data {

std::string to_text(const Shape& shape) { return fmt::format("[{}]", fmt::join(shape, ", ")); }

bool fits(const Shape& shape, std::int64_t limit) {
  std::int64_t room = limit;
  for (std::int64_t axis : shape) {
    if (axis < 1 || axis > room) return false;
    room /= axis;
  }
  return true;
}

}  // namespace convreel::data
