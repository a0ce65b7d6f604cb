// A step told part by part: what stands so far, and what is on its way.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "scene/ruler.hpp"
#include "views/words.hpp"

namespace convreel::views {

/// How far the telling of a step of `parts` has come.
struct Telling {
  std::size_t there = 0;            ///< parts that have arrived
  std::optional<std::size_t> part;  ///< the one that is told: the last that arrived, or one on its way
  double share = 1;                 ///< of its way

  /// `told` is the cursor's: 2.4 are two and the third on its way.
  Telling(double told, std::size_t parts);
  [[nodiscard]] bool flies() const { return share < 1; }
};

/// Marks what is told.
[[nodiscard]] scene::Item told_frame(scene::Rect box);

/// Words at `share` of the way between two points, on ground of their own: they pass over other things.
[[nodiscard]] scene::Item flying(std::string id, std::vector<scene::Span> words, double font, scene::Point from,
                                 scene::Point to, double share, const scene::Ruler& ruler);

}  // namespace convreel::views
