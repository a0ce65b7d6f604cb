#include "batch/stills.hpp"

#include <fmt/format.h>

#include <numeric>

#include "base/text.hpp"

namespace convreel::batch {

std::optional<Slot> number_slot(std::string_view path) {
  for (std::size_t at = path.find("{n"); at != path.npos; at = path.find("{n", at + 1)) {
    const std::size_t close = path.find('}', at);
    if (close == path.npos) return std::nullopt;
    const std::string_view inside = path.substr(at + 2, close - at - 2);
    if (inside.empty()) return Slot{at, close + 1, 0};
    const auto width = inside.front() == ':' ? base::parse_int(inside.substr(1)) : std::nullopt;
    if (width && *width >= 0 && *width <= 12) return Slot{at, close + 1, static_cast<int>(*width)};
  }
  return std::nullopt;
}

std::vector<std::int64_t> numbered_shots(const views::Reel& reel, bool every_picture) {
  if (!every_picture) return reel.stills();
  std::vector<std::int64_t> all(static_cast<std::size_t>(reel.size()));
  std::iota(all.begin(), all.end(), std::int64_t{0});
  return all;
}

bool is_numbered(std::string_view path) { return number_slot(path).has_value(); }

std::string numbered_path(std::string_view path, std::int64_t number) {
  const auto slot = number_slot(path);
  if (!slot) return std::string(path);
  return fmt::format("{}{:0{}}{}", path.substr(0, slot->start), number, slot->width, path.substr(slot->end));
}

}  // namespace convreel::batch
