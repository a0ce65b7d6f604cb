// One value of a theme by its dotted key, "role.input.fill" or "cell-radius": what TOML files and --set have in common.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "theme/theme.hpp"

namespace convreel::theme {

/// Sets the value; what is wrong with the key or the text otherwise.
[[nodiscard]] std::optional<base::Problem> set(Theme& theme, std::string_view key, std::string_view text);

}  // namespace convreel::theme
