#include "batch/memory_gate.hpp"

#include <unistd.h>

#include <algorithm>

#include "batch/costs.hpp"
#include "batch/plan.hpp"

namespace convreel::batch {

namespace {

constexpr std::uint64_t kMebi = std::uint64_t{1} << 20;
constexpr double kUsualPixels = 960 * 600;

}  // namespace

MemoryGate::Pass::Pass(MemoryGate& gate, std::uint64_t bytes) : gate_(gate), bytes_(std::min(bytes, gate.budget_)) {
  std::unique_lock lock(gate_.mutex_);
  gate_.freed_.wait(lock, [&] { return gate_.used_ + bytes_ <= gate_.budget_; });
  gate_.used_ += bytes_;
}

MemoryGate::Pass::~Pass() {
  {
    const std::lock_guard lock(gate_.mutex_);
    gate_.used_ -= bytes_;
  }
  gate_.freed_.notify_all();
}

std::uint64_t memory_budget() {
  const auto pages = sysconf(_SC_PHYS_PAGES), page = sysconf(_SC_PAGESIZE);
  const std::uint64_t all =
      pages > 0 && page > 0 ? static_cast<std::uint64_t>(pages) * static_cast<std::uint64_t>(page) : 0;
  return std::max(256 * kMebi, all / 4);
}

std::uint64_t memory_estimate(const job::Job& job, int threads) {
  std::uint64_t bytes = kPlainMemory;
  for (const job::Output& output : job.outputs) {
    const Look look = look_of(job, output);
    const double pixels = look.size ? double(look.size->width) * look.size->height : kUsualPixels;
    bytes += memory_of(output, pixels * look.scale * look.scale, threads);
  }
  return bytes;
}

}  // namespace convreel::batch
