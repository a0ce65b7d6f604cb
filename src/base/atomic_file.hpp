// A file that appears whole or not at all: bytes go to a temporary file beside the target, commit() renames it.
// Knows nothing of what is written.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "base/byte_sink.hpp"

namespace convreel::base {

class AtomicFile final : public ByteSink {
 public:
  /// Makes missing folders. Throws Error{run_time} naming the path and the system's reason.
  explicit AtomicFile(std::filesystem::path target);
  /// Removes the temporary file when commit() was not reached; an older target stays as it was.
  ~AtomicFile() override;
  AtomicFile(const AtomicFile&) = delete;
  AtomicFile& operator=(const AtomicFile&) = delete;

  using ByteSink::write;
  void write(std::span<const std::uint8_t> bytes) override;
  /// Flushes to disk, keeps the old file's permissions, renames. Throws Error{run_time}.
  void commit();

 private:
  std::filesystem::path target_, temporary_;
  int descriptor_ = -1;
};

/// The whole file, at most `limit` bytes. Throws Error{impossible} ("no such file", with the path) or when it is
/// larger.
[[nodiscard]] std::vector<std::uint8_t> read_file(const std::filesystem::path& path, std::uint64_t limit);

}  // namespace convreel::base
