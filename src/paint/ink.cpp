#include "paint/ink.hpp"

#include <cmath>

namespace convreel::paint {

namespace {

using theme::Colour;
using theme::Theme;

Colour plain(const Theme& theme, const Ink& ink) {
  const theme::Paint& look = theme.of(ink.role);
  Colour colour = line_colour(theme, ink.role);
  switch (ink.tint) {
    case Tint::fill:
      return look.fill.value_or(colour);
    case Tint::line:
      return colour;
    case Tint::veil:
      colour.a = static_cast<std::uint8_t>(std::lround(colour.a * theme.veil));
      return colour;
    case Tint::texture:
      return look.texture_ink.value_or(colour);
    case Tint::text:
      break;
  }
  return look.ink;
}

}  // namespace

Colour line_colour(const Theme& theme, scene::Role role) {
  const theme::Paint& look = theme.of(role);
  return look.stroke ? *look.stroke : look.fill.value_or(look.ink);
}

Colour colour_of(const Theme& theme, const Ink& ink) {
  const Colour colour = plain(theme, ink);
  if (!ink.veiled || ink.tint == Tint::veil || ink.tint == Tint::text) return colour;
  const auto& own = theme.veiled[static_cast<std::size_t>(ink.role)];
  if (own && ink.tint == Tint::fill) return *own;
  return theme::blended(colour, line_colour(theme, scene::Role::window), theme.veil);
}

}  // namespace convreel::paint
