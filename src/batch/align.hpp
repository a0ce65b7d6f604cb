// How large a job's cells come out when nobody says, so that a sweep can use one size for all.
#pragma once

#include <optional>

#include "job/job.hpp"

namespace convreel::batch {

/// The smallest cell of the finished picture in scene units, as --cell takes it; none when its views draw no cells.
[[nodiscard]] std::optional<int> cell_size(const job::Job& job);

}  // namespace convreel::batch
