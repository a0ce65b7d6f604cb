// The shards of one sweep become one.
#pragma once

#include <filesystem>

#include "batch/manifest.hpp"

namespace convreel::batch {

/// Reads manifest-K-of-N.json in `folder`, checks that they are parts of one sweep, that none is missing and that every
/// file is what its digest says, and gives the whole sweep's manifest, as one machine would have written it. Throws
/// Error{run_time} with every part that is missing or unfinished.
[[nodiscard]] Manifest merge_shards(const std::filesystem::path& folder, const base::Limits& limits);

}  // namespace convreel::batch
