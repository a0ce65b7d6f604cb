// What a job reads, and what decides its files' bytes: for --deps, --resume and --watch.
#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "cli/command_line.hpp"
#include "job/job.hpp"
#include "job/job_spec.hpp"

namespace convreel::cli {

/// Whether an operand is a file's name rather than a layer's, a preset's or a layer as PyTorch prints it.
[[nodiscard]] bool names_job_file(std::string_view operand);

/// Files that the options name: numbers, a theme, and those of the layers that are compared. They may be missing.
[[nodiscard]] std::vector<std::string> files_read(const job::JobSpec& spec);

/// Those of all specs, and the job files among the line's words: what --watch follows and no output may write over.
[[nodiscard]] std::set<std::filesystem::path> files_read(const CommandLine& line,
                                                         const std::vector<job::JobSpec>& specs);

/// Every written option but outputs, a line each.
[[nodiscard]] std::string options_text(const job::JobSpec& spec);

/// A digest of all that decides the bytes: options, outputs, what the files they name hold, the theme, this version.
[[nodiscard]] std::string fingerprint_of(const job::JobSpec& spec, const job::Job& job);

}  // namespace convreel::cli
