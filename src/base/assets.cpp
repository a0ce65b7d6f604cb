#include "base/assets.hpp"

#include "base/embedded.hpp"

namespace convreel::base {

std::optional<std::string_view> asset(std::string_view path) {
  for (const EmbeddedFile& file : embedded_files())
    if (file.path == path) return file.text;
  return std::nullopt;
}

std::vector<std::string_view> assets_under(std::string_view prefix) {
  std::vector<std::string_view> paths;
  for (const EmbeddedFile& file : embedded_files())
    if (file.path.starts_with(prefix)) paths.push_back(file.path);
  return paths;
}

}  // namespace convreel::base
