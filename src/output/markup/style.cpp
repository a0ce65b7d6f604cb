#include "output/markup/style.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <vector>

#include "base/text.hpp"
#include "output/markup/text.hpp"

namespace convreel::output {

namespace {

using scene::Role;
using theme::Colour;
using theme::Texture;
using theme::Theme;

/// The variables that a role may have; several parts share one.
enum class Tint : std::uint8_t { fill, stroke, texture, ink };
constexpr std::array<std::string_view, 4> kTintNames{"fill", "stroke", "texture", "ink"};
constexpr std::array<std::string_view, kPartCount> kPartNames{"fill",    "edge",    "solid", "veil",
                                                              "texture", "scratch", "speck", "ink"};

Tint tint_of(Part part) {
  switch (part) {
    case Part::fill:
      return Tint::fill;
    case Part::edge:
    case Part::solid:
    case Part::veil:
      return Tint::stroke;
    case Part::texture:
    case Part::scratch:
    case Part::speck:
      return Tint::texture;
    case Part::ink:
      break;
  }
  return Tint::ink;
}

std::string css(Colour colour) {
  if (colour.a == 255) return fmt::format("#{:02x}{:02x}{:02x}", colour.r, colour.g, colour.b);
  return fmt::format("rgba({},{},{},{})", colour.r, colour.g, colour.b, short_number(colour.a / 255.0));
}

Colour under_window(const Theme& theme, Colour colour) {
  return theme::blended(colour, line_colour(theme, Role::window), theme.veil);
}

std::string plain_tint(const Theme& theme, Role role, Tint tint) {
  const theme::Paint& look = theme.of(role);
  if (tint == Tint::fill) return look.fill ? css(*look.fill) : "none";
  if (tint == Tint::texture) return css(look.texture_ink.value_or(line_colour(theme, role)));
  return css(tint == Tint::ink ? look.ink : line_colour(theme, role));
}

std::string veiled_tint(const Theme& theme, Role role, Tint tint) {
  const theme::Paint& look = theme.of(role);
  if (tint == Tint::stroke) return css(under_window(theme, line_colour(theme, role)));
  if (tint == Tint::texture) return css(under_window(theme, look.texture_ink.value_or(line_colour(theme, role))));
  if (tint == Tint::ink || !look.fill) return plain_tint(theme, role, tint);
  const auto& own = theme.veiled[static_cast<std::size_t>(role)];
  return css(own ? *own : under_window(theme, *look.fill));
}

std::string tint_colour(const Theme& theme, Role role, Tint tint, bool veiled) {
  return veiled ? veiled_tint(theme, role, tint) : plain_tint(theme, role, tint);
}

std::string variable(Role role, Tint tint, bool veiled) {
  return fmt::format("--{}{}-{}", scene::name(role), veiled ? "-veiled" : "",
                     kTintNames[static_cast<std::size_t>(tint)]);
}

/// Calls visit(role, part, veiled) for every part in use, in the order of the roles.
template <typename Visit>
void each_used(const PartsUsed& used, Visit visit) {
  for (std::size_t r = 0; r < scene::kRoleCount; ++r)
    for (const bool veiled : {false, true})
      for (std::size_t p = 0; p < kPartCount; ++p)
        if (used.has(static_cast<Role>(r), static_cast<Part>(p), veiled))
          visit(static_cast<Role>(r), static_cast<Part>(p), veiled);
}

/// A family list in which every name is quoted, whatever a theme file says.
std::string font_families(const std::string& families) {
  std::string list;
  for (const std::string_view part : base::split(families, ',')) {
    std::string name(base::trim(part));
    std::erase_if(name, [](char c) { return std::string_view("\"'\\<>{};&\n").find(c) != std::string_view::npos; });
    if (name.empty()) continue;
    const bool generic = name == "sans-serif" || name == "serif" || name == "monospace";
    list += (list.empty() ? "" : ",") + (generic ? name : "'" + name + "'");
  }
  return list.empty() ? "sans-serif" : list;
}

std::string pattern_id(const std::string& scope, Role role, bool veiled) {
  return fmt::format("{}--{}{}", scope, scene::name(role), veiled ? "-veiled" : "");
}

std::string declared(std::string_view property, const Theme& theme, Role role, Tint tint, bool veiled) {
  return fmt::format("{}:{};{}:var({})", property, tint_colour(theme, role, tint, veiled), property,
                     variable(role, tint, veiled));
}

std::string declarations(const std::string& scope, const Theme& theme, Role role, Part part, bool veiled) {
  const Tint tint = tint_of(part);
  switch (part) {
    case Part::edge:
    case Part::scratch:
      return declared("stroke", theme, role, tint, veiled);
    case Part::veil:
      return declared("fill", theme, role, tint, veiled) + ";fill-opacity:" + short_number(theme.veil);
    case Part::texture:
      return fmt::format("fill:url(#{})", pattern_id(scope, role, veiled));
    case Part::fill:
    case Part::solid:
    case Part::speck:
    case Part::ink:
      break;
  }
  return declared("fill", theme, role, tint, veiled);
}

std::string rule(const std::string& scope, const Theme& theme, Role role, Part part, bool veiled) {
  const std::string body = declarations(scope, theme, role, part, veiled);
  if (part == Part::ink) return fmt::format("#{} .{}-ink{{{}}}\n", scope, scene::name(role), body);
  return fmt::format("#{} .{}{}>.{}{{{}}}\n", scope, scene::name(role), veiled ? ".veiled" : "",
                     kPartNames[static_cast<std::size_t>(part)], body);
}

/// The lines of a pattern are in the role's texture colour.
std::string pattern_rule(const std::string& scope, const Theme& theme, Role role, bool veiled) {
  return fmt::format("#{}>path{{{}}}\n", pattern_id(scope, role, veiled),
                     declared("stroke", theme, role, Tint::texture, veiled));
}

std::string base_rules(const std::string& scope, const Theme& theme) {
  const std::string sans = font_families(theme.fonts.sans), heading = font_families(theme.fonts.heading);
  return fmt::format(
      "#{0} text{{font-family:{1};font-variant-numeric:tabular-nums;white-space:pre}}\n"
      "#{0} text.heading{{font-family:{2};font-variant-numeric:normal}}\n"
      "#{0} .edge,#{0} .scratch{{fill:none}}\n",
      scope, sans, heading);
}

}  // namespace

Colour line_colour(const Theme& theme, Role role) {
  const theme::Paint& look = theme.of(role);
  return look.stroke ? *look.stroke : look.fill.value_or(look.ink);
}

std::string variables(const PartsUsed& used, const Theme& theme) {
  std::vector<std::string> seen;
  std::string text;
  each_used(used, [&](Role role, Part part, bool veiled) {
    const std::string name = variable(role, tint_of(part), veiled);
    if (std::find(seen.begin(), seen.end(), name) != seen.end()) return;
    seen.push_back(name);
    text += fmt::format("{}:{};", name, tint_colour(theme, role, tint_of(part), veiled));
  });
  return text;
}

std::string style_sheet(const std::string& scope, const PartsUsed& used, const Theme& theme, const Theme* dark) {
  std::string sheet = fmt::format("#{}{{{}}}\n", scope, variables(used, theme));
  if (dark) sheet += fmt::format("@media (prefers-color-scheme:dark){{#{}{{{}}}}}\n", scope, variables(used, *dark));
  sheet += base_rules(scope, theme);
  each_used(used, [&](Role role, Part part, bool veiled) {
    sheet += rule(scope, theme, role, part, veiled);
    if (part == Part::texture) sheet += pattern_rule(scope, theme, role, veiled);
  });
  return sheet;
}

std::string patterns(const std::string& scope, const PartsUsed& used) {
  std::string text;
  each_used(used, [&](Role role, Part part, bool veiled) {
    if (part == Part::texture)
      text += fmt::format(
          R"(<pattern id="{}" width="6" height="6" patternUnits="userSpaceOnUse"><path d="{}" stroke-width="1.2"/></pattern>)",
          pattern_id(scope, role, veiled), "M-1 1l2-2M0 6l6-6M5 7l2-2");
  });
  return text;
}

}  // namespace convreel::output
