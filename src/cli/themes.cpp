#include "cli/themes.hpp"

#include <fmt/format.h>

#include "base/error.hpp"
#include "job/fields.hpp"

namespace convreel::cli {
namespace {

job::JobSpec theme_defaults(const theme::Theme& theme) {
  job::JobSpec defaults;
  for (const auto& [key, value] : theme.show) {
    const job::Field* field = job::field_named(key);
    if (!field)
      throw base::Error(base::ErrorKind::impossible,
                        fmt::format("theme {}: [show] has an unknown option \"{}\"", theme.name, key));
    field->parse(defaults, value);
  }
  return defaults;
}

}  // namespace

KnownTheme& Themes::of(const job::Show& show) {
  std::string key = *show.theme;
  for (const auto& [name, value] : show.theme_overrides) key += fmt::format("\n{}={}", name, value);
  const auto found = known_.find(key);
  if (found != known_.end()) return found->second;
  theme::Theme theme = theme::load(*show.theme, show.theme_overrides);
  job::JobSpec defaults = theme_defaults(theme);
  return known_.emplace(std::move(key), KnownTheme{std::move(theme), std::move(defaults)}).first->second;
}

}  // namespace convreel::cli
