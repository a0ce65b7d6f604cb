// The stage of every view that gathers: input maps, an operator, the kernel, the outputs. It draws what does not depend
// on a view's own chapters.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "views/parts/parts.hpp"
#include "views/stage/plan.hpp"

namespace convreel::views {

class Stage {
 public:
  /// Everything given outlives the stage.
  Stage(const Context& context, const WindowMap& map, Captions captions);

  [[nodiscard]] scene::Size measure(double cell) const { return layout_.measure(cell); }
  [[nodiscard]] double lead(double cell) const { return layout_.lead(cell); }
  [[nodiscard]] std::vector<double> columns(double cell) const { return layout_.columns_from_lead(cell); }
  void align(const std::vector<double>& columns) { layout_.align(columns); }
  [[nodiscard]] bool numbered(double cell) const { return layout_.numbered(cell); }
  void place(scene::Rect area, double cell);

  [[nodiscard]] const Grid& map(std::int64_t channel) const { return plan_.maps[static_cast<std::size_t>(channel)]; }
  [[nodiscard]] const Grid& kernel(std::int64_t channel) const {
    return plan_.kernels[static_cast<std::size_t>(channel)];
  }
  [[nodiscard]] const Grid& output(std::int64_t channel) const {
    return plan_.outputs[static_cast<std::size_t>(channel)];
  }
  [[nodiscard]] const Numbers& map_numbers() const { return map_cells_->numbers(); }
  [[nodiscard]] bool kernel_shown() const { return layout_.kernel_shown(); }

  /// Input channels that are there before the first step, each in a row of its own.
  [[nodiscard]] std::vector<std::int64_t> first_channels() const;

  /// An input cell's role: its channel's hue when there are several channels.
  [[nodiscard]] scene::Role input_role(std::int64_t channel) const;

  /// Operators, captions, legends, pending outputs.
  void add_fixed(scene::Items& items) const;
  /// The same without the map's caption, which grows with the map, and where the kernel is yet to be turned without its
  /// note.
  void add_opening(scene::Items& items, bool kernel_note) const;
  /// The map's caption right below `grid`, what is there of the last channel's map, with the note that holds so far.
  void add_map_caption(scene::Items& items, std::string note, const scene::Rect& grid) const;
  /// A map's cell as it stands.
  [[nodiscard]] scene::Item map_item(const numerics::Place& drawn) const;
  /// A moment of the main chapter, in which the window slides over the finished maps.
  [[nodiscard]] Body draw_step(const story::Cursor& cursor) const;
  /// The kernel slices that `output_channel` uses, as the window lays them on the map (or as stored, not `turned`).
  /// Where they are magnified they have the inputs of `step`'s window in their corners.
  void add_kernel(scene::Items& items, std::int64_t output_channel, bool turned,
                  const numerics::Step* step = nullptr) const;
  /// Which channels are read, their partial sums, the total. Of `step`'s partial sums the first `shown` are there.
  void add_sums(scene::Items& items, std::int64_t output_channel, const numerics::Step* step, std::size_t shown) const;
  /// The outline of what output padding adds.
  void add_extra(scene::Items& items) const;
  /// What the maps, the kernel as the window lays it, and the outputs stand for.
  [[nodiscard]] Meaning meaning() const;

 private:
  /// Every output uses the same kernel slices, so that they belong to the backdrop.
  [[nodiscard]] bool one_kernel() const { return context_.trace.layer().out_channels == 1; }
  /// Every output in step order, done.
  [[nodiscard]] scene::Items outputs_done() const;
  /// The window over `step`'s cells with weights beside the values, and its output.
  void add_window(scene::Items& items, const numerics::Step& step, bool revealed) const;
  /// The window alone, on its way from one output to another.
  void add_gliding_window(scene::Items& items, const numerics::Place& from, const numerics::Place& to,
                          double share) const;
  /// Where zeros were inserted, it says how many of the window's products are with them.
  [[nodiscard]] Sentence sentence(const numerics::Step& step, bool revealed) const;
  /// Where the terms of that sentence stand.
  [[nodiscard]] Sources sources(const Sentence& sentence, const numerics::Step& step) const;
  [[nodiscard]] std::vector<std::int64_t> channels_of(std::int64_t output_channel) const;
  [[nodiscard]] scene::Item weighted_cell(std::int64_t channel, const Covered& covered, double weight) const;
  [[nodiscard]] bool magnified() const { return layout_.magnified(plan_.maps.front().cell); }
  /// The input that lies under a weight.
  void add_input(scene::Item& weight, const numerics::Place& drawn) const;
  void add_origins(scene::Items& items, const numerics::Step& step) const;
  void add_not_read(scene::Items& items, std::int64_t channel) const;
  void add_winner(scene::Items& items, const numerics::Step& step) const;
  void add_article_words(scene::Items& items) const;
  void add_operators(scene::Items& items) const;
  void add_words(scene::Items& items, const Captions& words) const;
  void add_bank_words(scene::Items& items, const Caption& caption) const;
  void add_frame(scene::Items& items, const Captions& words) const;
  void add_star(scene::Items& items, std::size_t channel) const;
  /// With groups a step reads some of the maps, and the others stand back.
  [[nodiscard]] bool maps_recede() const { return groups() > 1 && !layout_.article(); }
  /// Groups of channels of which the picture shows one at a time, or one lit.
  [[nodiscard]] std::int64_t groups() const {
    const numerics::Layer& layer = context_.trace.layer();
    return layout_.channels().piled ? layer.channel_groups() : layer.groups;
  }
  /// Everything that does not move; maps that are not `read` faint.
  [[nodiscard]] std::shared_ptr<const scene::Items> backdrop(const std::vector<std::int64_t>& read) const;
  [[nodiscard]] scene::Stratum backdrop_of(std::int64_t output_channel, bool finished) const;
  [[nodiscard]] std::vector<std::int64_t> every_channel() const;
  void add_channel_bars(scene::Items& items, const std::vector<std::int64_t>& read) const;
  void add_partial(scene::Items& items, const std::string& name, scene::Role role, const scene::Rect& box,
                   std::optional<double> sum) const;
  void add_rest(scene::Items& items) const;
  void add_total(scene::Items& items, std::int64_t output_channel) const;
  [[nodiscard]] scene::Rect output_slot(const numerics::Place& at) const;
  [[nodiscard]] std::vector<scene::Rect> window_boxes(std::int64_t channel, const numerics::Cell& output) const;
  void add_slices(scene::Items& items) const;

  const Context context_;
  const WindowMap& map_;
  StageLayout layout_;
  StagePlan plan_;
  std::optional<MapCells> map_cells_;
  std::optional<OutputCells> output_cells_;
  Numbers kernel_numbers_;
  std::vector<std::shared_ptr<const scene::Items>> backdrops_;  ///< one a group where maps recede; all lit last
  std::shared_ptr<const scene::Items> done_;
};

}  // namespace convreel::views
