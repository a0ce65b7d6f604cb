// A word on every option that was given and changes nothing in a file: never silence.
#pragma once

#include "cli/console.hpp"
#include "job/job.hpp"
#include "job/job_spec.hpp"

namespace convreel::cli {

/// A note a format of `job`'s outputs and a reason. `given` is what a person wrote; a preset's own options are not.
void note_idle_options(const job::JobSpec& given, const job::Job& job, Console& console);

}  // namespace convreel::cli
