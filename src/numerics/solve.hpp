// The other way round: which layers turn one size into another. Every combination within bounds is tried, so that an
// answer that is not given does not exist.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/limits.hpp"
#include "numerics/layer.hpp"
#include "numerics/padding_rule.hpp"

namespace convreel::numerics {

/// One way to pad that is tried: by a rule, or by these sides.
struct PaddingTry {
  std::optional<PaddingRule> rule;
  Padding sides{};
};

/// What may vary, and within which values. Axes that the layer does not use hold 1 (padding and output padding 0).
struct Bounds {
  Layer layer;  ///< all that is no size: kind, axes in use, channels, padding mode, ceil mode, ...
  std::vector<Cell> input, output, kernel, stride, dilation;
  std::vector<PaddingTry> padding;
  std::optional<std::vector<Cell>> output_padding;  ///< empty: whatever is smaller than the stride
  /// Every axis takes its numbers from the lists by itself, but input and output are among the sizes as they stand.
  bool apart = false;
  base::Limits limits;  ///< of tries and answers
};

struct Answer {
  Layer layer;
  Cell output{};
};

struct Solution {
  /// Smallest first: by kernel size, then stride, padding, dilation, output padding, input; each by its sum over the
  /// axes, then axis by axis. None is there twice.
  std::vector<Answer> answers;
  /// Without answers: the smallest layers whose outputs are nearest to a wanted one, from below and from above.
  std::vector<Answer> nearest;
};

/// Throws Error{impossible} when there are more combinations or answers than bounds.limits.
[[nodiscard]] Solution solve(const Bounds& bounds);

}  // namespace convreel::numerics
