// Marks that several views put on their grids: frames, veils, corner numbers, verdicts.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "numerics/layer.hpp"
#include "views/parts/grid.hpp"
#include "views/parts/window_map.hpp"
#include "views/words.hpp"

namespace convreel::views {

[[nodiscard]] scene::Item frame(std::string id, scene::Rect box, scene::Role role, double stroke = 0);
/// A frame and the veil that it carries over what lies below, on its way: ids "<id>.veil" and `id`.
void add_gliding_frame(scene::Items& items, const std::string& id, scene::Rect box, scene::Role role);

/// "<id>", "<id>.1", ...: one thing in several slices.
[[nodiscard]] std::string part_id(const std::string& id, std::size_t part);
/// Its frames. On their way, each to its like.
void add_frames(scene::Items& items, const std::string& id, const std::vector<scene::Rect>& boxes, scene::Role role);
void add_gliding_frames(scene::Items& items, const std::string& id, const std::vector<scene::Rect>& from,
                        const std::vector<scene::Rect>& to, double share, scene::Role role);
/// "z = 0" above every slice of a grid that has several. `first` is the place of its first slice along the depth.
void add_slice_names(scene::Items& items, const Grid& grid, std::int64_t first, std::int64_t step, std::int64_t count,
                     const scene::Ruler& ruler);

/// `item` under the window; `corner` joins at its bottom right when the cell has room for it.
[[nodiscard]] scene::Item veiled(scene::Item item, const std::string& corner, bool numbered);

/// Why a kernel is not there, in words no wider than `room` about the middle of `area`; a cell that is not read where
/// they have no room.
void add_absent(scene::Items& items, const std::string& id, const scene::Rect& area, double room,
                const std::string& words, const scene::Ruler& ruler);

/// A stack of plates for channels that are not drawn, one before the other in `box`.
inline constexpr double kRestWidth = 112, kRestHeight = 40;
void add_rest_stack(scene::Items& items, const scene::Rect& box, scene::Role role, std::vector<scene::Span> words);

/// "+5", "−5", with no more decimals than `numbers` has.
[[nodiscard]] std::string signed_text(double value, const Numbers& numbers);

/// A judgement in words with a mark whose colour, sign and place say the same.
struct Verdict {
  bool good = false;
  std::string text;
};
inline constexpr double kVerdictHeight = 32;
[[nodiscard]] double verdict_width(const Verdict& verdict, const scene::Ruler& ruler);
/// One line in `row`, its left edge at row.x.
void add_verdict(scene::Items& items, const std::string& id, scene::Rect row, const Verdict& verdict,
                 const scene::Ruler& ruler);

/// Rows and columns that `cells` of one slice span; empty for none.
struct Hull {
  std::int64_t row = 0, column = 0, rows = 0, columns = 0, slice = 0;
};
[[nodiscard]] std::optional<Hull> hull_of(const std::vector<numerics::Cell>& cells);
/// Of one slice of one channel, which a grid shows in one piece.
struct ChannelHull {
  std::int64_t channel = 0;
  Hull hull;
};
[[nodiscard]] std::vector<ChannelHull> hulls_of(const std::vector<numerics::Place>& places);
[[nodiscard]] inline scene::Rect block_of(const Grid& grid, const Hull& hull) {
  return grid.block({hull.slice, hull.row, hull.column}, {1, hull.rows, hull.columns});
}

}  // namespace convreel::views
