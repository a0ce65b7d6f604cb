// Who reads whom, counted. Windows are boxes, so both questions are asked axis by axis and multiplied.
#include <array>
#include <vector>

#include "numerics/axis.hpp"
#include "numerics/trace.hpp"

namespace convreel::numerics {

namespace {

using Counts = std::array<std::vector<std::int64_t>, kAxes>;

/// For each input position along each axis, whether (how often) any output reads it.
Counts reads(const Layer& layer, const Geometry& geometry) {
  Counts counts;
  for (int a = 0; a < kAxes; ++a) {
    counts[a].assign(static_cast<std::size_t>(layer.input[a]), 0);
    for (std::int64_t y = 0; y < geometry.output[a]; ++y)
      for (const Hit& hit : hits(layer, a, y))
        if (hit.cell) ++counts[a][static_cast<std::size_t>(*hit.cell)];
  }
  return counts;
}

/// For each output position along each axis, how many taps read an input cell.
Counts receives(const Layer& layer, const Geometry& geometry) {
  Counts counts;
  for (int a = 0; a < kAxes; ++a)
    for (std::int64_t y = 0; y < geometry.output[a]; ++y) {
      std::int64_t count = 0;
      for (const Hit& hit : hits(layer, a, y)) count += hit.cell ? 1 : 0;
      counts[a].push_back(count);
    }
  return counts;
}

/// The same before the crop: position a*s + u*d of the full map.
Counts receives_full(const Layer& layer, const Geometry& geometry) {
  Counts counts;
  for (int a = 0; a < kAxes; ++a) {
    counts[a].assign(static_cast<std::size_t>(geometry.full[a]), 0);
    for (std::int64_t x = 0; x < layer.input[a]; ++x)
      for (std::int64_t u = 0; u < layer.kernel[a]; ++u)
        ++counts[a][static_cast<std::size_t>(x * layer.stride[a] + u * layer.dilation[a])];
  }
  return counts;
}

Map product(const Counts& counts, const Cell& size) {
  Map map(1, size);
  for (std::int64_t n = 0; n < area(size); ++n) {
    const Cell cell = unflat(n, size);
    std::int64_t count = 1;
    for (int a = 0; a < kAxes; ++a) count *= counts[a][static_cast<std::size_t>(cell[a])];
    map.values[static_cast<std::size_t>(n)] = static_cast<double>(count);
  }
  return map;
}

}  // namespace

std::vector<Place> Trace::unread() const {
  const Map counts = product(reads(layer_, geometry_), layer_.input);
  std::vector<Place> places;
  for (std::int64_t c = 0; c < layer_.in_channels; ++c)
    for (std::int64_t n = 0; n < area(layer_.input); ++n)
      if (counts.values[static_cast<std::size_t>(n)] == 0) places.push_back({c, unflat(n, layer_.input)});
  return places;
}

Map Trace::overlap() const { return product(receives(layer_, geometry_), geometry_.output); }

Map Trace::overlap_before_crop() const {
  if (!layer_.transposed()) return overlap();
  return product(receives_full(layer_, geometry_), geometry_.full);
}

}  // namespace convreel::numerics
