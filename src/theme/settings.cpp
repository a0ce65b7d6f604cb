#include "theme/settings.hpp"

#include <fmt/format.h>

#include <span>

#include "base/text.hpp"

namespace convreel::theme {

namespace {

using base::Problem;
using Verdict = std::optional<Problem>;

constexpr std::array<std::string_view, 4> kTextures{"none", "hatch", "cross", "dots"};

struct Length {
  std::string_view key;
  double Theme::*member;
  double most;
};
constexpr Length kLengths[]{{"cell-inset", &Theme::cell_inset, 20},
                            {"cell-radius", &Theme::cell_radius, 100},
                            {"panel-radius", &Theme::panel_radius, 100},
                            {"frame-width", &Theme::frame_width, 50},
                            {"veil", &Theme::veil, 1}};

struct Family {
  std::string_view key;
  std::string Fonts::*member;
};
constexpr Family kFamilies[]{{"font.sans", &Fonts::sans}, {"font.heading", &Fonts::heading}};
constexpr std::size_t kLongestFamily = 400;

Problem unknown(std::string_view what, std::string_view text, std::span<const std::string_view> known) {
  const auto near = base::nearest(text, known);
  const std::string list = fmt::format("{}", fmt::join(known, ", "));
  return {fmt::format("unknown {} '{}'", what, text),
          near ? fmt::format("did you mean '{}'?", *near) : fmt::format("known: {}", list)};
}

Verdict set_colour(Colour& into, std::string_view key, std::string_view text) {
  const auto colour = parse_colour(text);
  if (!colour) return Problem{fmt::format("{} = '{}' is not a colour", key, text), "write #RRGGBB or #RRGGBBAA"};
  into = *colour;
  return std::nullopt;
}

Verdict set_colour(std::optional<Colour>& into, std::string_view key, std::string_view text) {
  into.reset();
  return text == "none" ? std::nullopt : set_colour(into.emplace(), key, text);
}

Verdict set_number(double& into, std::string_view key, std::string_view text, double most) {
  const auto number = base::parse_double(text);
  if (!number || !(*number >= 0 && *number <= most))
    return Problem{fmt::format("{} = '{}' is not a number from 0 to {}", key, text, most), {}};
  into = *number;
  return std::nullopt;
}

Verdict set_flag(bool& into, std::string_view key, std::string_view text) {
  if (text != "true" && text != "false") return Problem{fmt::format("{} = '{}' is not true or false", key, text), {}};
  into = text == "true";
  return std::nullopt;
}

Verdict set_texture(Texture& into, std::string_view text) {
  for (std::size_t i = 0; i < kTextures.size(); ++i) {
    if (kTextures[i] != text) continue;
    into = static_cast<Texture>(i);
    return std::nullopt;
  }
  return unknown("texture", text, kTextures);
}

Verdict set_paint(Paint& paint, std::string_view key, std::string_view member, std::string_view text) {
  static constexpr std::array<std::string_view, 7> kMembers{"fill",   "stroke",  "ink",        "stroke-width",
                                                            "dashed", "texture", "texture-ink"};
  if (member == "fill") return set_colour(paint.fill, key, text);
  if (member == "stroke") return set_colour(paint.stroke, key, text);
  if (member == "ink") return set_colour(paint.ink, key, text);
  if (member == "stroke-width") return set_number(paint.stroke_width, key, text, 50);
  if (member == "dashed") return set_flag(paint.dashed, key, text);
  if (member == "texture") return set_texture(paint.texture, text);
  if (member == "texture-ink") return set_colour(paint.texture_ink, key, text);
  return unknown("part of a role", member, kMembers);
}

Problem unknown_role(std::string_view name) {
  std::array<std::string_view, scene::kNamedRoles> names;
  for (std::size_t i = 0; i < names.size(); ++i) names[i] = scene::name(static_cast<scene::Role>(i));
  return unknown("role", name, names);
}

Verdict set_role(Theme& theme, std::string_view key, std::span<const std::string_view> path, std::string_view text) {
  const auto role = scene::role_named(path[1]);
  if (!role) return unknown_role(path[1]);
  const auto index = static_cast<std::size_t>(*role);
  if (path[0] == "veiled") return set_colour(theme.veiled[index], key, text);
  return set_paint(theme.roles[index], key, path[2], text);
}

Verdict set_plain(Theme& theme, std::string_view key, std::string_view text) {
  std::vector<std::string_view> known;
  for (const Length& length : kLengths) {
    if (length.key == key) return set_number(theme.*length.member, key, text, length.most);
    known.push_back(length.key);
  }
  for (const Family& family : kFamilies) {
    known.push_back(family.key);
    if (family.key != key) continue;
    if (text.empty() || text.size() > kLongestFamily) return Problem{fmt::format("{} names no font", key), {}};
    theme.fonts.*family.member = text;
    return std::nullopt;
  }
  known.insert(known.end(), {"role.<name>.fill", "veiled.<name>", "show.<option>"});
  return unknown("theme key", key, known);
}

}  // namespace

std::optional<base::Problem> set(Theme& theme, std::string_view key, std::string_view text) {
  const auto path = base::split(key, '.');
  if (path.size() == 3 && path[0] == "role") return set_role(theme, key, path, text);
  if (path.size() == 2 && path[0] == "veiled") return set_role(theme, key, path, text);
  if (path.size() == 2 && path[0] == "show" && !path[1].empty()) {
    theme.show.emplace_back(path[1], text);
    return std::nullopt;
  }
  return set_plain(theme, key, text);
}

}  // namespace convreel::theme
