// One axis of a layer by itself: every size formula is separable, so it is written once, here.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "numerics/layer.hpp"

namespace convreel::numerics {

/// The layer's parameters along one axis; symbols as in layer.hpp.
struct Axis {
  std::int64_t i = 1, k = 1, s = 1, d = 1, op = 0;
  Sides p;

  [[nodiscard]] std::int64_t ke() const { return d * (k - 1) + 1; }
};
[[nodiscard]] Axis axis_of(const Layer& layer, int axis);

/// "depth", "rows", "columns".
[[nodiscard]] std::string_view axis_name(int axis);

/// The output size along an axis of a layer of that kind, by its formula alone: may be below 1. Empty when the window
/// does not fit the padded input, where the formula has no meaning.
[[nodiscard]] std::optional<std::int64_t> output_size(const Layer& layer, const Axis& axis);

/// The most padding a side may have: i - 1 for reflect, i for circular; for pooling
/// floor(ke/2), or ke - 1 where the rules allow it; empty for no limit.
[[nodiscard]] std::optional<std::int64_t> padding_limit(const Layer& layer, const Axis& axis);

/// One tap that takes part in an output position along one axis.
struct Hit {
  std::int64_t tap = 0;              ///< place in the window, 0 .. k-1 (not turned by flip_kernel)
  std::int64_t looked_at = 0;        ///< input position, may lie outside the map
  std::optional<std::int64_t> cell;  ///< the input position that is read; empty for zero padding
};
/// The taps of output position `y`, ascending: all of them, for a transposed layer those that land on an input.
[[nodiscard]] std::vector<Hit> hits(const Layer& layer, int axis, std::int64_t y);

}  // namespace convreel::numerics
