// The files of assets/ that travel inside the binary: themes, presets, the player. The build embeds every file of those
// folders; adding one needs no list.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace convreel::base {

/// `path` is relative to assets/, such as "themes/light.toml".
[[nodiscard]] std::optional<std::string_view> asset(std::string_view path);

/// Every embedded path that begins with `prefix`, sorted.
[[nodiscard]] std::vector<std::string_view> assets_under(std::string_view prefix);

}  // namespace convreel::base
