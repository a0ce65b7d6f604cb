// What stands after -o: a path, its format, and options after colons.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "job/job_spec.hpp"
#include "job/output.hpp"

namespace convreel::cli {

/// "a.mp4:scale=2" with or without --format. Throws Error{usage} for an unknown ending or option, with near ones.
[[nodiscard]] job::Output parse_output(std::string_view text, const std::optional<std::string>& format);

/// Every output of `spec`, `{name}` replaced, --still handed to those that take it. Throws Error{usage} when there is
/// none, when two are one file, or for stdout on a terminal.
[[nodiscard]] std::vector<job::Output> outputs_of(const job::JobSpec& spec, std::string_view name);

/// The path with every {name} replaced, slashes in the name by dashes.
[[nodiscard]] std::string name_filled(std::string path, std::string_view name);

/// Paths alone: of outputs, and of a spec whose placeholders are filled.
[[nodiscard]] std::vector<std::string> filled_paths(const job::JobSpec& spec);
[[nodiscard]] std::vector<std::string> paths_of(const std::vector<job::Output>& outputs);

/// Throws Error{usage} when two outputs, of several jobs or of one, would be written to one file.
void refuse_collisions(const std::vector<std::string>& paths, bool several_jobs);

}  // namespace convreel::cli
