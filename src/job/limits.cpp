#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "job/resolve_parts.hpp"

namespace convreel::job {

namespace {

using base::Limit;

std::string memory_text(double bytes) {
  constexpr std::array<std::string_view, 6> kUnits = {"bytes", "KB", "MB", "GB", "TB", "PB"};
  std::size_t unit = 0;
  for (; bytes >= 1000 && unit + 1 < kUnits.size(); ++unit) bytes /= 1000;
  return fmt::format("{:.0f} {}", bytes, kUnits[unit]);
}

}  // namespace

std::string size_text(const numerics::Cell& size, int dims) {
  return fmt::format("{}", fmt::join(size.end() - dims, size.end(), "x"));
}

void check_extent(const base::Limits& limits, std::string_view what, std::int64_t planes, const numerics::Cell& size,
                  int dims, Problems& problems) {
  auto values = static_cast<double>(planes);
  for (std::int64_t axis : size) values *= static_cast<double>(axis);
  const std::int64_t longest = *std::max_element(size.begin(), size.end());
  const bool many = values > static_cast<double>(limits[Limit::values]);
  if (!many && longest <= limits[Limit::axis]) return;
  const std::string channels = planes > 1 ? fmt::format(" in {} planes", planes) : std::string{};
  const std::string cells = fmt::format("{} of {} cells{}", what, size_text(size, dims), channels);
  if (many)
    problems.push_back(limits.problem(Limit::values,
                                      fmt::format("{} has {:.0f} values and would take {} of memory", cells, values,
                                                  memory_text(values * sizeof(double))),
                                      values));
  if (longest > limits[Limit::axis])
    problems.push_back(limits.problem(Limit::axis, fmt::format("{} has {} along an axis", cells, longest),
                                      static_cast<double>(longest)));
}

void check_limit(const base::Limits& limits, Limit limit, std::int64_t number, const std::string& subject,
                 Problems& problems) {
  if (number > limits[limit]) problems.push_back(limits.problem(limit, subject, static_cast<double>(number)));
}

void throw_if_any(base::ErrorKind kind, Problems problems) {
  if (!problems.empty()) throw base::Error(kind, std::move(problems));
}

}  // namespace convreel::job
