// Lets as much work in at once as fits a budget of bytes. Work that is larger than the whole budget runs alone.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <mutex>

#include "job/job.hpp"

namespace convreel::batch {

class MemoryGate {
 public:
  explicit MemoryGate(std::uint64_t budget) : budget_(budget) {}

  /// Holds its share of the budget while it lives; its making waits for room.
  class Pass {
   public:
    Pass(MemoryGate& gate, std::uint64_t bytes);
    ~Pass();
    Pass(const Pass&) = delete;
    Pass& operator=(const Pass&) = delete;

   private:
    MemoryGate& gate_;
    std::uint64_t bytes_;
  };

 private:
  std::mutex mutex_;
  std::condition_variable freed_;
  std::uint64_t budget_, used_ = 0;
};

/// What jobs may take together: a quarter of this machine's memory, at least 256 MiB.
[[nodiscard]] std::uint64_t memory_budget();
/// About what making the job's files takes at most (memory_of), with so many threads,
/// before their pictures are laid out.
[[nodiscard]] std::uint64_t memory_estimate(const job::Job& job, int threads);

}  // namespace convreel::batch
