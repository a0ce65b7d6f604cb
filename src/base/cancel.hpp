// A request to stop, set from a signal handler and asked for at every frame.
#pragma once

#include <atomic>

#include "base/error.hpp"

namespace convreel::base {

class Cancel {
 public:
  void request() noexcept { requested_.store(true, std::memory_order_relaxed); }
  [[nodiscard]] bool requested() const noexcept { return requested_.load(std::memory_order_relaxed); }
  /// Throws Error{interrupted} once request() was called.
  void check() const {
    if (requested()) throw Error(ErrorKind::interrupted, "interrupted");
  }

 private:
  std::atomic<bool> requested_{false};
  static_assert(std::atomic<bool>::is_always_lock_free, "set from a signal handler");
};

}  // namespace convreel::base
