// How somebody wants all pictures to look: convreel/config.toml in their configuration folder, and convreel.toml in the
// folder or above it, which wins. Both lie below presets, job files and flags.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "job/job_spec.hpp"

namespace convreel::job {
struct Field;
}

namespace convreel::cli {

struct ConfigFile {
  std::filesystem::path path;
  job::JobSpec spec;
};

/// Whether a configuration may hold that option: looks and paces, not what a picture is about.
[[nodiscard]] bool configurable(const job::Field& field);

/// The files that hold for `folder`, the one that wins last. `home` is the folder of the first; empty: there is none.
/// Throws Error{impossible} for a file that says what it may not or is no TOML.
[[nodiscard]] std::vector<ConfigFile> config_files(const std::filesystem::path& folder,
                                                   const std::filesystem::path& home);

/// $XDG_CONFIG_HOME/convreel, or ~/.config/convreel; empty without either.
[[nodiscard]] std::filesystem::path config_home();

/// The files that hold here.
[[nodiscard]] std::vector<ConfigFile> config_files_here();

}  // namespace convreel::cli
