// Which picture of a reel a still shows.
#pragma once

#include <cstdint>

#include "output/exporter.hpp"

namespace convreel::output {

/// The shot that `choice` (a step counted from 1, job::kFirstStill or kLastStill) names. Steps are those of the whole
/// layer, so that
/// --steps 3..7 with --still 3 shows the first one kept. Throws Error{usage} with the steps that there are.
[[nodiscard]] std::int64_t still_shot(const views::Reel& reel, const job::Show& show, std::int64_t choice);

/// The same with the output's option.
[[nodiscard]] std::int64_t still_shot(const Subject& subject);

}  // namespace convreel::output
