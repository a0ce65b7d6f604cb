#include "batch/ledger.hpp"

#include <utility>

namespace convreel::batch {

namespace {
constexpr std::chrono::seconds kInterval{1};
}

Ledger::Ledger(Manifest manifest, std::filesystem::path folder, const base::Limits& limits)
    : manifest_(std::move(manifest)), folder_(std::move(folder)), limits_(limits), written_(Clock::now()) {
  write_manifest(manifest_, folder_, limits_);
}

void Ledger::report(std::size_t place, CaseRecord record) noexcept {
  const std::lock_guard lock(mutex_);
  manifest_.cases[place] = std::move(record);
  if (failure_ || Clock::now() - written_ < kInterval) return;
  try {
    write_manifest(manifest_, folder_, limits_);
    written_ = Clock::now();
  } catch (...) {
    failure_ = std::current_exception();
  }
}

bool Ledger::broken() const {
  const std::lock_guard lock(mutex_);
  return failure_ != nullptr;
}

void Ledger::close() {
  const std::lock_guard lock(mutex_);
  if (failure_) std::rethrow_exception(failure_);
  write_manifest(manifest_, folder_, limits_);
}

}  // namespace convreel::batch
