// Blocks in a row as in a written formula: "[y] = [C] × [x]", words under every block, value ramps' legends below all.
// Knows where the blocks lie, not what stands in them. Scene units.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "views/parts/grid.hpp"
#include "views/parts/legend.hpp"
#include "views/words.hpp"

namespace convreel::views {

struct Block {
  std::string name;  ///< unique; ids of what belongs to it begin with it
  scene::Size size;  ///< of its cells, without brackets
  std::string sign;  ///< what stands between the block before and this one; empty for a plain gap
  bool bracketed = true;
  std::string word, words;  ///< the caption: a bold word and what follows
};

class Equation {
 public:
  /// `captions` false: no words and no legends.
  Equation(std::vector<Block> blocks, double gap, bool captions, std::vector<Legend> legends,
           const scene::Ruler& ruler);

  [[nodiscard]] scene::Size measure() const;
  /// Centres the row in `area`.
  void place(scene::Rect area);
  /// A placed block's cells, without brackets.
  [[nodiscard]] const scene::Rect& box(std::string_view name) const;
  /// The same as a grid of that name.
  [[nodiscard]] Grid grid(std::string name, double cell, std::int64_t rows, std::int64_t columns) const;
  /// Brackets, signs, captions and legends.
  void add_fixed(scene::Items& items) const;

 private:
  [[nodiscard]] double column_width(const Block& block) const;
  /// Of the blocks and their captions.
  [[nodiscard]] scene::Size row_size() const;
  [[nodiscard]] std::vector<std::span<const Legend>> legend_rows_under(const scene::Size& row) const;
  [[nodiscard]] double caption_width(const Block& block) const;
  void add_brackets(scene::Items& items, std::size_t block) const;
  void add_caption(scene::Items& items, std::size_t block) const;

  std::vector<Block> blocks_;
  double gap_;
  bool captions_;
  std::vector<Legend> legends_;
  const scene::Ruler& ruler_;
  std::vector<scene::Rect> boxes_;
  scene::Point legends_at_;  ///< middle of their first row's top
};

/// The largest whole cell size from kLargestCell down to 1 at which `measure(cell)` fits `area`.
[[nodiscard]] double largest_cell(const scene::Rect& area, const std::function<scene::Size(double)>& measure);

}  // namespace convreel::views
