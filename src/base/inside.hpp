// Paths that may not lead out of the working folder: what a service's --safe holds to.
#pragma once

#include <filesystem>
#include <optional>

#include "base/limits.hpp"

namespace convreel::base {

/// Throws Error{usage} for a path that is absolute, goes up with "..", or leads out through a link, where `limits` are
/// the safe ones. "-" is no path.
void hold_inside(const std::filesystem::path& path, const Limits& limits);

/// Where a chain of links ends, also one that ends nowhere: a file would be made there. Empty for a circle.
[[nodiscard]] std::optional<std::filesystem::path> end_of_links(const std::filesystem::path& path);

}  // namespace convreel::base
