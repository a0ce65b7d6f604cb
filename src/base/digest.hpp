// A fingerprint of bytes: XXH3 with 128 bits (xxHash), fast enough to be taken of every file that is written. It finds
// changed and damaged files; it does not protect against somebody who forges them.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace convreel::base {

/// What `xxhsum -H2` calls the algorithm.
inline constexpr std::string_view kDigestName = "xxh128";

class Digest {
 public:
  Digest();
  ~Digest();
  Digest(const Digest&) = delete;
  Digest& operator=(const Digest&) = delete;

  void update(std::span<const std::uint8_t> bytes);
  void update(std::string_view text);
  /// 32 hexadecimal digits of all bytes so far, as xxhsum prints them.
  [[nodiscard]] std::string hex() const;

 private:
  class State;
  std::unique_ptr<State> state_;
};

[[nodiscard]] std::string digest_of(std::string_view text);

/// A file's size and digest; size 0 and an empty digest when it cannot be read.
struct FileDigest {
  std::uint64_t bytes = 0;
  std::string digest;
};
[[nodiscard]] FileDigest digest_of_file(const std::filesystem::path& path);

}  // namespace convreel::base
