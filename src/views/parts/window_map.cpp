#include "views/parts/window_map.hpp"

#include <algorithm>

namespace convreel::views {

using numerics::Cell;
using numerics::kAxes;
using scene::Role;

WindowMap::WindowMap(const numerics::Trace& trace) : trace_(trace) {
  const numerics::Geometry& geometry = trace.geometry();
  for (int a = 0; a < kAxes; ++a) {
    const numerics::Sides pad = geometry.equivalent_padding[a];
    step_[a] = geometry.zeros_inserted[a] + 1;
    spread_origin_[a] = std::max<std::int64_t>(0, pad.before);
    window_origin_[a] = std::max<std::int64_t>(0, -pad.before);
    const std::int64_t padded = spread_origin_[a] + geometry.spread[a] + std::max<std::int64_t>(0, pad.after);
    const std::int64_t reached =
        window_origin_[a] + (geometry.output[a] - 1) * geometry.window_stride[a] + geometry.effective_kernel[a];
    size_[a] = std::max(padded, reached);  // a pooling window may hang over the end (ceil mode)
  }
  unread_.assign(trace.input().values.size(), false);
  for (const numerics::Place& place : trace.unread()) unread_[trace.input().offset(place)] = true;
}

bool WindowMap::cropped(const Cell& drawn) const {
  const numerics::Geometry& geometry = trace_.geometry();
  for (int a = 0; a < kAxes; ++a) {
    const bool before = drawn[a] < window_origin_[a];
    const bool after =
        geometry.equivalent_padding[a].after < 0 && drawn[a] >= window_origin_[a] + geometry.stretched[a];
    if (before || after) return true;
  }
  return false;
}

bool WindowMap::in_spread(std::int64_t row, std::int64_t column) const {
  const Cell& spread = trace_.geometry().spread;
  return row >= spread_origin_[1] && row < spread_origin_[1] + spread[1] && column >= spread_origin_[2] &&
         column < spread_origin_[2] + spread[2];
}

MapCell WindowMap::at(std::int64_t channel, std::int64_t row, std::int64_t column) const {
  const numerics::Layer& layer = trace_.layer();
  const Cell drawn{0, row, column};
  const std::int64_t y = row - spread_origin_[1], x = column - spread_origin_[2];
  if (layer.ceil_mode && (y >= layer.input[1] + layer.padding[1].after || x >= layer.input[2] + layer.padding[2].after))
    return {Role::background, {}, 0};
  if (in_spread(row, column)) {
    if (y % step_[1] != 0 || x % step_[2] != 0) return {cropped(drawn) ? Role::cropped : Role::inserted_zero, {}, 0};
    const numerics::Place place{channel, {0, y / step_[1], x / step_[2]}};
    const bool unread = unread_[trace_.input().offset(place)];
    const Role role = cropped(drawn) ? Role::cropped : unread ? Role::unread : Role::input;
    return {role, place.cell, trace_.input().at(place)};
  }
  if (layer.padding_mode == numerics::PaddingMode::zeros) return {Role::padding, {}, layer.row().padding};
  const auto from_row = numerics::padded_index(y, layer.input[1], layer.padding_mode);
  const auto from_column = numerics::padded_index(x, layer.input[2], layer.padding_mode);
  if (!from_row || !from_column) return {Role::padding, {}, 0};
  const Cell from{0, *from_row, *from_column};
  return {Role::padding, from, trace_.input().at({channel, from})};
}

std::int64_t WindowMap::window_row(const Cell& output) const {
  return window_origin_[1] + output[1] * trace_.geometry().window_stride[1];
}
std::int64_t WindowMap::window_column(const Cell& output) const {
  return window_origin_[2] + output[2] * trace_.geometry().window_stride[2];
}
std::int64_t WindowMap::row_of(const Cell& input) const { return spread_origin_[1] + input[1] * step_[1]; }
std::int64_t WindowMap::column_of(const Cell& input) const { return spread_origin_[2] + input[2] * step_[2]; }

Position WindowMap::position(std::int64_t row, std::int64_t column) const {
  const auto along = [&](int axis, std::int64_t drawn) {
    return static_cast<double>(drawn - spread_origin_[axis]) / static_cast<double>(step_[axis]);
  };
  return {along(0, 0), along(1, row), along(2, column)};
}

Cell WindowMap::tap_at(const Cell& at) const {
  const numerics::Layer& layer = trace_.layer();
  if (layer.transposed() == layer.flip_kernel) return at;
  Cell turned{};
  for (int a = 0; a < kAxes; ++a) turned[a] = layer.kernel[a] - 1 - at[a];
  return turned;
}

std::vector<Covered> WindowMap::covered(const Cell& output) const {
  const numerics::Layer& layer = trace_.layer();
  std::vector<Covered> cells;
  for (std::int64_t v = 0; v < layer.kernel[1]; ++v)
    for (std::int64_t u = 0; u < layer.kernel[2]; ++u)
      cells.push_back({window_row(output) + v * layer.dilation[1], window_column(output) + u * layer.dilation[2],
                       tap_at({0, v, u})});
  return cells;
}

Role channel_role(const numerics::Layer& layer, std::int64_t input_channel) {
  if (layer.in_channels == 1) return Role::input;
  const std::int64_t per_group = layer.in_channels / layer.groups;
  return scene::group_role(layer.groups > 1 ? input_channel / per_group : input_channel);
}

}  // namespace convreel::views
