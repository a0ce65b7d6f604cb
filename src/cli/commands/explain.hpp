// What `explain` prints of jobs, for other commands that say what they have.
#pragma once

#include <vector>

#include "cli/command.hpp"
#include "job/job_spec.hpp"

namespace convreel::cli {

/// The arithmetic in words, or with --json as the trace without its bulk.
void explain_specs(const Session& session, const std::vector<job::JobSpec>& specs);

}  // namespace convreel::cli
