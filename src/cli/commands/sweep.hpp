// What other commands have swept.
#pragma once

#include <vector>

#include "cli/command.hpp"
#include "job/sweep_file.hpp"

namespace convreel::cli {

/// Every case of the jobs, with manifest and gallery. Throws base::Error as `sweep` does.
void make_sweep(const Session& session, const std::vector<job::SweepJob>& jobs);

}  // namespace convreel::cli
