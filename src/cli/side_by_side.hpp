// The layers of a comparison: from the words that name them to traces with subtitles that say what differs.
#pragma once

#include <string>
#include <vector>

#include "job/job_spec.hpp"
#include "numerics/stage.hpp"

namespace convreel::cli {

/// One spec for each layer of `spec.compare`, the layer's own options over those that all share. Throws Error{usage}
/// unless there are two to four, or when an operand names no layer.
[[nodiscard]] std::vector<job::JobSpec> compared_specs(const job::JobSpec& spec);

/// What tells each layer from the others: what it is where that differs, the chips whose values do, and the output's
/// size.
[[nodiscard]] std::vector<std::string> subtitles(const std::vector<const numerics::Layer*>& layers);
/// The same of a stack: its layers, its output and what it costs.
[[nodiscard]] std::string subtitle(const std::vector<numerics::Stage>& stack);

/// True when one of the layers is a stack: then all of them are shown as stacks.
[[nodiscard]] bool compares_stacks(const std::vector<job::JobSpec>& specs);

}  // namespace convreel::cli
