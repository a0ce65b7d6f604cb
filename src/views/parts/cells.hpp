// What one cell of the input map, of the output or of a kernel looks like, wherever a view puts it: role, number, id.
// Knows no places; a slot is given for every cell.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "views/parts/grid.hpp"
#include "views/parts/window_map.hpp"
#include "views/view.hpp"

namespace convreel::views {

/// Numbers of the drawn map (zeros among them), of the kernel, of the output.
[[nodiscard]] Figures figures_of_map(const Context& context);
[[nodiscard]] Figures figures_of_kernel(const Context& context);
[[nodiscard]] Figures figures_of_output(const Context& context);

/// The map that the window slides over. Ids are "input.<channel>.<row>.<column>", as drawn.
class MapCells {
 public:
  /// Numbers as they fit cells of `cell` scene units. Both references outlive this.
  MapCells(const Context& context, const WindowMap& map, double cell);
  MapCells(const Context& context, const WindowMap& map, Numbers numbers);

  [[nodiscard]] const Numbers& numbers() const { return numbers_; }
  /// As it stands on the map, padded and cropped.
  [[nodiscard]] scene::Item item(const numerics::Place& drawn, scene::Rect slot) const;

 private:
  const numerics::Layer* layer_;
  const WindowMap* map_;
  Numbers numbers_;
};

/// The output. Ids are "output.<channel>.<row>.<column>".
class OutputCells {
 public:
  /// The trace outlives this.
  OutputCells(const Context& context, double cell);
  OutputCells(const Context& context, Numbers numbers);

  /// Every channel's shades between its own lowest and highest value.
  void range_by_channel();

  [[nodiscard]] const Numbers& numbers() const { return numbers_; }
  [[nodiscard]] const Numbers& numbers(std::int64_t channel) const;
  [[nodiscard]] scene::Item pending(const numerics::Place& place, scene::Rect slot) const;
  [[nodiscard]] scene::Item done(const numerics::Place& place, scene::Rect slot) const;
  /// A question mark when not `revealed`.
  [[nodiscard]] scene::Item active(const numerics::Place& place, scene::Rect slot, bool revealed) const;
  /// The same, and the mark without which nobody finds it among shades.
  void add_active(scene::Items& items, const numerics::Place& place, scene::Rect slot, bool revealed) const;

 private:
  [[nodiscard]] std::string id(const numerics::Place& place) const;

  const numerics::Trace* trace_;
  Numbers numbers_;
  std::vector<Numbers> by_channel_;  ///< empty: all have the same
};

/// What grids of these cells stand for: the drawn map, the input or the output as they are. `grid` when the cells have
/// other names.
[[nodiscard]] GridMeaning map_meaning(const numerics::Layer& layer, const WindowMap& map, std::string grid = "input");
/// A kernel as the window lays it on the map, its channels the map's: its slice for the output that is being made.
[[nodiscard]] GridMeaning window_kernel_meaning(const numerics::Layer& layer, const WindowMap& map);
[[nodiscard]] GridMeaning input_meaning(const numerics::Layer& layer, std::string grid = "input");
[[nodiscard]] GridMeaning output_meaning(const numerics::Layer& layer, std::string grid = "output");

/// What a plane of the kernel joins, planes counted over its first two axes: the second counts within a group.
[[nodiscard]] Channels plane_channels(const numerics::Trace& trace, std::int64_t plane);

/// A cell of the trace's output before it is made: `extra` where only output padding makes room for it.
[[nodiscard]] scene::Role pending_role(const numerics::Trace& trace, const numerics::Cell& output);

/// Output number `index` in step order, and back.
[[nodiscard]] numerics::Place output_place(const numerics::Trace& trace, std::int64_t index);

/// The rows and columns of output padding, outlined: they are there because the option says so. `grid` has the output's
/// first cell at `first`. Nothing for other layers.
void add_output_padding(scene::Items& items, const numerics::Trace& trace, std::int64_t channel, const Grid& grid,
                        const numerics::Cell& first);

}  // namespace convreel::views
