// What every fuzz target shares: only base::Error may come out.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "base/error.hpp"

namespace convreel::fuzz {

inline constexpr std::int64_t kLimit = 1 << 16;

[[nodiscard]] inline std::string_view text_of(const std::uint8_t* bytes, std::size_t size) {
  return {reinterpret_cast<const char*>(bytes), size};
}

template <class Call>
int expecting_errors(const Call& call) {
  try {
    call();
  } catch (const base::Error&) {  // the one answer to bad input
  }
  return 0;
}

}  // namespace convreel::fuzz
