// The style sheet of scenes as SVG: every colour is a CSS variable of its role ("--input-fill"), so that one document
// can be light and dark; before each use stands the plain colour, for programs that know no variables.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include "theme/theme.hpp"

namespace convreel::output {

/// What of a role's looks an element uses. Classes have the same names.
enum class Part : std::uint8_t {
  fill,
  edge,     ///< a stroke
  solid,    ///< a fill in the stroke's colour
  veil,     ///< the same, translucent
  texture,  ///< a fill with the role's hatching
  scratch,  ///< a stroke in the texture's ink
  speck,    ///< a fill in the texture's ink
  ink,
};
inline constexpr std::size_t kPartCount = static_cast<std::size_t>(Part::ink) + 1;

/// The parts of roles that occur in a document, plain and under the window.
class PartsUsed {
 public:
  void note(scene::Role role, Part part, bool veiled = false) { used_[index(role, part, veiled)] = true; }
  [[nodiscard]] bool has(scene::Role role, Part part, bool veiled) const { return used_[index(role, part, veiled)]; }

 private:
  [[nodiscard]] static std::size_t index(scene::Role role, Part part, bool veiled) {
    return (static_cast<std::size_t>(role) * kPartCount + static_cast<std::size_t>(part)) * 2 + veiled;
  }
  std::array<bool, scene::kRoleCount * kPartCount * 2> used_{};
};

/// What line-like items of a role are drawn in: its stroke, else its fill, else its ink.
[[nodiscard]] theme::Colour line_colour(const theme::Theme& theme, scene::Role role);

/// The rules for elements below the one with the id `scope`, and its variables; `dark` adds a second set for readers
/// who prefer a dark scheme.
[[nodiscard]] std::string style_sheet(const std::string& scope, const PartsUsed& used, const theme::Theme& theme,
                                      const theme::Theme* dark);
/// Only the variables, as declarations.
[[nodiscard]] std::string variables(const PartsUsed& used, const theme::Theme& theme);

/// The patterns that the style sheet's textures point to, <pattern> elements.
[[nodiscard]] std::string patterns(const std::string& scope, const PartsUsed& used);

}  // namespace convreel::output
