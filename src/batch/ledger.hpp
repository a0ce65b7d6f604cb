// The manifest while a sweep runs: workers report cases, the file is renewed about once a second and at the end.
#pragma once

#include <chrono>
#include <exception>
#include <filesystem>
#include <mutex>

#include "batch/manifest.hpp"

namespace convreel::batch {

class Ledger {
 public:
  /// Writes the manifest at once, so that a folder that cannot be written is told before anything is made.
  Ledger(Manifest manifest, std::filesystem::path folder, const base::Limits& limits);

  /// Replaces case number `place` of the manifest. Safe from several threads; never throws.
  void report(std::size_t place, CaseRecord record) noexcept;
  /// True once the manifest could not be written: nothing made from then on could be proven.
  [[nodiscard]] bool broken() const;
  /// Writes what is known. Throws what writing threw, now or before.
  void close();
  [[nodiscard]] const Manifest& manifest() const { return manifest_; }

 private:
  using Clock = std::chrono::steady_clock;

  mutable std::mutex mutex_;
  Manifest manifest_;
  std::filesystem::path folder_;
  base::Limits limits_;
  Clock::time_point written_;
  std::exception_ptr failure_;
};

}  // namespace convreel::batch
