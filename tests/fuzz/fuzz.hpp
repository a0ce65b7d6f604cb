// What every fuzz target shares. A target is a function of bytes, out of which nothing may come but base::Error:
// libfuzzer.cpp feeds it what libFuzzer invents, corpora_test.cpp the files of its corpus.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/limits.hpp"

namespace convreel::fuzz {

using Bytes = std::span<const std::uint8_t>;

struct Target {
  std::string_view name;
  void (*read)(Bytes);

  void run(Bytes bytes) const {
    try {
      read(bytes);
    } catch (const base::Error&) {  // the one answer to bad input
    }
  }
};

/// Those that are linked into this program.
inline std::vector<Target>& targets() {
  static std::vector<Target> all;
  return all;
}

struct Listed {
  Listed(std::string_view name, void (*read)(Bytes)) { targets().push_back({name, read}); }
};

/// CONVREEL_FUZZ(csv) { read `bytes` } is the target whose corpus lies in corpus/csv.
#define CONVREEL_FUZZ(name)                               \
  static void read_##name(Bytes bytes);                   \
  static const Listed kListed_##name(#name, read_##name); \
  static void read_##name(Bytes bytes)

inline constexpr std::int64_t kLimit = 1 << 16;

/// So small that an input takes no time.
inline base::Limits small_limits() {
  base::Limits limits;
  limits.make_safe();
  limits.set(base::Limit::axis, 256);
  limits.set(base::Limit::values, 1 << 12);
  limits.set(base::Limit::products, 1 << 15);
  limits.set(base::Limit::layers, 8);
  limits.set(base::Limit::cases, 1000);
  return limits;
}

[[nodiscard]] inline std::string_view text_of(Bytes bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// Anything else than base::Error stops the fuzzer and fails the test.
inline void hold(bool kept, const std::string& promise) {
  if (!kept) throw std::logic_error(promise);
}

}  // namespace convreel::fuzz
