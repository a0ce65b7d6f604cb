#include <fmt/core.h>

#include <cmath>

#include "theme/theme.hpp"

namespace convreel::theme {

namespace {

std::optional<int> hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return std::nullopt;
}

std::uint8_t mixed(std::uint8_t under, std::uint8_t top, double share) {
  return static_cast<std::uint8_t>(std::lround(under + (top - under) * share));
}

}  // namespace

std::optional<Colour> parse_colour(std::string_view text) {
  if ((text.size() != 7 && text.size() != 9) || text[0] != '#') return std::nullopt;
  std::array<std::uint8_t, 4> channel{0, 0, 0, 255};
  for (std::size_t i = 0; i < (text.size() - 1) / 2; ++i) {
    const auto high = hex_digit(text[1 + 2 * i]), low = hex_digit(text[2 + 2 * i]);
    if (!high || !low) return std::nullopt;
    channel[i] = static_cast<std::uint8_t>(*high * 16 + *low);
  }
  return Colour{channel[0], channel[1], channel[2], channel[3]};
}

std::string to_text(Colour colour) {
  std::string text = fmt::format("#{:02X}{:02X}{:02X}", colour.r, colour.g, colour.b);
  if (colour.a != 255) text += fmt::format("{:02X}", colour.a);
  return text;
}

Colour blended(Colour under, Colour top, double opacity) {
  const double share = opacity * top.a / 255;
  return {mixed(under.r, top.r, share), mixed(under.g, top.g, share), mixed(under.b, top.b, share), 255};
}

}  // namespace convreel::theme
