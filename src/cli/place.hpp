// --for PLACE: the files of a place, and its words with the facts in them.
#pragma once

#include <string>
#include <vector>

#include "batch/run_job.hpp"
#include "job/job.hpp"
#include "job/job_spec.hpp"

namespace convreel::cli {

/// Every output as written after -o; a name without an ending becomes the files of spec's place beside it. Throws
/// Error{usage} when a place was given and no such name, or one that the place cannot read.
[[nodiscard]] std::vector<std::string> placed_outputs(const job::JobSpec& spec);

/// What to paste, for every such name. `spec` has a place; the job that was made of it, and its picture.
[[nodiscard]] std::string snippets(const job::JobSpec& spec, const job::Job& job, const batch::Picture& picture);

}  // namespace convreel::cli
