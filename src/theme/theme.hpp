// How a role looks: fills, strokes, inks, textures, fonts, corner shapes; and a theme's own defaults for the show.
// A theme is one TOML file. It never moves a cell.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "scene/role.hpp"

namespace convreel::theme {

struct Colour {
  std::uint8_t r = 0, g = 0, b = 0, a = 255;
  bool operator==(const Colour&) const = default;
};

/// "#RRGGBB" or "#RRGGBBAA"; empty when it is neither.
[[nodiscard]] std::optional<Colour> parse_colour(std::string_view text);
[[nodiscard]] std::string to_text(Colour colour);
/// `top` at `opacity` (0..1, its own alpha included) over the opaque `under`.
[[nodiscard]] Colour blended(Colour under, Colour top, double opacity);

/// hatch: slanted lines; cross: the cell crossed out; dots: a fine lattice.
enum class Texture : std::uint8_t { none, hatch, cross, dots };

struct Paint {
  std::optional<Colour> fill;
  std::optional<Colour> stroke;  ///< outline
  Colour ink{};                  ///< text on it
  double stroke_width = 0;       ///< scene units
  bool dashed = false;
  Texture texture = Texture::none;
  std::optional<Colour> texture_ink;
  bool operator==(const Paint&) const = default;
};

struct Fonts {
  std::string sans = "Inter, DejaVu Sans, sans-serif";
  std::string heading = "Inter, DejaVu Sans, sans-serif";
};

struct Theme {
  std::string name;
  std::array<Paint, scene::kRoleCount> roles{};
  Fonts fonts;
  double cell_inset = 1;  ///< half the gap between neighbours, scene units
  double cell_radius = 2;
  double panel_radius = 10;
  double frame_width = 4;  ///< the window's outline
  double veil = 0.13;      ///< opacity of the veil over covered cells
  /// What a role's flat fill turns into under the window, where a plain veil cannot give it (the article's two
  /// oranges).
  std::array<std::optional<Colour>, scene::kRoleCount> veiled{};
  /// Defaults for show options, lowest in rank: {"step", "1s"}, {"layout", "article"}.
  std::vector<std::pair<std::string, std::string>> show;

  /// Mixes the fills of all shades that nobody set from the named roles.
  void mix_shades();
  [[nodiscard]] const Paint& of(scene::Role role) const { return roles[static_cast<std::size_t>(role)]; }
};

/// Names of the themes that came with the tool, sorted.
[[nodiscard]] std::vector<std::string> names();
/// A shipped theme by name, or the TOML file at that path; then the overrides, "role.input.fill" = "#AABBCC".
/// Throws Error{usage} for an unknown name (with a near one) or override, Error{impossible} with file and line for a
/// broken file or one that leaves a role out.
[[nodiscard]] Theme load(std::string_view name_or_path,
                         const std::vector<std::pair<std::string, std::string>>& overrides = {});

}  // namespace convreel::theme
