// The style sheet of scenes as SVG: every colour is a CSS variable of its role ("--input-fill"), so that one document
// can be light and dark; before each use stands the plain colour, for programs that know no variables.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "theme/theme.hpp"

namespace convreel::output {

/// What an element is drawn in: its class, and for texts a class behind the role's name.
enum class Class : std::uint8_t {
  fill,
  edge,     ///< a stroke
  solid,    ///< a fill in the stroke's colour
  veil,     ///< the same, translucent
  texture,  ///< a fill with the role's hatching
  scratch,  ///< a stroke in the texture's colour
  speck,    ///< a fill in the texture's colour
  ink,
};
inline constexpr std::size_t kClassCount = static_cast<std::size_t>(Class::ink) + 1;
[[nodiscard]] std::string_view class_name(Class name);

/// The classes of roles that occur in a document, plain and under the window.
class ClassesUsed {
 public:
  void note(scene::Role role, Class name, bool veiled = false) { used_[index(role, name, veiled)] = true; }
  [[nodiscard]] bool has(scene::Role role, Class name, bool veiled) const { return used_[index(role, name, veiled)]; }

 private:
  [[nodiscard]] static std::size_t index(scene::Role role, Class name, bool veiled) {
    return (static_cast<std::size_t>(role) * kClassCount + static_cast<std::size_t>(name)) * 2 + veiled;
  }
  std::array<bool, scene::kRoleCount * kClassCount * 2> used_{};
};

/// The rules for elements below the one with the id `scope`, and its variables; `dark` adds a second set for readers
/// who prefer a dark scheme.
[[nodiscard]] std::string style_sheet(const std::string& scope, const ClassesUsed& used, const theme::Theme& theme,
                                      const theme::Theme* dark);
/// Only the variables, as declarations.
[[nodiscard]] std::string variables(const ClassesUsed& used, const theme::Theme& theme);

/// The patterns that the style sheet's textures point to, <pattern> elements.
[[nodiscard]] std::string patterns(const std::string& scope, const ClassesUsed& used);

}  // namespace convreel::output
