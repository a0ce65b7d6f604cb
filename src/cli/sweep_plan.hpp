// From words to a sweep: every case decided, named and checked before anything is made.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "batch/run_sweep.hpp"
#include "cli/command_line.hpp"
#include "cli/console.hpp"
#include "job/sweep_file.hpp"

namespace convreel::cli {

struct SweepPlan {
  batch::Sweep sweep;  ///< all cases, also those of other shards
  /// What each case reads (data, themes, the sweep file), for --deps; in the order of sweep.cases.
  std::vector<std::vector<std::string>> sources;
};

/// Jobs with their axes from SPEC words, flags, -L, -P, --zip and --cases. `sources` gets the files that say so.
[[nodiscard]] std::vector<job::SweepJob> sweep_jobs(const CommandLine& line, std::vector<std::string>& sources);

/// Throws base::Error for what no case can mend: an unknown axis, an output without a format, two cases for one file;
/// with --strict also for the first impossible case. An impossible case is otherwise in the plan with its reasons.
[[nodiscard]] SweepPlan plan_sweep(const CommandLine& line, Console& console);
/// The same of jobs that are known; `sources` is what every case reads.
[[nodiscard]] SweepPlan plan_sweep(const CommandLine& line, const std::vector<job::SweepJob>& jobs,
                                   const std::vector<std::string>& sources, Console& console);

/// What belongs to the whole: manifest and gallery, and what the line asks for.
[[nodiscard]] std::vector<std::string> sweep_files(const CommandLine& line, const std::filesystem::path& folder);

/// The table of --dry-run: number, varied options, output size, files; or why a case is impossible.
[[nodiscard]] std::string table_of(const batch::Sweep& sweep);
/// One command a line that makes that case alone; impossible cases are left out.
[[nodiscard]] std::string commands_of(const batch::Sweep& sweep);
/// Rules of make: a case's files depend on what it reads.
[[nodiscard]] std::string make_rules(const SweepPlan& plan);

}  // namespace convreel::cli
