// A sweep file: a lecture's worth of jobs with their axes. An ordinary job file is a sweep of one.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "job/job_spec.hpp"
#include "job/sweep.hpp"

namespace convreel::job {

/// One job and what is varied of it.
struct SweepJob {
  JobSpec spec;
  std::vector<Dimension> dimensions;
};

/// Reads the CSV file that `cases` names (already put beside the sweep file) and says its text.
using ReadText = std::function<std::string(const std::string& path)>;

/// Top-level options are defaults of every [[job]]; without one the file is one job. `[axes]` (or `axes = {...}` of a
/// job, which replaces axes of the same name) holds lists, or ranges as text: "0..3". `zip = true` takes them in step.
/// `cases = "rows.csv"` or [[case]] tables add rows. Throws Error{impossible} with file, line and column.
[[nodiscard]] std::vector<SweepJob> from_sweep_toml(std::string_view text, std::string_view label,
                                                    std::string_view folder, const ReadText& read_text,
                                                    const base::Limits& limits = {});

}  // namespace convreel::job
