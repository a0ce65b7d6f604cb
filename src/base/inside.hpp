// Paths that may not lead out of the working folder: what a service's --safe holds to.
#pragma once

#include <filesystem>

#include "base/limits.hpp"

namespace convreel::base {

/// Throws Error{usage} for a path that is absolute, goes up with "..", or leads out through a link, where `limits` are
/// the safe ones. "-" is no path.
void hold_inside(const std::filesystem::path& path, const Limits& limits);

}  // namespace convreel::base
