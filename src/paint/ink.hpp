// What an item is drawn in, as a name: which of its role's colours. Planes of pixels ask for the colour, planes of
// markup print the name.
#pragma once

#include <cstdint>

#include "scene/role.hpp"
#include "theme/theme.hpp"

namespace convreel::paint {

enum class Tint : std::uint8_t {
  fill,     ///< the role's fill, where it has one
  line,     ///< its stroke, else its fill, else its ink
  veil,     ///< the same, translucent
  texture,  ///< of its texture, else its line
  text,
};

struct Ink {
  scene::Role role;
  Tint tint;
  bool veiled = false;  ///< seen through the window
};

/// Fills stay opaque under the window: their colour is blended with the window's.
[[nodiscard]] theme::Colour colour_of(const theme::Theme& theme, const Ink& ink);
/// The colour of a role's lines.
[[nodiscard]] theme::Colour line_colour(const theme::Theme& theme, scene::Role role);

}  // namespace convreel::paint
