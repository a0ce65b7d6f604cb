// Frames around what a step reads or writes, one a channel, and their way from one step to the next.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "views/parts/parts.hpp"

namespace convreel::views {

/// One entry a channel; none where the step touches nothing there.
using Boxes = std::vector<std::optional<scene::Rect>>;

/// The boxes around `places` on a shelf's column of so many channels.
[[nodiscard]] Boxes hulls_on(const Shelf& shelf, std::size_t column, std::int64_t channels,
                             const std::vector<numerics::Place>& places);

/// Frames "<name>.<channel>" at `share` of the way; one that begins only in `to` stands there at once.
void add_moving_frames(scene::Items& items, std::string_view name, const Boxes& from, const Boxes& to, double share,
                       scene::Role role);

}  // namespace convreel::views
