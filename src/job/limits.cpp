#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "job/resolve_parts.hpp"

namespace convreel::job {

namespace {

std::string memory_text(long double bytes) {
  constexpr std::array<std::string_view, 6> kUnits = {"bytes", "KB", "MB", "GB", "TB", "PB"};
  std::size_t unit = 0;
  for (; bytes >= 1000 && unit + 1 < kUnits.size(); ++unit) bytes /= 1000;
  return fmt::format("{:.0f} {}", static_cast<double>(bytes), kUnits[unit]);
}

}  // namespace

std::string size_text(const numerics::Cell& size, int dims) {
  return fmt::format("{}", fmt::join(size.end() - dims, size.end(), "x"));
}

void check_extent(std::string_view what, std::int64_t planes, const numerics::Cell& size, int dims,
                  Problems& problems) {
  long double values = static_cast<long double>(planes);
  for (std::int64_t axis : size) values *= static_cast<long double>(axis);
  const bool long_axis = *std::max_element(size.begin(), size.end()) > kMaxAxis || planes > kMaxMapValues;
  if (!long_axis && values <= static_cast<long double>(kMaxMapValues)) return;
  const std::string channels = planes > 1 ? fmt::format(" in {} planes", planes) : std::string{};
  problems.push_back({fmt::format("{} of {} cells{} would take {} of memory", what, size_text(size, dims), channels,
                                  memory_text(values * sizeof(double))),
                      fmt::format("at most {} cells along an axis and {} values in all", kMaxAxis, kMaxMapValues)});
}

void throw_if_any(base::ErrorKind kind, Problems problems) {
  if (!problems.empty()) throw base::Error(kind, std::move(problems));
}

}  // namespace convreel::job
