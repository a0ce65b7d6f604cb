#include "views/parts/channels.hpp"

#include <cmath>

namespace convreel::views {

namespace {

constexpr std::int64_t kMostMapRows = 5, kMostStripRows = 8;  // that have a row each
constexpr std::int64_t kMapsBesideMore = 3;                   // of those that one output reads, when there are more

}  // namespace

ChannelRows channel_rows(const Layer& layer) {
  if (layer.in_channels <= (layer.dims == 1 ? kMostStripRows : kMostMapRows)) return {false, layer.in_channels, 0, 0};
  const std::int64_t read = layer.in_channels / layer.channel_groups();
  const std::int64_t rows = read <= kMapsBesideMore + 1 ? read : kMapsBesideMore;
  return {true, rows, read - rows, layer.in_channels - read};
}

std::int64_t maps_abreast(std::int64_t count) {
  if (count <= kMostMapRows) return 1;
  return count <= 2 * kMostMapRows ? 2 : static_cast<std::int64_t>(std::ceil(std::sqrt(static_cast<double>(count))));
}

std::optional<std::int64_t> row_of(const Layer& layer, std::int64_t channel) {
  const ChannelRows rows = channel_rows(layer);
  if (!rows.piled) return channel;
  const std::int64_t place = channel % (layer.in_channels / layer.channel_groups());
  return place < rows.rows ? std::optional(place) : std::nullopt;
}

}  // namespace convreel::views
