// A layer's formulas with the numbers put in, and what follows from them.
#pragma once

#include <string>

#include "numerics/trace.hpp"

namespace convreel::explain {

/// The output size formula with numbers, one line: "o = ⌊(i + 2p − k) / s⌋ + 1 = ⌊(5 + 2·1 − 3) / 2⌋ + 1 = 3".
/// Rows and columns are written apart only where they differ.
[[nodiscard]] std::string size_formula(const numerics::Layer& layer);

/// z and p' of a transposed layer: "z = s − 1 = 1, p′ = k − 1 − p = 1"; empty for other layers.
[[nodiscard]] std::string derived_parameters(const numerics::Layer& layer);

/// The article's four steps of a transposed layer as short details beside a chapter's title: "z = 1, p′ = 1",
/// "3×3 → 5×5", "5×5 → 7×7", "stride 1". Empty texts for other layers.
struct ChapterDetails {
  std::string derive, insert, pad, convolve;
};
[[nodiscard]] ChapterDetails chapter_details(const numerics::Layer& layer);

/// Whether the stamps of a transposed layer overlap evenly inside: the checkerboard question.
struct OverlapVerdict {
  bool even = true;    ///< every output away from the border receives equally many products
  bool holes = false;  ///< some outputs receive none, and are bias only
  std::string text;    ///< "3 mod 2 = 1: uneven, a checkerboard", "4 mod 2 = 0: even inside"
};
[[nodiscard]] OverlapVerdict overlap_verdict(const numerics::Layer& layer);

}  // namespace convreel::explain
