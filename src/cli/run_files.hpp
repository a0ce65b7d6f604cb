// The files of one run: each is written once, and none that is read.
#pragma once

#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace convreel::cli {

/// Two of the paths that may lead to one file, by index: other spellings, links, a numbered path and one of its
/// numbers.
[[nodiscard]] std::optional<std::pair<std::size_t, std::size_t>> one_file(const std::vector<std::string>& paths);

/// Throws Error{usage} when a file that is read would be written.
void refuse_overwriting(const std::vector<std::string>& written, const std::set<std::filesystem::path>& read);

}  // namespace convreel::cli
