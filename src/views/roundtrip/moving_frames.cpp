#include "views/roundtrip/moving_frames.hpp"

#include <fmt/format.h>

#include "views/parts/parts.hpp"

namespace convreel::views {

Boxes hulls_on(const Shelf& shelf, std::size_t column, std::int64_t channels,
               const std::vector<numerics::Place>& places) {
  Boxes boxes;
  for (std::int64_t c = 0; c < channels; ++c) {
    std::vector<numerics::Cell> cells;
    for (const numerics::Place& place : places)
      if (place.channel == c) cells.push_back(place.cell);
    const auto hull = hull_of(cells);
    boxes.push_back(hull ? std::optional(block_of(shelf.grid(column, c), *hull)) : std::nullopt);
  }
  return boxes;
}

void add_moving_frames(scene::Items& items, std::string_view name, const Boxes& from, const Boxes& to, double share,
                       scene::Role role) {
  for (std::size_t c = 0; c < to.size(); ++c) {
    if (!to[c]) continue;
    const bool moves = c < from.size() && from[c];
    items.push_back(frame(fmt::format("{}.{}", name, c), moves ? between(*from[c], *to[c], share) : *to[c], role));
  }
}

}  // namespace convreel::views
