// Where everything of a stage stands: input maps, an operator, the kernel, the outputs, side by side with several
// channels stacked; long strips over the kernel over the output strips; or the article's two panels. Knows sizes and
// captions, draws nothing.
#pragma once

#include <string_view>
#include <vector>

#include "views/parts/parts.hpp"
#include "views/view.hpp"

namespace convreel::views {

inline constexpr double kMapNameFont = 13;

struct Captions {
  Caption map, kernel, output;
};

struct StagePlan {
  std::vector<Grid> maps, kernels, outputs;               ///< one a channel; no kernels where none is shown
  std::vector<scene::Rect> output_names, output_legends;  ///< of a bank's maps: above and below each
  std::vector<scene::Rect> partials;                      ///< one an input channel, where partial sums are shown
  scene::Rect sum, equals;                                ///< total; the sign before the outputs
  std::vector<scene::Rect> stars;                         ///< the sign before every kernel
  scene::Rect rest, rest_words, rest_partial;  ///< where channels are piled: the stack, what is said beside it, its sum
  double star_font = 0;                        ///< scene units
  scene::Rect map_caption, kernel_caption, output_caption;  ///< from below the last grid to the foot's end
  bool downwards = false;                                   ///< strips below each other
};

class StageLayout {
 public:
  /// Everything given outlives the layout.
  StageLayout(const Context& context, const WindowMap& map, Captions captions);

  [[nodiscard]] scene::Size measure(double cell) const;
  /// As a view's lead(), columns() and align().
  [[nodiscard]] double lead(double cell) const;
  [[nodiscard]] std::vector<double> columns_from_lead(double cell) const;
  void align(std::vector<double> columns) { aligned_ = std::move(columns); }
  /// `cell` is not looked at in the article's layout, which fills its panels.
  [[nodiscard]] StagePlan plan(scene::Rect area, double cell) const;

  [[nodiscard]] bool article() const { return context_.show.layout == job::Layout::article; }
  [[nodiscard]] bool captioned() const { return job::worded(context_.show.layout); }
  [[nodiscard]] bool kernel_shown() const;
  /// True when an output sums over several input channels, each with a partial sum.
  [[nodiscard]] bool partials_shown() const;
  /// True for kernels that were given by a list of names: their maps stand beside each other, each with its name.
  [[nodiscard]] bool bank() const;
  /// Too many input channels for a row each. One that has none stands where the last row is, and is not drawn.
  [[nodiscard]] const ChannelRows& channels() const { return rows_; }
  [[nodiscard]] bool drawn(std::int64_t channel) const {
    return !rows_.piled || row_of(context_.trace.layer(), channel).has_value();
  }
  [[nodiscard]] const Captions& captions() const { return captions_; }
  [[nodiscard]] const Figures& map_figures() const { return map_figures_; }
  [[nodiscard]] const Figures& kernel_figures() const { return kernel_figures_; }
  [[nodiscard]] const Figures& output_figures() const { return output_figures_; }
  /// True when every grid has its numbers at that cell size.
  [[nodiscard]] bool numbered(double cell) const;
  /// Cells under the window have no room for its weights: the kernel's cells have that window's inputs instead.
  [[nodiscard]] bool magnified(double cell) const;
  /// The note that says so, while there is a window; empty where the kernel's caption has another, or none is shown.
  [[nodiscard]] std::string inputs_note(double cell) const;

 private:
  struct Columns;
  /// As wide as they need to be, and as others below or above need them to be.
  [[nodiscard]] Columns own_columns(double cell) const;
  [[nodiscard]] Columns columns(double cell) const;
  [[nodiscard]] double foot(double cell) const;
  /// With every note that it ever has.
  [[nodiscard]] Caption kernel_caption(double cell) const;
  /// The outputs of a bank in rows: how many stand in one, the room of all, where they stand.
  [[nodiscard]] std::int64_t bank_columns() const;
  [[nodiscard]] scene::Size bank_slot(double cell) const;
  [[nodiscard]] scene::Size bank_size(double cell) const;
  void place_bank(StagePlan& plan, double centre_x, double middle, double cell) const;
  [[nodiscard]] double caption_room(std::string_view word, const Caption& caption) const;
  /// The kernel's cells are as large as the others', or larger where those are small: it has few and must be read.
  [[nodiscard]] double kernel_cell(double cell) const;
  /// The height that an input channel has: its map's or its kernel's.
  [[nodiscard]] double input_row(double cell) const;
  /// All input channels', the stack of those without a row included.
  [[nodiscard]] double rows_height(double cell) const;
  [[nodiscard]] double inputs_height(double row) const;
  [[nodiscard]] std::vector<Grid> pile_inputs(const std::string& name, double centre_x, double middle, double row,
                                              const Grid& like) const;
  /// Many outputs stand in several columns.
  [[nodiscard]] scene::Size outputs_size(double cell) const;
  [[nodiscard]] std::vector<Grid> place_outputs(double centre_x, double middle, double cell) const;
  void place_rest(StagePlan& plan, const Columns& widths, double left, double middle, double cell) const;
  /// A layer of three axes, whose slices stand side by side: what they belong to stands below each other.
  [[nodiscard]] bool deep() const;
  /// Above every pile of maps: the slices' names.
  [[nodiscard]] double head() const;
  /// Strips too long to stand beside their outputs with large cells, and not too many to stand above them.
  [[nodiscard]] bool downwards() const;
  /// Downwards with a kernel for each of several strips: those in rows, the outputs below all of them.
  [[nodiscard]] bool in_rows() const;
  /// Downwards with three axes: slices are wide and low, so that the outputs have room beside the kernel.
  [[nodiscard]] bool outputs_beside(double cell) const;
  [[nodiscard]] Columns lower_row(double cell) const;
  void place_lower_row(StagePlan& plan, scene::Rect area, double top, double cell) const;
  [[nodiscard]] scene::Size measure_downwards(double cell) const;
  [[nodiscard]] StagePlan plan_columns(scene::Rect area, double cell) const;
  [[nodiscard]] StagePlan plan_downwards(scene::Rect area, double cell) const;
  [[nodiscard]] StagePlan plan_rows(scene::Rect area, double cell) const;
  [[nodiscard]] StagePlan plan_article(scene::Rect area) const;
  void place_inputs(StagePlan& plan, const Columns& widths, double left, double middle, double cell) const;
  /// The sign before the outputs, which ends at `right`, and the sum before it.
  static void place_total(StagePlan& plan, double right, double middle, double sign);
  void place_captions(StagePlan& plan, scene::Rect area, const Columns& widths, double cell) const;

  const Context context_;
  const WindowMap& map_;
  Captions captions_;
  ChannelRows rows_;
  Figures map_figures_, kernel_figures_, output_figures_;
  std::vector<double> aligned_;  ///< widths of the columns from the lead on; empty where nobody asked
};

}  // namespace convreel::views
