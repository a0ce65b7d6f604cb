// Small animations for round trips: a layer-like one, and random ones for properties.
#pragma once

#include <cstdint>
#include <vector>

#include "base/image.hpp"

namespace convreel::test {

/// A grid of cells with a window that walks over it: `count` pictures, flat colours.
[[nodiscard]] std::vector<base::Image> walking_window(int width, int height, int count);

/// Pictures where each differs from the one before by a few rectangles of up to `colours` colours, some of them by
/// nothing; with `transparent` some rectangles clear what was there.
[[nodiscard]] std::vector<base::Image> random_clip(std::uint32_t seed, int width, int height, int count, int colours,
                                                   bool transparent);

}  // namespace convreel::test
