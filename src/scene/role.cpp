#include "scene/role.hpp"

#include <algorithm>

namespace convreel::scene {

namespace {

constexpr std::array<std::string_view, kRoleCount> kNames{
    "background",    "ink",     "muted",   "rule",   "chip",   "accent",         "input",       "padding",
    "inserted-zero", "unread",  "cropped", "kernel", "window", "output-pending", "output-done", "output-active",
    "extra",         "partial", "winner",  "link",   "group0", "group1",         "group2",      "group3",
    "group4",        "group5",  "good",    "bad",    "heat0",  "heat1",          "heat2",       "heat3",
    "heat4",         "heat5",   "heat6",   "heat7"};

}  // namespace

std::string_view name(Role role) { return kNames[static_cast<std::size_t>(role)]; }

std::optional<Role> role_named(std::string_view name) {
  const auto found = std::find(kNames.begin(), kNames.end(), name);
  if (found == kNames.end()) return std::nullopt;
  return static_cast<Role>(found - kNames.begin());
}

Role group_role(std::int64_t n) { return static_cast<Role>(static_cast<int>(Role::group0) + n % kGroups); }

Role heat_role(double share) {
  const int step = std::clamp(static_cast<int>(share * kHeats), 0, kHeats - 1);
  return static_cast<Role>(static_cast<int>(Role::heat0) + step);
}

}  // namespace convreel::scene
