#include "output/markup/style.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <vector>

#include "base/text.hpp"
#include "output/markup/elements.hpp"
#include "output/markup/text.hpp"
#include "paint/ink.hpp"

namespace convreel::output {

namespace {

using scene::Role;
using theme::Colour;
using theme::Theme;

using paint::Ink;
using paint::Tint;

constexpr std::array<std::string_view, kClassCount> kClassNames{"fill",    "edge",    "solid", "veil",
                                                                "texture", "scratch", "speck", "ink"};

/// The tint whose variable a class reads; several classes share one.
Tint tint_of(Class name) {
  switch (name) {
    case Class::fill:
      return Tint::fill;
    case Class::edge:
    case Class::solid:
    case Class::veil:
      return Tint::line;
    case Class::texture:
    case Class::scratch:
    case Class::speck:
      return Tint::texture;
    case Class::ink:
      break;
  }
  return Tint::text;
}

std::string_view tint_name(Tint tint) {
  switch (tint) {
    case Tint::fill:
      return "fill";
    case Tint::line:
    case Tint::veil:
      return "stroke";
    case Tint::texture:
      return "texture";
    case Tint::text:
      break;
  }
  return "ink";
}

std::string css(Colour colour) {
  if (colour.a == 255) return fmt::format("#{:02x}{:02x}{:02x}", colour.r, colour.g, colour.b);
  return fmt::format("rgba({},{},{},{})", colour.r, colour.g, colour.b, short_number(colour.a / 255.0));
}

std::string tint_colour(const Theme& theme, const Ink& ink) {
  if (ink.tint == Tint::fill && !theme.of(ink.role).fill) return "none";
  return css(paint::colour_of(theme, ink));
}

std::string variable(const Ink& ink) {
  return fmt::format("--{}{}-{}", scene::name(ink.role), ink.veiled ? "-veiled" : "", tint_name(ink.tint));
}

/// Calls visit(ink, name) for every class in use, in the order of the roles.
template <typename Visit>
void each_used(const ClassesUsed& used, Visit visit) {
  for (std::size_t r = 0; r < scene::kRoleCount; ++r)
    for (const bool veiled : {false, true})
      for (std::size_t c = 0; c < kClassCount; ++c) {
        const auto role = static_cast<Role>(r);
        const auto name = static_cast<Class>(c);
        if (used.has(role, name, veiled)) visit(Ink{role, tint_of(name), veiled}, name);
      }
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

std::string pattern_id(const std::string& scope, const Ink& ink) {
  return fmt::format("{}--{}{}", scope, scene::name(ink.role), ink.veiled ? "-veiled" : "");
}

std::string declared(std::string_view property, const Theme& theme, const Ink& ink) {
  return fmt::format("{0}:{1};{0}:var({2})", property, tint_colour(theme, ink), variable(ink));
}

std::string declarations(const std::string& scope, const Theme& theme, const Ink& ink, Class name) {
  switch (name) {
    case Class::edge:
    case Class::scratch:
      return declared("stroke", theme, ink);
    case Class::veil:
      return declared("fill", theme, ink) + ";fill-opacity:" + short_number(theme.veil);
    case Class::texture:
      return fmt::format("fill:url(#{})", pattern_id(scope, ink));
    case Class::fill:
    case Class::solid:
    case Class::speck:
    case Class::ink:
      break;
  }
  return declared("fill", theme, ink);
}

std::string rule(const std::string& scope, const Theme& theme, const Ink& ink, Class name) {
  const std::string body = declarations(scope, theme, ink, name);
  if (name == Class::ink) return fmt::format("#{} .{}-ink{{{}}}\n", scope, scene::name(ink.role), body);
  return fmt::format("#{} .{}{}>.{}{{{}}}\n", scope, scene::name(ink.role), ink.veiled ? ".veiled" : "",
                     class_name(name), body);
}

/// The lines of a pattern are in the role's texture colour.
std::string pattern_rule(const std::string& scope, const Theme& theme, const Ink& ink) {
  return fmt::format("#{}>path{{{}}}\n", pattern_id(scope, ink), declared("stroke", theme, ink));
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

std::string_view class_name(Class name) { return kClassNames[static_cast<std::size_t>(name)]; }

std::string variables(const ClassesUsed& used, const Theme& theme) {
  std::vector<std::string> seen;
  std::string text;
  each_used(used, [&](const Ink& ink, Class) {
    const std::string name = variable(ink);
    if (std::find(seen.begin(), seen.end(), name) != seen.end()) return;
    seen.push_back(name);
    text += fmt::format("{}:{};", name, tint_colour(theme, ink));
  });
  return text;
}

std::string style_sheet(const std::string& scope, const ClassesUsed& used, const Theme& theme, const Theme* dark) {
  std::string sheet = fmt::format("#{}{{{}}}\n", scope, variables(used, theme));
  if (dark) sheet += fmt::format("@media (prefers-color-scheme:dark){{#{}{{{}}}}}\n", scope, variables(used, *dark));
  sheet += base_rules(scope, theme);
  each_used(used, [&](const Ink& ink, Class name) {
    sheet += rule(scope, theme, ink, name);
    if (name == Class::texture) sheet += pattern_rule(scope, theme, ink);
  });
  return sheet;
}

std::string patterns(const std::string& scope, const ClassesUsed& used) {
  std::string text;
  each_used(used, [&](const Ink& ink, Class name) {
    if (name == Class::texture)
      text += fmt::format(
          R"(<pattern id="{0}" width="{1}" height="{1}" patternUnits="userSpaceOnUse"><path d="{2}"{3}/></pattern>)",
          pattern_id(scope, ink), short_number(paint::kHatchStep), hatch_tile(),
          attribute("stroke-width", paint::kHatchLine));
  });
  return text;
}

}  // namespace convreel::output
