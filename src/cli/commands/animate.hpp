// Specs to files: what the layer commands and render share.
#pragma once

#include <vector>

#include "cli/command.hpp"
#include "spec/job_spec.hpp"

namespace convreel::cli {

/// Decides every job before the first is run, so that a mistake in the last is told before a file is touched.
void animate(const Session& session, const std::vector<spec::JobSpec>& specs);

}  // namespace convreel::cli
