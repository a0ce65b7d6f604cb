// Scripts that a title may be written in, and the Debian package whose font draws each.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace convreel::cli {

struct Script {
  std::string_view name;
  std::string_view sample;   ///< one character of it
  std::string_view package;  ///< Debian's
};

/// In the order in which doctor lists them.
[[nodiscard]] std::span<const Script> scripts();

/// Packages that have those characters (one UTF-8 character each), each package once; none for characters of no known
/// script.
[[nodiscard]] std::vector<std::string_view> packages_for(const std::vector<std::string>& characters);

}  // namespace convreel::cli
