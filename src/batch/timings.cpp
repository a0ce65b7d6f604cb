#include "batch/timings.hpp"

#include <algorithm>

namespace convreel::batch {

void Timings::add(std::string_view stage, Seconds time) {
  const auto found = std::ranges::find(stages_, stage, &std::pair<std::string_view, Seconds>::first);
  if (found == stages_.end())
    stages_.emplace_back(stage, time);
  else
    found->second += time;
}

Timings::Seconds Timings::of(std::string_view stage) const {
  const auto found = std::ranges::find(stages_, stage, &std::pair<std::string_view, Seconds>::first);
  return found == stages_.end() ? Seconds{} : found->second;
}

}  // namespace convreel::batch
