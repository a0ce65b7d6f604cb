#include "theme/theme.hpp"

#include <fmt/core.h>

#include <filesystem>

#include "base/assets.hpp"
#include "base/atomic_file.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "theme/settings.hpp"
#include "theme/theme_file.hpp"

namespace convreel::theme {

namespace {

constexpr std::string_view kFolder = "themes/", kEnding = ".toml";

bool looks_like_path(std::string_view text) {
  return text.ends_with(kEnding) || text.find('/') != std::string_view::npos;
}

[[noreturn]] void refuse_name(std::string_view name) {
  const auto known = names();
  const std::vector<std::string_view> views(known.begin(), known.end());
  const auto near = base::nearest(name, views);
  throw base::Error(base::ErrorKind::usage, fmt::format("unknown theme '{}'", name),
                    near ? fmt::format("did you mean '{}'?", *near)
                         : fmt::format("themes: {}; or a path ending in .toml", base::join(known, ", ")));
}

Theme from_path(std::string_view path) {
  const auto bytes = base::read_file(std::filesystem::path(path), base::Limit::theme_file);
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  return parse(text, path, std::filesystem::path(path).stem().string());
}

Theme from_name(std::string_view name) {
  const std::string path = fmt::format("{}{}{}", kFolder, name, kEnding);
  const auto text = base::asset(path);
  if (!text) refuse_name(name);
  return parse(*text, path, std::string(name));
}

}  // namespace

std::vector<std::string> names() {
  std::vector<std::string> found;
  for (std::string_view path : base::assets_under(kFolder)) {
    if (!path.ends_with(kEnding)) continue;
    path.remove_prefix(kFolder.size());
    path.remove_suffix(kEnding.size());
    found.emplace_back(path);
  }
  return found;
}

Theme load(std::string_view name_or_path, const std::vector<std::pair<std::string, std::string>>& overrides) {
  Theme theme = looks_like_path(name_or_path) ? from_path(name_or_path) : from_name(name_or_path);
  std::vector<base::Problem> problems;
  for (const auto& [key, text] : overrides)
    if (auto problem = set(theme, key, text)) problems.push_back(std::move(*problem));
  if (!problems.empty()) throw base::Error(base::ErrorKind::usage, std::move(problems));
  theme.mix_shades();
  return theme;
}

}  // namespace convreel::theme
