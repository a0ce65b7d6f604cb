// --for PLACE: which files a place wants, and what to paste there.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "batch/run_job.hpp"
#include "job/job.hpp"
#include "job/job_spec.hpp"

namespace convreel::cli {

/// What a snippet speaks of.
struct Placed : batch::Picture {
  std::string stem;  ///< "talk/conv", the files' path without its ending
  double steps_a_second = 1;
};

struct Place {
  std::string_view name;
  std::span<const std::string_view> files;  ///< what follows the stem: ".mp4:scale=2"
  std::string (*snippet)(const Placed&) = nullptr;
};

[[nodiscard]] std::span<const Place> places();

/// Every output as written after -o; a name without an ending becomes the files of spec's place beside it. Throws
/// Error{usage} when a place was given and no such name, or one that the place cannot read.
[[nodiscard]] std::vector<std::string> placed_outputs(const job::JobSpec& spec);

/// What to paste, for every such name. `spec` has a place; the job that was made of it, and its picture.
[[nodiscard]] std::string snippets(const job::JobSpec& spec, const job::Job& job, const batch::Picture& picture);

}  // namespace convreel::cli
