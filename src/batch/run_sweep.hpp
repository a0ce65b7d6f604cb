// Many jobs into one folder: in parallel, one bad case does not stop the rest, what was proven done before is kept, and
// a manifest tells at any moment what is there. A killed run leaves a valid one, at most a second behind.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/cancel.hpp"
#include "base/progress.hpp"
#include "batch/manifest.hpp"
#include "job/job.hpp"
#include "job/job_spec.hpp"

namespace convreel::batch {

/// A case as planned: `record` is complete but for files, seconds and outcome (pending, or impossible with the
/// reasons).
struct SweepCase {
  CaseRecord record;
  job::JobSpec spec;
  std::optional<double> poster_scale;  ///< pixels a scene unit of the gallery's still; none for a case without pictures
};

struct Sweep {
  std::filesystem::path folder;  ///< of manifest, gallery and posters
  std::string digest;            ///< Manifest::sweep
  std::int64_t total = 0;
  std::vector<std::string> axes;
  std::optional<Shard> shard;
  std::vector<SweepCase> cases;  ///< this shard's
};

struct SweepSettings {
  int threads = 0;  ///< 0: all cores. Never changes a byte.
  std::string version;
  bool resume = false;  ///< keep what a manifest in the folder proves done
  bool force = false;   ///< redo all, and replace another sweep's manifest
  base::Limits limits{};
};

/// A case's job anew, called from several threads: holding hundreds of traces would take their memory.
using MakeJob = std::function<job::Job(const job::JobSpec&)>;

/// What was made; cases that failed are in it. `kept` counts those that --resume found done. Throws
/// Error{interrupted}, Error{run_time} when the folder is taken or its manifest cannot be written, Error{usage} when
/// the folder holds another sweep and neither resume nor force is set.
struct SweepResult {
  Manifest manifest;
  std::int64_t kept = 0;
};
[[nodiscard]] SweepResult run_sweep(const Sweep& sweep, const MakeJob& make_job, const SweepSettings& settings,
                                    base::Progress& progress, const base::Cancel& cancel);

}  // namespace convreel::batch
