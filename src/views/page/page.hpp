// What surrounds the views: title, parameter chips, chapter bar, arithmetic, formula, step counter, progress line.
// Fixes the canvas and the place of everything on it for the whole animation.
#pragma once

#include <compare>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "job/show.hpp"
#include "scene/ruler.hpp"
#include "scene/scene.hpp"
#include "story/storyboard.hpp"
#include "views/view.hpp"

namespace convreel::views {

class Paragraph;

/// One view on the page, and what stands above it when there are several.
struct Slot {
  View* view = nullptr;
  std::string subtitle;
  bool sentence = false;  ///< has its own line for the sentence of every moment, below it
};

/// Words of the page.
struct Wording {
  std::string title;
  std::vector<std::pair<std::string, std::string>> chips;  ///< name, value
  std::string formula;
  std::vector<story::Chapter> bar;  ///< chapters that the bar names; fewer than two: no bar
};

class Page {
 public:
  /// Chooses the cell size and places every view. Throws Error{impossible} with remedies when cells would be too small
  /// to see.
  Page(std::vector<Slot> slots, Wording wording, const job::Show& show, const scene::Ruler& ruler);

  [[nodiscard]] scene::Size canvas() const { return canvas_; }
  /// Title, chips, formula, subtitles, tracks: what never changes.
  void add_fixed(scene::Items& items) const;
  /// Whether there is a line for the sentence of every moment.
  [[nodiscard]] bool shows_arithmetic() const { return job::worded(show_.layout) && show_.arithmetic; }
  /// What changes from moment to moment.
  struct Live {
    std::size_t active = 0;      ///< the chapter that is lit, an index into Wording::bar
    std::vector<Line> lines;     ///< the page's sentence, or one for each slot that has a line of its own
    std::optional<double> told;  ///< how many of the first one's parts; empty: all of it
    std::string conclusion;      ///< of all the slots; beside the counter
    std::string counter;
    double progress = 0;
  };
  /// Chapter bar, arithmetic, step counter, progress line.
  void add_live(scene::Items& items, const Live& live) const;

 private:
  void lay_out_full();
  void lay_out_article();
  void lay_out_plain();
  /// Returns where the header ends.
  double lay_out_header();
  void lay_out_formula(double room);
  /// How well the views fit: cells with numbers before larger cells without.
  struct Fit {
    bool numbered = false;
    double cell = 0;  ///< 0: no cell that can be seen
    auto operator<=>(const Fit&) const = default;
  };
  [[nodiscard]] Fit best_fit(scene::Size room) const;
  /// 0 when none fits, or none that keeps its numbers when they are asked for.
  [[nodiscard]] double largest_cell_in(scene::Size room, bool numbered) const;
  [[nodiscard]] bool numbered(double cell) const;
  /// The smallest cell that is easy to read; with numbers, one that has them.
  [[nodiscard]] double easy_cell(bool numbered) const;
  /// What the views need where their numbers are to be read.
  [[nodiscard]] double width_for_numbers() const;
  /// The cell size; decides too whether several views stand side by side or below each other. The remedies when cells
  /// would be too small are in the error.
  [[nodiscard]] double choose_cell(scene::Size room);
  /// How many views may stand side by side, the preferred number first.
  [[nodiscard]] std::vector<std::size_t> arrangements() const;
  /// Widths of the columns and heights of the rows that the views stand in, subtitles included.
  struct Table {
    std::vector<double> widths, heights;
  };
  [[nodiscard]] Table table(double cell) const;
  [[nodiscard]] double subtitle_height(std::size_t slot) const;
  [[nodiscard]] double sentence_height(std::size_t slot) const;
  /// True for layers that are compared, each with a sentence of its own.
  [[nodiscard]] bool sentences_apart() const;
  [[nodiscard]] scene::Size bodies(double cell) const;
  /// True for layers compared below each other: their inputs begin at one line, what follows has the same columns.
  [[nodiscard]] bool flush_left() const;
  /// How far to the right a view then goes, so that the one with the most padding has room for it.
  [[nodiscard]] double indent(std::size_t slot, double cell) const;
  /// The widths that the columns of the views below each other share with the slot's; empty when theirs differ in
  /// number.
  [[nodiscard]] std::vector<double> shared_columns(std::size_t slot, double cell) const;
  /// The room that words of a slot have: its own column, and beside others half of the gap.
  [[nodiscard]] scene::Rect words_room(scene::Rect column) const;
  void place_bodies(scene::Rect area, double cell);
  [[nodiscard]] double chip_width(std::size_t chip) const;
  /// Chips in rows from (left, top) to the right margin.
  [[nodiscard]] std::vector<scene::Rect> chip_boxes(double left, double top) const;
  void add_chips(scene::Items& items) const;
  void add_subtitle(scene::Items& items, std::size_t slot) const;
  void add_bar(scene::Items& items, std::size_t active) const;
  /// Widths of the chapters' buttons: equal, or after their words where those would be cut. In a narrow page only the
  /// active one has words.
  [[nodiscard]] std::vector<double> bar_widths(std::size_t active) const;
  void add_arithmetic(scene::Items& items, const Live& live) const;
  void add_conclusion(scene::Items& items, const std::string& conclusion) const;
  void add_told(scene::Items& items, const Line& line, double told, const Paragraph& sentence) const;
  void add_article_heading(scene::Items& items) const;

  std::vector<Slot> slots_;
  Wording wording_;
  const job::Show& show_;
  const scene::Ruler& ruler_;
  scene::Size canvas_;
  scene::Rect title_, bar_, formula_, counter_, progress_;
  std::vector<scene::Rect> lines_;  ///< for sentences: the page's, or the slots' own
  double title_font_ = 26, formula_font_ = 14;
  std::vector<scene::Rect> chips_;
  std::vector<std::string> formula_lines_;
  std::size_t sentence_rows_ = 1;  ///< that a line may be broken into
  std::size_t per_row_ = 1;        ///< views side by side
  std::vector<scene::Rect> subtitles_;
};

}  // namespace convreel::views
