// Three ways to tell how far a job is: a bar that redraws itself, lines for logs, JSON lines for programs. Nothing is
// said about a job that ends within half a second, and never more than ten times a second. Safe from several threads.
#pragma once

#include <chrono>
#include <cstdio>
#include <mutex>
#include <string>

#include "base/progress.hpp"

namespace convreel::cli {

/// Counts, and decides when it is time to speak.
class TimedProgress : public base::Progress {
 public:
  explicit TimedProgress(std::FILE* stream) : stream_(stream) {}
  void start(std::string_view label, std::int64_t total) final;
  void advance(std::int64_t by) final;
  void finish() final;

 protected:
  using Clock = std::chrono::steady_clock;
  struct State {
    std::string label;
    std::int64_t done = 0, total = 0;
    double seconds = 0;
    bool finished = false;
    /// A second, so far; 0 while nothing is done.
    [[nodiscard]] double rate() const;
    /// Seconds left at the rate so far; negative while nothing is known.
    [[nodiscard]] double seconds_left() const;
  };
  /// Called with the lock held.
  virtual void show(const State& state) = 0;
  /// Seconds between two calls of show().
  [[nodiscard]] virtual double interval() const { return 0.1; }
  [[nodiscard]] std::FILE* stream() const { return stream_; }

 private:
  void speak(Clock::time_point now, bool finished);

  std::FILE* stream_;
  std::mutex mutex_;
  State state_;
  Clock::time_point began_, spoke_;
  bool running_ = false, spoken_ = false;
};

class ProgressBar final : public TimedProgress {
 public:
  using TimedProgress::TimedProgress;

 private:
  void show(const State& state) override;
};

class PlainProgress final : public TimedProgress {
 public:
  using TimedProgress::TimedProgress;

 private:
  void show(const State& state) override;
  [[nodiscard]] double interval() const override { return 1.0; }
};

class JsonProgress final : public TimedProgress {
 public:
  using TimedProgress::TimedProgress;

 private:
  void show(const State& state) override;
};

/// One line of at most `columns` characters: label, bar, share, rate and time left after `seconds`.
[[nodiscard]] std::string bar_line(std::string_view label, std::int64_t done, std::int64_t total, double seconds,
                                   int columns);

}  // namespace convreel::cli
