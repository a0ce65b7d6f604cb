// From words to jobs: a layer command, a TOML file, a preset or a layer as PyTorch prints it, with the flags on top and
// the theme's own defaults below.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/command_line.hpp"
#include "cli/console.hpp"
#include "cli/themes.hpp"
#include "job/job.hpp"
#include "job/job_spec.hpp"

namespace convreel::cli {

/// One spec for a layer word, a file, a layer string; one each for a preset pattern. Throws base::Error naming the
/// source.
[[nodiscard]] std::vector<job::JobSpec> specs_from(std::string_view source, const base::Limits& limits = {});

/// The layers of a mapping as a command has it, with that command's options: "upsample --scale-factor 3".
[[nodiscard]] std::vector<std::string> mapping_layers(std::string_view command, const CommandLine& line);

/// Whether all words together are one stack: after "stack", or a mapping's name.
[[nodiscard]] bool says_stack(const std::vector<std::string>& words);

/// One spec of all words as the layers of a stack; one for each file or preset, which must be stacks, completed by
/// the line. Throws Error{usage}.
[[nodiscard]] std::vector<job::JobSpec> stack_specs(const std::vector<std::string>& words, const CommandLine& line);

/// Every operand's specs, completed by the line.
[[nodiscard]] std::vector<job::JobSpec> specs_of(const CommandLine& line);

/// Theme defaults below `spec`, everything decided, the views checked against the layer, the outputs' formats found.
/// Throws base::Error; touches no file but those that are read.
[[nodiscard]] job::Job job_to_render(const job::JobSpec& spec, Console& console);
/// The same with themes that were read before.
[[nodiscard]] job::Job job_to_render(const job::JobSpec& spec, Themes& themes, Console& console);

/// The layer, its numbers and a view of it, for a terminal: no outputs. Throws base::Error.
[[nodiscard]] job::Job job_to_show(const job::JobSpec& spec);

/// The layer and its numbers only, for explain; of a comparison its layers in their order.
[[nodiscard]] std::vector<job::Job> jobs_to_explain(const job::JobSpec& spec);

/// "deconv2d", "deconv1d" make a note on why that name misleads.
void note_misnomer(std::string_view word, Console& console);

}  // namespace convreel::cli
