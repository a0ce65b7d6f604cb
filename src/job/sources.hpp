// Where a JobSpec comes from besides flags: a TOML file, a preset, a layer as PyTorch prints it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "job/job_spec.hpp"

namespace convreel::job {

/// A job file. `layer` is a kind or a layer as PyTorch prints it; `preset` names one to start from; data and theme
/// files lie in `folder` unless their path is absolute; `summary` is for people. Keys are the options' names, at the
/// top level or in tables [layer], [data], [show], [out]; arrays become lists or tuples. Throws Error{impossible} with
/// file, line and column for broken TOML or a bad value, with a near name for an unknown key.
[[nodiscard]] JobSpec from_toml(std::string_view text, std::string_view label, std::string_view folder);

/// The file's `summary`, one line; empty when it has none.
[[nodiscard]] std::string toml_summary(std::string_view text, std::string_view label);

/// "ConvTranspose2d(1, 1, kernel_size=(3, 3), stride=(2, 2))", nn. or torch.nn. before it or not, also "(up): ..." of a
/// printed model and "self.up = ...". Throws Error{usage}. bias, device, dtype and return_indices change no number
/// here. Arguments that are written as ? are left out and named in `open`; without `open` they are a mistake.
[[nodiscard]] JobSpec from_layer_string(std::string_view text, std::vector<std::string>* open = nullptr);
/// A layer as PyTorch prints it and the options behind it, "--stride 2"; both empty when the text begins otherwise.
struct LineAndOptions {
  std::string_view line, options;
};
[[nodiscard]] LineAndOptions line_and_options(std::string_view text);
/// True when the text looks like a layer as PyTorch prints it: Name(...).
[[nodiscard]] bool looks_like_layer(std::string_view text);

/// Names such as "article/conv-s1p0", sorted; with `pattern` only those that the glob (* and ?) matches.
[[nodiscard]] std::vector<std::string> preset_names(std::string_view pattern = "*");
/// Throws Error{usage} with a near name when there is no such preset.
[[nodiscard]] JobSpec preset(std::string_view name);
/// The preset's one-line description.
[[nodiscard]] std::string preset_summary(std::string_view name);

}  // namespace convreel::job
