// Rows of palette indices, eight at a time where they can be: most of an animation's pixels are as they were, and most
// neighbours are of one colour.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace convreel::output {

[[nodiscard]] inline std::uint64_t eight_bytes(const std::uint8_t* from) {
  std::uint64_t bytes = 0;
  std::memcpy(&bytes, from, sizeof bytes);
  return bytes;
}

/// How many of the eight bytes, in their order in memory, are zero before the first that is not; `bits` is not 0.
[[nodiscard]] inline std::size_t leading_zero_bytes(std::uint64_t bits) {
  static_assert(std::endian::native == std::endian::little || std::endian::native == std::endian::big);
  const int zeros = std::endian::native == std::endian::little ? std::countr_zero(bits) : std::countl_zero(bits);
  return static_cast<std::size_t>(zeros) / 8;
}

/// The first place from `at` on where a[place] != b[place]; `end` when there is none.
[[nodiscard]] inline std::size_t first_difference(const std::uint8_t* a, const std::uint8_t* b, std::size_t at,
                                                  std::size_t end) {
  for (; at + 8 <= end; at += 8)
    if (const std::uint64_t bits = eight_bytes(a + at) ^ eight_bytes(b + at)) return at + leading_zero_bytes(bits);
  while (at < end && a[at] == b[at]) ++at;
  return at;
}

/// The first place from `at` on where bytes[place] is not `value`; `end` when there is none.
[[nodiscard]] inline std::size_t end_of_run(const std::uint8_t* bytes, std::uint8_t value, std::size_t at,
                                            std::size_t end) {
  const std::uint64_t eight = value * std::uint64_t{0x0101010101010101};
  for (; at + 8 <= end; at += 8)
    if (const std::uint64_t bits = eight_bytes(bytes + at) ^ eight) return at + leading_zero_bytes(bits);
  while (at < end && bytes[at] == value) ++at;
  return at;
}

}  // namespace convreel::output
