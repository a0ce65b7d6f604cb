#include "job/byte_size.hpp"

#include <fmt/format.h>

#include <cmath>
#include <optional>

#include "base/text.hpp"
#include "job/values.hpp"

namespace convreel::job {

namespace {

struct ByteUnit {
  std::string_view ending;  ///< in lower case
  std::int64_t bytes;
};
constexpr std::int64_t kKibi = 1024;
// An ending stands before those that it ends with.
constexpr ByteUnit kByteUnits[] = {{"kib", kKibi},
                                   {"mib", kKibi* kKibi},
                                   {"gib", kKibi* kKibi* kKibi},
                                   {"kb", 1'000},
                                   {"mb", 1'000'000},
                                   {"gb", 1'000'000'000},
                                   {"k", 1'000},
                                   {"m", 1'000'000},
                                   {"g", 1'000'000'000},
                                   {"b", 1},
                                   {"", 1}};
constexpr std::string_view kExamples = "such as 500000, 500k, 10M (thousands) or 10MiB (1024 x 1024)";

/// Not rounded, whatever its sign; empty for what is no number.
std::optional<double> bytes_in(std::string_view text) {
  const std::string small = base::lower(text);
  for (const ByteUnit& unit : kByteUnits) {
    if (!small.ends_with(unit.ending)) continue;
    const auto number =
        base::parse_double(base::trim(std::string_view(small).substr(0, small.size() - unit.ending.size())));
    if (!number || !std::isfinite(*number)) return std::nullopt;
    return *number * static_cast<double>(unit.bytes);
  }
  return std::nullopt;
}

}  // namespace

std::int64_t read_byte_size(std::string_view name, std::string_view text) {
  const auto bytes = bytes_in(base::trim(text));
  if (!bytes) reject(name, "a size in bytes", text, std::string(kExamples));
  if (*bytes < 1) reject(name, "a size of at least one byte", text, std::string(kExamples));
  if (*bytes > static_cast<double>(kMostBytes))
    reject(name, fmt::format("a size of at most {}", print_byte_size(kMostBytes)), text, std::string(kExamples));
  return std::llround(std::floor(*bytes + 1e-6));  // 0.0035k is 3 bytes, and 1.1k is 1100 whatever its double says
}

std::string print_byte_size(std::int64_t bytes) {
  constexpr ByteUnit kPrinted[] = {{"G", 1'000'000'000}, {"M", 1'000'000}, {"k", 1'000}};
  for (const ByteUnit& unit : kPrinted)
    if (bytes % unit.bytes == 0) return fmt::format("{}{}", bytes / unit.bytes, unit.ending);
  return std::to_string(bytes);
}

}  // namespace convreel::job
