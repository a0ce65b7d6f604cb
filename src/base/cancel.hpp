// A request to stop, set from a signal handler and asked for at every frame, step and case.
#pragma once

#include <atomic>
#include <string>

#include "base/error.hpp"

namespace convreel::base {

class Cancel {
 public:
  void request() noexcept { why_.store(Why::asked, std::memory_order_relaxed); }
  /// The time is over: what was given as its limit.
  void expire() noexcept { why_.store(Why::late, std::memory_order_relaxed); }
  void limit_time(long seconds) { seconds_ = seconds; }

  [[nodiscard]] bool requested() const noexcept { return why_.load(std::memory_order_relaxed) != Why::none; }
  /// Throws Error{interrupted} once request() was called, Error{run_time} once expire() was.
  void check() const {
    if (!requested()) return;
    if (why_.load(std::memory_order_relaxed) == Why::asked) throw Error(ErrorKind::interrupted, "interrupted");
    const std::string limit = std::to_string(seconds_);
    throw Error(ErrorKind::run_time, "this took more than " + limit + " s; the limit is " + limit + " s",
                "--limit seconds=NUMBER allows more");
  }

 private:
  enum class Why { none, asked, late };
  std::atomic<Why> why_{Why::none};
  long seconds_ = 0;
  static_assert(std::atomic<Why>::is_always_lock_free, "set from a signal handler");
};

/// The program's own, which its signal handlers set: they take no argument, so it has to be global. Null in a library.
inline std::atomic<Cancel*> cancel_of_process{nullptr};
static_assert(std::atomic<Cancel*>::is_always_lock_free, "read in a signal handler");

/// Long work that is handed no Cancel calls this as it goes, and is stopped as check() stops.
inline void stop_if_cancelled() {
  if (const Cancel* cancel = cancel_of_process.load(std::memory_order_relaxed)) cancel->check();
}

}  // namespace convreel::base
