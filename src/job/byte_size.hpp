// Sizes of files as people write them: 500000, 500k, 2M, 10MB; thousands, or 1024s where it says KiB.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace convreel::job {

/// Whole bytes, at least one and at most kMostBytes. `name` is the option's, for messages. Throws Error{usage}.
[[nodiscard]] std::int64_t read_byte_size(std::string_view name, std::string_view text);
/// Exact, with the largest unit of thousands that leaves no fraction: "500k", "1048576".
[[nodiscard]] std::string print_byte_size(std::int64_t bytes);

inline constexpr std::int64_t kMostBytes = 1'000'000'000'000'000;

}  // namespace convreel::job
