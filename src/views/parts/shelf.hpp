// Columns of grids side by side with signs between them: the layout of the views that are no sliding window. A column
// holds one grid a channel, stacked, and a caption under the last. Knows places, not what the cells mean.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "views/parts/caption.hpp"
#include "views/parts/grid.hpp"
#include "views/view.hpp"

namespace convreel::views {

struct Column {
  std::string name;  ///< ids of its cells begin with it
  std::string word;  ///< in bold before the caption; empty: no caption
  Caption caption;
  std::int64_t channels = 1, rows = 1, columns = 1;
  Figures figures;                ///< its numbers; none when it has none
  Role role = Role::output_done;  ///< of its cells, which its ramp's shades follow
  double least_width = 0;         ///< so that it stands below a wider one of another shelf
  std::int64_t across = 1;        ///< channels side by side before the next row of them
  std::int64_t slices = 1;        ///< of a depth axis, side by side in every grid
  double below = 0;               ///< room that a view wants under the last grid, before the caption

  [[nodiscard]] std::int64_t stacked() const { return (channels + across - 1) / across; }
};

/// What a shelf asks of its surroundings; a view's context says it.
struct ShelfContext {
  int dims;
  const job::Show& show;
  const scene::Ruler& ruler;
  bool captioned = job::worded(show.layout);

  ShelfContext(int axes, const job::Show& shown, const scene::Ruler& measures)
      : dims(axes), show(shown), ruler(measures) {}
  ShelfContext(const Context& context)  // NOLINT: it is one
      : ShelfContext(context.trace.layer().dims, context.show, context.ruler) {}

  /// Many grids that nobody names would be a riddle: the article's layout names them too.
  [[nodiscard]] ShelfContext naming() const {
    ShelfContext named = *this;
    named.captioned = show.layout != job::Layout::plain;
    return named;
  }
};

/// A map as a column: its size below it, its numbers in it.
[[nodiscard]] Column column_of(const Context& context, std::string name, std::string word, const numerics::Map& map,
                               Role role = Role::output_done);

/// What stands between a column and the next: an operator, and a word below it.
struct Joint {
  std::string sign, word;
  double least_width = 0;
};

class Shelf {
 public:
  /// `joints` has one entry fewer than `columns`.
  Shelf(const ShelfContext& context, std::vector<Column> columns, std::vector<Joint> joints);

  [[nodiscard]] scene::Size measure(double cell) const;
  /// Centres everything in `area`. The article's layout leaves the cell size to the view: the largest that fits is
  /// taken.
  void place(scene::Rect area, double cell);

  [[nodiscard]] double cell() const { return cell_; }
  [[nodiscard]] const Grid& grid(std::size_t column, std::int64_t channel) const {
    return grids_[column][static_cast<std::size_t>(channel)];
  }
  /// The strip between a column and the next, as high as the shelf.
  [[nodiscard]] const scene::Rect& gap(std::size_t column) const { return gaps_[column]; }
  /// How the numbers of that column are written.
  [[nodiscard]] Numbers numbers(std::size_t column) const {
    return columns_[column].figures.at(column_cell(column, cell_));
  }
  /// True when every column has its numbers at that cell size.
  [[nodiscard]] bool numbered(double cell) const;

  /// Signs, captions, and the legend of every column whose numbers gave way to a ramp.
  void add_fixed(scene::Items& items) const;

 private:
  [[nodiscard]] bool captioned() const { return context_.captioned; }
  [[nodiscard]] double captions_height(double cell) const;
  /// Room for the slices' names.
  [[nodiscard]] double head() const;
  /// Of a kernel larger than the others', where those are small: it has few cells and must be read.
  [[nodiscard]] double column_cell(std::size_t column, double cell) const;
  [[nodiscard]] double gap_width(std::size_t joint, double cell) const;
  [[nodiscard]] double column_width(std::size_t column, double cell) const;
  [[nodiscard]] double row_height(std::size_t column, double cell) const;
  [[nodiscard]] scene::Size natural(double cell) const;
  void place_column(std::size_t column, double x, double middle);
  void add_joint(scene::Items& items, std::size_t joint) const;
  void add_words(scene::Items& items, std::size_t column) const;

  ShelfContext context_;
  std::vector<Column> columns_;
  std::vector<Joint> joints_;
  double cell_ = 0;
  std::vector<std::vector<Grid>> grids_;
  std::vector<scene::Rect> gaps_;
};

}  // namespace convreel::views
