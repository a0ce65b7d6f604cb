#include <fmt/format.h>

#include "base/assets.hpp"
#include "base/text.hpp"
#include "job/sources.hpp"

namespace convreel::job {

namespace {

constexpr std::string_view kFolder = "presets/", kEnding = ".toml";

std::string_view text_of(std::string_view name) {
  const auto text = base::asset(fmt::format("{}{}{}", kFolder, name, kEnding));
  if (text) return *text;
  const std::vector<std::string> names = preset_names();
  auto near = base::nearest(name, std::vector<std::string_view>(names.begin(), names.end()));
  for (const std::string& candidate : names)
    if (!near && candidate.ends_with(fmt::format("/{}", name))) near = candidate;
  throw base::Error(base::ErrorKind::usage, fmt::format("unknown preset {}", name),
                    near ? fmt::format("did you mean preset:{}?", *near) : "convreel list presets names them all");
}

std::string label_of(std::string_view name) { return fmt::format("preset:{}", name); }

}  // namespace

std::vector<std::string> preset_names(std::string_view pattern) {
  std::vector<std::string> names;
  for (std::string_view path : base::assets_under(kFolder)) {
    if (!path.ends_with(kEnding)) continue;
    const std::string_view name = path.substr(kFolder.size(), path.size() - kFolder.size() - kEnding.size());
    if (base::glob_match(pattern, name)) names.emplace_back(name);
  }
  return names;
}

JobSpec preset(std::string_view name) {
  JobSpec spec = from_toml(text_of(name), label_of(name), {});
  if (!spec.name) spec.name = name.substr(name.rfind('/') + 1);
  return spec;
}

std::string preset_summary(std::string_view name) { return toml_summary(text_of(name), label_of(name)); }

}  // namespace convreel::job
