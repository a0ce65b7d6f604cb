// Which part of a sweep this process makes. The only reader of a cluster's environment variables.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "batch/manifest.hpp"

namespace convreel::cli {

/// What an environment variable holds; empty when it is not set.
using Environment = std::function<std::optional<std::string>(const char* name)>;
[[nodiscard]] Environment process_environment();

/// "2/4" (from 1), or "auto": a Slurm array's SLURM_ARRAY_TASK_ID counted from its _MIN in steps of _STEP, of _COUNT
/// tasks; or "auto/4": SLURM_ARRAY_TASK_ID as it is (an array 1-4, of which any part may run), else
/// JOB_COMPLETION_INDEX + 1 of a Kubernetes indexed job. Throws Error{usage}.
[[nodiscard]] batch::Shard parse_shard(std::string_view text, const Environment& environment);

}  // namespace convreel::cli
