#include "cli/config.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdlib>

#include "base/atomic_file.hpp"
#include "base/error.hpp"
#include "job/fields.hpp"
#include "job/sources.hpp"

namespace convreel::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 3> kOfOnePicture{"view", "title", "steps"};

ConfigFile read_config(const fs::path& path) {
  const std::vector<std::uint8_t> bytes = base::read_file(path, base::Limit::job_file);
  ConfigFile file{path, job::from_toml({reinterpret_cast<const char*>(bytes.data()), bytes.size()}, path.string(),
                                       path.parent_path().string())};
  for (const job::Field& field : job::fields())
    if (!configurable(field) && field.print(file.spec))
      throw base::Error(base::ErrorKind::impossible,
                        fmt::format("{}: {} is no setting for all pictures", path.string(), field.name),
                        "it belongs into a job file or behind the command; --no-config leaves this file out");
  return file;
}

bool there(const fs::path& path) {
  std::error_code ignored;
  return fs::is_regular_file(path, ignored);
}

const char* variable(const char* name) {
  const char* value = std::getenv(name);
  return value && *value ? value : nullptr;
}

}  // namespace

bool configurable(const job::Field& field) {
  if (field.name == "max-bytes") return true;
  return field.group == job::Group::show && std::ranges::find(kOfOnePicture, field.name) == kOfOnePicture.end();
}

std::vector<ConfigFile> config_files(const fs::path& folder, const fs::path& home) {
  std::vector<ConfigFile> files;
  if (!home.empty() && there(home / "config.toml")) files.push_back(read_config(home / "config.toml"));
  for (fs::path at = folder;; at = at.parent_path()) {
    if (there(at / "convreel.toml")) {
      files.push_back(read_config(at / "convreel.toml"));
      break;
    }
    if (at == at.parent_path()) break;
  }
  return files;
}

fs::path config_home() {
  if (const char* folder = variable("XDG_CONFIG_HOME")) return fs::path(folder) / "convreel";
  if (const char* home = variable("HOME")) return fs::path(home) / ".config/convreel";
  return {};
}

std::vector<ConfigFile> config_files_here() {
  std::error_code gone;
  const fs::path here = fs::current_path(gone);
  return gone ? std::vector<ConfigFile>{} : config_files(here, config_home());
}

}  // namespace convreel::cli
