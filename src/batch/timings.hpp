// Where a run's time went: seconds a stage, in the order in which stages were first met. For people only; no file ever
// depends on it.
#pragma once

#include <chrono>
#include <string_view>
#include <utility>
#include <vector>

namespace convreel::batch {

class Timings {
 public:
  using Seconds = std::chrono::duration<double>;

  /// `stage` outlives this.
  void add(std::string_view stage, Seconds time);
  [[nodiscard]] const std::vector<std::pair<std::string_view, Seconds>>& stages() const { return stages_; }
  [[nodiscard]] Seconds of(std::string_view stage) const;

  /// Does the work and notes its time; a null `timings` notes nothing.
  template <typename Work>
  static decltype(auto) during(Timings* timings, std::string_view stage, Work&& work) {
    const Lap lap(timings, stage);
    return work();
  }

 private:
  using Clock = std::chrono::steady_clock;

  class Lap {
   public:
    Lap(Timings* timings, std::string_view stage) : timings_(timings), stage_(stage), begin_(Clock::now()) {}
    ~Lap() {
      if (timings_) timings_->add(stage_, Clock::now() - begin_);
    }
    Lap(const Lap&) = delete;
    Lap& operator=(const Lap&) = delete;

   private:
    Timings* timings_;
    std::string_view stage_;
    Clock::time_point begin_;
  };

  std::vector<std::pair<std::string_view, Seconds>> stages_;
};

}  // namespace convreel::batch
