// The options that belong to the program rather than to a job: what to print, how many threads. A job's own options are
// job::fields().
#pragma once

#include <span>
#include <string_view>

namespace convreel::cli {

struct Option {
  std::string_view name;  ///< "jobs"
  char short_name = 0;
  std::string_view value;  ///< "N"; empty for a switch
  std::string_view help;
  std::string_view fallback;                  ///< the default, in words
  std::span<const std::string_view> choices;  ///< closed sets
  bool repeats = false;                       ///< may be given several times
};

/// Options that every command takes.
[[nodiscard]] std::span<const Option> general_options();
/// `--json`, of the commands that print facts.
[[nodiscard]] const Option& json_option();
/// What the commands that write files take, to go on as files change.
[[nodiscard]] std::span<const Option> watch_options();
/// What only `sweep` takes, and those.
[[nodiscard]] std::span<const Option> sweep_options();

/// What only `explain` takes.
[[nodiscard]] std::span<const Option> explain_options();
/// What only `model` takes.
[[nodiscard]] std::span<const Option> model_options();

/// What only `solve` takes.
[[nodiscard]] std::span<const Option> solve_options();

}  // namespace convreel::cli
