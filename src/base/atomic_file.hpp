// A file that appears whole or not at all: bytes go to a temporary file beside the target, commit() renames it.
// Knows nothing of what is written.
#pragma once

#include <atomic>
#include <filesystem>
#include <memory>
#include <string>

#include "base/byte_sink.hpp"
#include "base/cancel.hpp"
#include "base/limits.hpp"

namespace convreel::base {

class AtomicFile final : public ByteSink {
 public:
  /// Makes missing folders. Throws Error{run_time} naming the path and the system's reason, and what hold_inside()
  /// throws: whatever is written passes here.
  /// A pipe is waited for until it has a reader, or until `cancel` is requested.
  AtomicFile(std::filesystem::path target, const Limits& limits, const Cancel* cancel = nullptr);
  /// Removes the temporary file when commit() was not reached; an older target stays as it was.
  ~AtomicFile() override;
  AtomicFile(const AtomicFile&) = delete;
  AtomicFile& operator=(const AtomicFile&) = delete;

  using ByteSink::write;
  void write(std::span<const std::uint8_t> bytes) override;
  /// Flushes to disk, keeps the old file's permissions, renames. Throws Error{run_time}.
  void commit();

 private:
  void forget() noexcept;

  std::filesystem::path target_, temporary_;
  std::atomic<const char*>* known_ = nullptr;  ///< where remove_temporaries() finds the temporary file
  const Cancel* cancel_;
  int descriptor_ = -1;
};

/// Where a file of that name is written, links followed: one spelling for one place. Throws Error{run_time} for links
/// in a circle.
[[nodiscard]] std::filesystem::path place_of(const std::filesystem::path& target);

/// For those who end the process without unwinding, a signal handler too: removes the temporary files that are open.
/// Nothing may go on afterwards.
void remove_temporaries() noexcept;

/// Writes all of it. Waits where a pipe is full, but no longer than `cancel` lets it; returns errno, 0 when it was
/// taken.
[[nodiscard]] int write_all(int descriptor, std::span<const std::uint8_t> bytes, const Cancel* cancel);

/// The whole file. Throws Error{impossible} ("no such file", with the path) or when it is larger than that limit.
[[nodiscard]] std::vector<std::uint8_t> read_file(const std::filesystem::path& path, Limit limit,
                                                  const Limits& limits = {});

}  // namespace convreel::base
