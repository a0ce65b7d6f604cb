// The map that the window slides over as a panel beside something else: channels stacked, the window on it.
#pragma once

#include <optional>
#include <vector>

#include "views/parts/cells.hpp"

namespace convreel::views {

class MapPanel {
 public:
  /// Everything given outlives the panel.
  MapPanel(const Context& context, const WindowMap& map);

  /// The cell size that suits a panel beside cells of `cell`: weights have room beside the values where the page has.
  [[nodiscard]] double cell_beside(double cell) const;
  [[nodiscard]] scene::Size measure(double cell) const;
  void place(scene::Point origin, double cell);

  [[nodiscard]] const Grid& grid(std::int64_t channel) const { return grids_[static_cast<std::size_t>(channel)]; }
  [[nodiscard]] const Numbers& numbers() const { return cells_->numbers(); }
  void add_maps(scene::Items& items) const;
  /// The covered cells tinted, the weights beside their values where there is room, the window's outline.
  void add_window(scene::Items& items, const numerics::Step& step) const;
  /// The window alone on its way; only channels that `to` reads have one.
  void add_gliding_window(scene::Items& items, const numerics::Place& from, const numerics::Place& to,
                          double share) const;
  [[nodiscard]] scene::Rect window_box(std::int64_t channel, const numerics::Cell& output) const;

 private:
  [[nodiscard]] scene::Item covered_cell(const numerics::Place& output, std::int64_t channel, const Covered& at) const;

  const Context context_;
  const WindowMap& map_;
  std::vector<Grid> grids_;
  std::optional<MapCells> cells_;
  Numbers weights_;
};

}  // namespace convreel::views
