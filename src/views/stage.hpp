// The stage of every view that gathers: input maps, an operator, the kernel, the outputs, side by side, several
// channels stacked. It knows where things are and draws what does not depend on a view's own chapters.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "views/grid.hpp"
#include "views/view.hpp"
#include "views/window_map.hpp"

namespace convreel::views {

/// What stands under a column: its size beside the bold word, a note in a second line.
struct Caption {
  std::string size, note;
};
struct Captions {
  Caption map, kernel, output;
};

class Stage {
 public:
  Stage(const Context& context, const WindowMap& map, Captions captions);

  [[nodiscard]] scene::Size measure(double cell) const;
  void place(scene::Rect area, double cell);

  [[nodiscard]] const Grid& map(std::int64_t channel) const { return maps_[static_cast<std::size_t>(channel)]; }
  [[nodiscard]] const Grid& kernel(std::int64_t channel) const { return kernels_[static_cast<std::size_t>(channel)]; }
  [[nodiscard]] const Grid& output(std::int64_t channel) const { return outputs_[static_cast<std::size_t>(channel)]; }
  [[nodiscard]] const Numbers& map_numbers() const { return map_numbers_; }
  [[nodiscard]] const Numbers& output_numbers() const { return output_numbers_; }

  /// An input cell's role: its channel's hue when there are several channels.
  [[nodiscard]] scene::Role input_role(std::int64_t channel) const;

  /// Operators, captions, legends, pending outputs. The kernel's note is left out while it does not hold yet.
  void add_fixed(scene::Items& items, bool kernel_note = true) const;
  /// One map as it stands with padding and zeros.
  void add_map(scene::Items& items, std::int64_t channel) const;
  /// A map's cell as it stands.
  [[nodiscard]] scene::Item map_item(std::int64_t channel, std::int64_t row, std::int64_t column) const;
  /// The kernel slices that `output_channel` uses, as the window lays them on the map (or as stored, not `turned`).
  void add_kernel(scene::Items& items, std::int64_t output_channel, bool turned) const;
  /// Which channels are read, their partial sums, the total. `step` null: none yet.
  void add_sums(scene::Items& items, std::int64_t output_channel, const numerics::Step* step, bool revealed) const;
  /// Every output in step order, done.
  [[nodiscard]] scene::Items outputs_done() const;
  /// The output of `step`, active; a question mark when not revealed.
  [[nodiscard]] scene::Item output_active(const numerics::Step& step, bool revealed) const;
  /// The window over `step`'s cells with weights beside the values.
  void add_window(scene::Items& items, const numerics::Step& step, bool revealed) const;
  /// The window alone, on its way from one output to another.
  void add_gliding_window(scene::Items& items, const numerics::Place& from, const numerics::Place& to,
                          double share) const;
  [[nodiscard]] bool kernel_shown() const { return kernel_shown_; }

 private:
  struct Columns;
  [[nodiscard]] Columns columns(double cell) const;
  void place_article(scene::Rect area);
  void place_columns(scene::Rect area, double cell);
  [[nodiscard]] double caption_width(const Caption& caption, std::string_view word) const;
  [[nodiscard]] double captions_height(double cell) const;
  [[nodiscard]] std::vector<std::int64_t> channels_of(std::int64_t output_channel) const;
  [[nodiscard]] scene::Item weighted_cell(std::int64_t channel, const Covered& covered, double weight) const;
  void add_origins(scene::Items& items, const numerics::Step& step) const;
  void add_caption(scene::Items& items, const Grid& grid, double room, std::string_view word,
                   const Caption& caption) const;
  void add_legend(scene::Items& items, const Grid& grid, std::string_view name, const Numbers& numbers) const;
  /// Where the operator between a map and that kernel grid stands.
  [[nodiscard]] scene::Rect star_at(const Grid& grid) const;
  [[nodiscard]] scene::Rect window_box(std::int64_t channel, const numerics::Cell& output) const;

  const Context context_;
  const WindowMap& map_;
  Captions captions_;
  bool kernel_shown_ = true, partials_shown_ = false, article_ = false, plain_ = false;
  double cell_ = 0;
  double map_room_ = 0, kernel_room_ = 0, output_room_ = 0;  ///< widths that captions may take
  std::vector<Grid> maps_, kernels_, outputs_;
  std::vector<scene::Rect> partials_;
  scene::Rect sum_box_, equals_;
  double star_x_ = 0, star_width_ = 0, star_font_ = 0;
  Numbers map_numbers_, kernel_numbers_, output_numbers_;
};

}  // namespace convreel::views
