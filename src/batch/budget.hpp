// What a file gives up to stay within --max-bytes, in what order, and when there is nothing left. Paints and writes
// nothing: it is told how large each attempt became.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "job/job.hpp"

namespace convreel::batch {

/// What one attempt gives up against what was asked for; nothing at first.
struct Rung {
  std::optional<int> aa_levels, fps, crf;
  double shrink = 1;  ///< factor on the sides in pixels
  bool operator==(const Rung&) const = default;
};

/// From the best pictures to the fewest bytes. Whatever somebody chose is on no rung.
[[nodiscard]] std::vector<Rung> ladder(const job::Job& job, const job::Output& output);

/// The output as one would ask for that rung; its steps of coverage are the job's matter.
[[nodiscard]] job::Output lowered(const job::Job& job, const job::Output& output, const Rung& rung);

/// The fewest steps of coverage; and of a picture that has been shrunk, whose small letters fewer would break.
inline constexpr int kLeastLevels = 2, kLeastLevelsShrunk = 5;

/// One output's way down its ladder. References outlive it.
class Budget {
 public:
  Budget(const job::Job& job, const job::Output& output, std::int64_t limit);

  /// An attempt was painted with `aa_levels` and has so many bytes (numbered files: the largest). The rung to try next;
  /// empty when it fits, or when nothing is left.
  [[nodiscard]] std::optional<Rung> after(std::uint64_t bytes, int aa_levels);
  [[nodiscard]] bool met() const { return last_ <= limit_; }

  /// What was given up, as options that one may type; empty when nothing was.
  [[nodiscard]] std::string note() const;
  /// Why there is no file.
  [[nodiscard]] base::Problem problem() const;

 private:
  [[nodiscard]] bool repeats(const Rung& rung) const;
  [[nodiscard]] bool hopeless(const Rung& rung) const;

  const job::Job& job_;
  const job::Output& output_;
  std::uint64_t limit_;
  std::vector<Rung> ladder_;
  std::size_t next_ = 0;
  Rung rung_;
  int aa_levels_ = job::kAaLevels;  ///< of the last attempt
  std::uint64_t first_ = 0, last_ = 0, smallest_ = 0;
};

}  // namespace convreel::batch
