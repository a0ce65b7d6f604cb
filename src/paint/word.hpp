// A text in one weight and size. Sizes and widths in pixels.
#pragma once

#include <cstddef>
#include <string>

#include "scene/item.hpp"

namespace convreel::paint {

struct Word {
  std::string text;
  scene::Weight weight = scene::Weight::regular;
  bool heading = false;
  double font = 0;
  double limit = 0;  ///< shortened with an ellipsis at the end beyond this width; 0: never

  bool operator==(const Word&) const = default;
};

struct WordHash {
  std::size_t operator()(const Word& word) const;
};

}  // namespace convreel::paint
