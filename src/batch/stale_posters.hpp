// A folder that is used again: the stills of cases that are no more.
#pragma once

#include <filesystem>

#include "batch/manifest.hpp"

namespace convreel::batch {

/// Where a case's still lies, relative to the folder.
[[nodiscard]] std::string poster_path(const CaseRecord& record);

/// Removes the stills that the manifest in `folder` of the same name as `planned` has and no case of `planned` will
/// have, unless another manifest there names them. Touches nothing but files that are called as poster_path() calls
/// them. What cannot be removed stays. Throws what hold_inside() throws for their folder.
void remove_stale_posters(const Manifest& planned, const std::filesystem::path& folder, const base::Limits& limits);

}  // namespace convreel::batch
