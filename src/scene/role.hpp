// What an item means. A scene speaks in roles; only a theme knows their colours.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace convreel::scene {

enum class Role : std::uint8_t {
  background,
  ink,             ///< headings and ordinary text
  muted,           ///< secondary text, operators
  rule,            ///< hairlines, the progress line's track
  chip,            ///< parameter chips, chapters not active
  accent,          ///< the active chapter, the progress line
  input,           ///< an input value
  padding,         ///< a cell around the input that padding made
  inserted_zero,   ///< a zero between inputs of a transposed layer
  unread,          ///< an input cell that no window reads
  cropped,         ///< a cell that a crop removes
  kernel,          ///< a weight
  window,          ///< the kernel's place: outline, and a veil over what it covers
  output_pending,  ///< an output not yet computed
  output_done,
  output_active,  ///< the output being computed
  extra,          ///< rows and columns of output padding
  partial,        ///< a per-channel sum
  winner,         ///< the maximum of a pooling window, the cell a padding mode reads
  link,           ///< lines that join things
  group0,
  group1,
  group2,
  group3,
  group4,
  group5,  ///< a channel's or group's own hue
  good,
  bad,  ///< a verdict
  heat0,
  heat1,
  heat2,
  heat3,
  heat4,
  heat5,
  heat6,
  heat7,  ///< a count's or value's ramp, low to high
};

/// Roles that a theme names. The shades of ramps follow: a theme mixes them from the others.
inline constexpr std::size_t kNamedRoles = static_cast<std::size_t>(Role::heat7) + 1;
inline constexpr int kGroups = 6, kHeats = 8;

/// What values turn into where numbers do not fit. Shades rise from the background to a role's full hue; those of a
/// photo from black to white, or to the light of one of its channels.
enum class Ramp : std::uint8_t {
  output,  ///< heat0 to heat7
  input,
  kernel,
  group0,
  group1,
  group2,
  group3,
  group4,
  group5,
  below,  ///< how far a value lies below zero
  grey,
  red,
  green,
  blue,
};
inline constexpr int kRamps = static_cast<int>(Ramp::blue) + 1;
/// Shades of every ramp but the output's, which has kHeats.
inline constexpr int kShades = 16;
inline constexpr std::size_t kRoleCount = kNamedRoles + static_cast<std::size_t>(kRamps - 1) * kShades;

[[nodiscard]] constexpr int shades_of(Ramp ramp) { return ramp == Ramp::output ? kHeats : kShades; }
/// Shade number `shade` of a ramp, 0 the lowest.
[[nodiscard]] constexpr Role shade_role(Ramp ramp, int shade) {
  const int first = ramp == Ramp::output ? static_cast<int>(Role::heat0)
                                         : static_cast<int>(kNamedRoles) + (static_cast<int>(ramp) - 1) * kShades;
  return static_cast<Role>(first + shade);
}
/// The ramp's role for a share of 0 (low) to 1 (high).
[[nodiscard]] Role ramp_role(Ramp ramp, double share);
/// How far up its ramp a shade lies, 0 to 1; empty for every other role.
[[nodiscard]] std::optional<double> share_of(Role role);
/// The ramp that values in cells of that role turn into.
[[nodiscard]] Ramp ramp_of(Role role);

/// The role's name in themes and class attributes: "inserted-zero".
[[nodiscard]] std::string_view name(Role role);
[[nodiscard]] std::optional<Role> role_named(std::string_view name);
/// Channel or group n's hue, wrapping round.
[[nodiscard]] Role group_role(std::int64_t n);

}  // namespace convreel::scene
