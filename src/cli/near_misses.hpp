// THE table of words that people write for ours although they are not spelled alike: other tools' commands and options.
// Slips of the pen are base::nearest()'s.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace convreel::cli {

/// "did you mean --kernel-size?" for a command ("pool2d") or an option ("--kernal"): first by the table, then the
/// nearest of `known`, then the one that goes on from it, then the one whose beginning it is near to. Empty when
/// nothing is.
[[nodiscard]] std::optional<std::string> meant(std::string_view word, std::span<const std::string_view> known);

}  // namespace convreel::cli
