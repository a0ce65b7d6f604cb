// Where an output's bytes go: a file that appears whole, or stdout.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "base/atomic_file.hpp"
#include "base/byte_sink.hpp"
#include "base/digest.hpp"
#include "base/limits.hpp"

namespace convreel::batch {

/// Writes to a descriptor that somebody else opened and will close.
class DescriptorSink final : public base::ByteSink {
 public:
  /// `label` names the descriptor in errors: "stdout".
  DescriptorSink(int descriptor, std::string label, const base::Cancel* cancel = nullptr)
      : descriptor_(descriptor), label_(std::move(label)), cancel_(cancel) {}

  using ByteSink::write;
  /// Throws Error{run_time} with the system's reason; Error{interrupted} when the reader has gone (a closed pipe).
  void write(std::span<const std::uint8_t> bytes) override;

 private:
  int descriptor_;
  std::string label_;
  const base::Cancel* cancel_;
};

/// One output's sink. Counts what it passes on and takes its digest.
class Target final : public base::ByteSink {
 public:
  /// "-" is stdout. A file's folder is made and its temporary file opened at once, so that a folder that cannot be
  /// written is told before anything is painted.
  /// `held`: what goes to stdout waits for commit() too, in memory.
  /// No more bytes than the limit of a file are taken.
  Target(const std::string& path, const base::Limits& limits, const base::Cancel* cancel = nullptr, bool held = false);

  using ByteSink::write;
  void write(std::span<const std::uint8_t> bytes) override;
  /// The file appears, or what was held is passed on. Not reached: an older file stays as it was.
  void commit();
  [[nodiscard]] std::uint64_t bytes() const { return bytes_; }
  [[nodiscard]] std::string digest() const { return digest_.hex(); }

 private:
  std::unique_ptr<base::AtomicFile> file_;
  std::unique_ptr<base::ByteSink> stream_;
  std::unique_ptr<base::MemorySink> held_;
  std::string path_;
  base::Limits limits_;
  std::uint64_t bytes_ = 0;
  base::Digest digest_;
};

}  // namespace convreel::batch
