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

inline constexpr std::size_t kRoleCount = static_cast<std::size_t>(Role::heat7) + 1;
inline constexpr int kGroups = 6, kHeats = 8;

/// The role's name in themes and class attributes: "inserted-zero".
[[nodiscard]] std::string_view name(Role role);
[[nodiscard]] std::optional<Role> role_named(std::string_view name);
/// Channel or group n's hue, wrapping round.
[[nodiscard]] Role group_role(std::int64_t n);
/// The ramp's role for a share of 0 (low) to 1 (high).
[[nodiscard]] Role heat_role(double share);

}  // namespace convreel::scene
