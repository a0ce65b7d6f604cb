#include "numerics/adjacency.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "numerics/accumulate.hpp"
#include "numerics/step.hpp"

namespace convreel::numerics {

OutputChannels channels_fed(const Layer& layer, std::int64_t input_channel) {
  const std::int64_t out = layer.out_channels / layer.channel_groups();
  const std::int64_t group = input_channel / (layer.in_channels / layer.channel_groups());
  return {group * out, (group + 1) * out};
}

namespace {

Contribution joined(const Layer& layer, const Place& output, const Place& input, const Cell& place_in_window) {
  const WeightIndex index = weight_index(layer, output.channel, input.channel, place_in_window);
  return {output, input, index.outer, index.inner, index.tap};
}

/// An output position and a place in the window, along one axis.
struct Feed {
  std::int64_t output = 0, tap = 0;
};

/// Where input position `x` goes along one axis.
std::vector<Feed> feeds(const Layer& layer, int a, std::int64_t o, std::int64_t x) {
  std::vector<Feed> found;
  for (std::int64_t y = 0; y < o; ++y)
    for (const Hit& hit : hits(layer, a, y))
      if (hit.cell == x) found.push_back({y, hit.tap});
  return found;
}

void add_feeds(const Layer& layer, const Place& input, std::int64_t output_channel,
               const std::array<std::vector<Feed>, kAxes>& feeds, std::vector<Contribution>& found) {
  for (const Feed& z : feeds[0])
    for (const Feed& y : feeds[1])
      for (const Feed& x : feeds[2])
        found.push_back(joined(layer, {output_channel, {z.output, y.output, x.output}}, input, {z.tap, y.tap, x.tap}));
}

/// The channels that meet at kernel entry [outer, inner].
struct ChannelPair {
  std::int64_t input = 0, output = 0;
};
ChannelPair channel_pair(const Layer& layer, std::int64_t outer, std::int64_t inner) {
  const std::int64_t in = layer.in_channels / layer.groups, out = layer.out_channels / layer.groups;
  if (layer.transposed()) return {outer, outer / in * out + inner};
  return {outer / out * in + inner, outer};
}

void check_weight(const Layer& layer, std::int64_t outer, std::int64_t inner, const Cell& tap) {
  const auto [outers, inners] = kernel_planes(layer);
  const bool exists = outer >= 0 && outer < outers && inner >= 0 && inner < inners && inside(tap, layer.kernel);
  if (!exists)
    throw base::Error(base::ErrorKind::impossible, fmt::format("the layer has no weight [{}, {}, {}, {}, {}]", outer,
                                                               inner, tap[0], tap[1], tap[2]));
}

}  // namespace

std::vector<Contribution> contributions_to(const Layer& layer, const Place& output) {
  std::vector<Contribution> found;
  const CellHits hits = cell_hits(layer, output.cell);
  const ChannelRange range = channels_read(layer, output.channel);
  for (std::int64_t ic = range.first; ic < range.last; ++ic)
    each_hit(hits, [&](const CellHit& hit) {
      if (hit.cell) found.push_back(joined(layer, output, {ic, *hit.cell}, hit.tap));
    });
  return found;
}

std::vector<Contribution> contributions_of(const Layer& layer, const Geometry& geometry, const Place& input) {
  std::array<std::vector<Feed>, kAxes> axes;
  for (int a = 0; a < kAxes; ++a) axes[a] = feeds(layer, a, geometry.output[a], input.cell[a]);
  std::vector<Contribution> found;
  const OutputChannels range = channels_fed(layer, input.channel);
  for (std::int64_t oc = range.first; oc < range.last; ++oc) add_feeds(layer, input, oc, axes, found);
  std::sort(found.begin(), found.end());
  return found;
}

std::vector<Contribution> contributions_through(const Layer& layer, const Geometry& geometry, std::int64_t outer,
                                                std::int64_t inner, const Cell& tap, std::size_t limit) {
  check_weight(layer, outer, inner, tap);
  const ChannelPair pair = channel_pair(layer, outer, inner);
  Cell place = tap;
  if (layer.flip_kernel)
    for (int a = 0; a < kAxes; ++a) place[a] = layer.kernel[a] - 1 - tap[a];
  std::vector<Contribution> found;
  for (std::int64_t n = 0; n < area(geometry.output) && found.size() < limit; ++n) {
    const Place output{pair.output, unflat(n, geometry.output)};
    each_hit(cell_hits(layer, output.cell), [&](const CellHit& hit) {
      if (hit.tap == place && hit.cell) found.push_back(joined(layer, output, {pair.input, *hit.cell}, place));
    });
  }
  return found;
}

}  // namespace convreel::numerics
