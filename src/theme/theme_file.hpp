// A theme's TOML text to a Theme. Hostile text is refused with file and line.
#pragma once

#include <string>
#include <string_view>

#include "theme/theme.hpp"

namespace convreel::theme {

/// `file` is what messages call the text. Every role must be there with an ink. Throws Error{impossible}, all mistakes
/// at once.
[[nodiscard]] Theme parse(std::string_view text, std::string_view file, std::string name);

}  // namespace convreel::theme
