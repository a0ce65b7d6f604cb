#include "scene/role.hpp"

#include <algorithm>
#include <string>

namespace convreel::scene {

namespace {

constexpr std::array<std::string_view, kNamedRoles> kNamed{
    "background",    "ink",     "muted",   "rule",   "chip",   "accent",         "input",       "padding",
    "inserted-zero", "unread",  "cropped", "kernel", "window", "output-pending", "output-done", "output-active",
    "extra",         "partial", "winner",  "link",   "group0", "group1",         "group2",      "group3",
    "group4",        "group5",  "good",    "bad",    "heat0",  "heat1",          "heat2",       "heat3",
    "heat4",         "heat5",   "heat6",   "heat7"};
constexpr std::array<std::string_view, kRamps> kRampNames{"heat",   "input",  "kernel", "group0", "group1",
                                                          "group2", "group3", "group4", "group5", "below",
                                                          "grey",   "red",    "green",  "blue"};

std::array<std::string, kRoleCount> all_names() {
  std::array<std::string, kRoleCount> names;
  std::copy(kNamed.begin(), kNamed.end(), names.begin());
  for (int ramp = 1; ramp < kRamps; ++ramp)
    for (int shade = 0; shade < kShades; ++shade)
      names[static_cast<std::size_t>(shade_role(static_cast<Ramp>(ramp), shade))] =
          std::string(kRampNames[static_cast<std::size_t>(ramp)]) + "-shade" + std::to_string(shade);
  return names;
}

const std::array<std::string, kRoleCount>& names() {
  static const std::array<std::string, kRoleCount> kNames = all_names();
  return kNames;
}

}  // namespace

std::string_view name(Role role) { return names()[static_cast<std::size_t>(role)]; }

std::optional<Role> role_named(std::string_view name) {
  const auto found = std::find(names().begin(), names().end(), name);
  if (found == names().end()) return std::nullopt;
  return static_cast<Role>(found - names().begin());
}

Role group_role(std::int64_t n) { return static_cast<Role>(static_cast<int>(Role::group0) + n % kGroups); }

Role ramp_role(Ramp ramp, double share) {
  const int shades = shades_of(ramp);
  return shade_role(ramp, std::clamp(static_cast<int>(share * shades), 0, shades - 1));
}

std::optional<double> share_of(Role role) {
  const int index = static_cast<int>(role);
  constexpr int kFirstHeat = static_cast<int>(Role::heat0), kFirstShade = static_cast<int>(kNamedRoles);
  if (index < kFirstHeat) return std::nullopt;
  if (index < kFirstShade) return (index - kFirstHeat) / static_cast<double>(kHeats - 1);
  return (index - kFirstShade) % kShades / static_cast<double>(kShades - 1);
}

Ramp ramp_of(Role role) {
  if (role == Role::input) return Ramp::input;
  if (role == Role::kernel) return Ramp::kernel;
  if (role >= Role::group0 && role <= Role::group5)
    return static_cast<Ramp>(static_cast<int>(Ramp::group0) + static_cast<int>(role) - static_cast<int>(Role::group0));
  return Ramp::output;
}

}  // namespace convreel::scene
