#include "output/still_choice.hpp"

#include <fmt/format.h>

#include <vector>

#include "base/error.hpp"

namespace convreel::output {

namespace {

std::int64_t step_shot(const views::Reel& reel, std::int64_t first_step, std::int64_t step) {
  const std::vector<std::int64_t> stills = reel.stills();
  const std::size_t main = reel.moment(stills.back()).cursor.chapter;
  std::int64_t last_step = first_step;
  for (const std::int64_t shot : stills) {
    const story::Cursor cursor = reel.moment(shot).cursor;
    if (cursor.chapter != main || cursor.finished) continue;
    if (cursor.beat + first_step >= step && step >= first_step) return shot;  // it may be gone through with others
    last_step = cursor.beat + first_step;
  }
  throw base::Error(base::ErrorKind::usage,
                    fmt::format("--still {}: this animation shows steps {} to {}", step, first_step, last_step),
                    "give one of them, or first, or last");
}

}  // namespace

std::int64_t still_shot(const views::Reel& reel, const job::Show& show, std::int64_t choice) {
  if (choice == job::kFirstStill) return reel.stills().front();
  if (choice == job::kLastStill) return reel.stills().back();
  return step_shot(reel, show.steps ? show.steps->first : 1, choice);
}

std::int64_t still_shot(const Subject& subject) {
  return still_shot(subject.reel, subject.job.show, subject.output.options.still);
}

}  // namespace convreel::output
