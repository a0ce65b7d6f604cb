// Spatial axes. Always three inside the numerics, in the order depth, rows, columns; an axis a layer does not use has
// size 1, stride 1, dilation 1 and padding 0. A 1-D layer uses columns only, a 2-D layer rows and columns.
#pragma once

#include <array>
#include <cstdint>

namespace convreel::numerics {

inline constexpr int kAxes = 3;

/// One whole number an axis: a size, a position (may lie outside a map, even below 0), a stride.
using Cell = std::array<std::int64_t, kAxes>;

/// What lies before and after the map along one axis. Negative means cells are removed.
struct Sides {
  std::int64_t before = 0, after = 0;

  [[nodiscard]] std::int64_t sum() const { return before + after; }
  bool operator==(const Sides&) const = default;
};
using Padding = std::array<Sides, kAxes>;

/// A cell of one channel.
struct Place {
  std::int64_t channel = 0;
  Cell cell{};

  auto operator<=>(const Place&) const = default;
};

/// The first axis that a layer with `dims` spatial axes uses: 2 for 1-D, 1 for 2-D.
[[nodiscard]] constexpr int first_axis(int dims) { return kAxes - dims; }

/// Number of cells of a map of that size.
[[nodiscard]] constexpr std::int64_t area(const Cell& size) { return size[0] * size[1] * size[2]; }

/// Row-major index of `cell` in a map of `size`, and back.
[[nodiscard]] constexpr std::int64_t flat(const Cell& cell, const Cell& size) {
  return (cell[0] * size[1] + cell[1]) * size[2] + cell[2];
}
[[nodiscard]] constexpr Cell unflat(std::int64_t index, const Cell& size) {
  return {index / (size[1] * size[2]), index / size[2] % size[1], index % size[2]};
}

/// Calls visit(cell) for every cell of a map of that size, row-major.
template <class Visit>
void each_cell(const Cell& size, Visit visit) {
  for (std::int64_t n = 0; n < area(size); ++n) visit(unflat(n, size));
}

/// The number of a place's value in a map with channels of that size, and back.
[[nodiscard]] constexpr std::int64_t flat(const Place& place, const Cell& size) {
  return place.channel * area(size) + flat(place.cell, size);
}
[[nodiscard]] constexpr Place place_at(std::int64_t index, const Cell& size) {
  return {index / area(size), unflat(index % area(size), size)};
}

/// Where `tap` lies when a window of `size` is turned by 180 degrees.
[[nodiscard]] constexpr Cell turned(const Cell& tap, const Cell& size) {
  return {size[0] - 1 - tap[0], size[1] - 1 - tap[1], size[2] - 1 - tap[2]};
}

[[nodiscard]] constexpr bool inside(const Cell& cell, const Cell& size) {
  for (int a = 0; a < kAxes; ++a)
    if (cell[a] < 0 || cell[a] >= size[a]) return false;
  return true;
}

}  // namespace convreel::numerics
