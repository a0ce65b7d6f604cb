#include "data/array.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/error.hpp"

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

void refuse_values(std::string_view subject, std::int64_t limit) {
  throw base::Error(base::ErrorKind::impossible,
                    fmt::format("{}: more than {} values; the limit is {}", subject, limit, limit),
                    "--limit values=NUMBER allows more");
}

}  // namespace convreel::data
