// Specs to files: what the layer commands, render and compare share.
#pragma once

#include <functional>
#include <vector>

#include "batch/run_job.hpp"
#include "batch/timings.hpp"
#include "cli/command.hpp"
#include "job/job.hpp"
#include "job/job_spec.hpp"

namespace convreel::cli {

/// The specs as the command line and its files say now; --watch asks again and again.
using ReadSpecs = std::function<std::vector<job::JobSpec>()>;

/// Decides every job before the first is run, so that a mistake in the last is told before a file is touched.
void animate(const Session& session, const ReadSpecs& read);

/// The same for ever, as files change; only jobs whose options or files have changed are made again.
[[noreturn]] void watch_animations(const Session& session, const ReadSpecs& read);

/// Every spec's job; no two of them write one file, and none a file that the line or a spec reads. Throws base::Error.
[[nodiscard]] std::vector<job::Job> decide(const std::vector<job::JobSpec>& specs, const Session& session);

/// Writes the job's files and tells about them; with `several` jobs an error names this one.
std::vector<batch::Written> make_job(const Session& session, const job::JobSpec& spec, const job::Job& job,
                                     bool several, batch::Timings* timings);

}  // namespace convreel::cli
