// A job's parameters as text, by the names of the option table: what was written, else what was decided. For file
// names, manifests and galleries.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "job/fields.hpp"
#include "job/job.hpp"
#include "job/job_spec.hpp"

namespace convreel::batch {

using Parameters = std::vector<std::pair<std::string, std::string>>;

/// `spec` is what `job` was resolved from. Empty where the option has no value here (pooling has no groups).
[[nodiscard]] std::optional<std::string> parameter(const job::Field& field, const job::JobSpec& spec,
                                                   const job::Job& job);

/// The layer's options that it has and every other option that was written, in the table's order, outputs left out.
[[nodiscard]] Parameters parameters(const job::JobSpec& spec, const job::Job& job);

}  // namespace convreel::batch
