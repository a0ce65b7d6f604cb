// A survey's memory: every picture as the rectangles it changes, in colour numbers. While the colours fit into bytes
// and the rectangles into the budget, a format can be written from it without painting anything again.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "output/exporter.hpp"
#include "output/pixels/canvas.hpp"
#include "output/pixels/colour_table.hpp"
#include "output/pixels/index_plane.hpp"
#include "output/pixels/pixel_rule.hpp"

namespace convreel::output {

/// What replaces the picture before, and when the new one stands. Where rectangles overlap they agree.
struct Patch {
  std::vector<IndexRect> rects;
  base::Duration start{}, end{};
};

class Recording {
 public:
  Recording(int width, int height, PixelRule rule, std::size_t most_colours);

  void record(const Frame& frame);
  /// True while every picture so far can be given back exactly.
  [[nodiscard]] bool complete() const { return complete_; }
  /// One a picture; empty unless complete().
  [[nodiscard]] const std::vector<Patch>& patches() const { return patches_; }
  /// Straight colours; the patches' indices are their numbers. Past 2^18 colours they are counted coarsely.
  [[nodiscard]] const ColourTable& colours() const { return colours_; }
  /// By colour number: the pictures after the first in which pixels turned into that colour. Empty unless complete().
  [[nodiscard]] const std::vector<std::uint32_t>& arrivals() const { return arrivals_; }
  /// The number of a colour that occurred in the survey.
  [[nodiscard]] std::uint32_t number_of(std::uint32_t colour) { return colours_.number(colour); }

 private:
  [[nodiscard]] IndexRect record_rect(const base::ImageView& image, const base::PixelRect& rect);
  void record_row(const std::uint32_t* row, int width, std::vector<std::uint8_t>& indices);
  void note_arrivals(const Patch& patch);
  [[nodiscard]] std::uint32_t number(std::uint32_t pixel);
  void give_up();

  Canvas canvas_;
  PixelRule rule_;
  std::size_t most_colours_;
  ColourTable colours_;
  std::vector<Patch> patches_;
  IndexPlane shown_;  ///< the picture recorded last, in colour numbers
  std::vector<std::uint32_t> arrivals_;
  std::size_t bytes_ = 0;
  bool complete_ = true;
};

}  // namespace convreel::output
