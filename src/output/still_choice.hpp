// Which picture of a reel a still shows.
#pragma once

#include <cstdint>
#include <string_view>

#include "output/exporter.hpp"

namespace convreel::output {

/// The shot that `choice` ("first", "last" or a step counted from 1) names. Steps are those of the whole layer, so that
/// --steps 3..7 with --still 3 shows the first one kept. Throws Error{usage} with the steps that there are.
[[nodiscard]] std::int64_t still_shot(const views::Reel& reel, const job::Show& show, std::string_view choice);

/// The same with option `still`; the finished result when it is not given.
[[nodiscard]] std::int64_t still_shot(const Subject& subject);

}  // namespace convreel::output
