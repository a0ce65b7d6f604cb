#include "views/parts/window_map.hpp"

#include <algorithm>

namespace convreel::views {

using numerics::kAxes;

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

bool WindowMap::in_spread(const Cell& drawn) const {
  return numerics::inside(among_spread(drawn), trace_.geometry().spread);
}

Cell WindowMap::among_spread(const Cell& drawn) const {
  Cell cell{};
  for (int a = 0; a < kAxes; ++a) cell[a] = drawn[a] - spread_origin_[a];
  return cell;
}

bool WindowMap::overhung(const Cell& spread) const {
  const numerics::Layer& layer = trace_.layer();
  for (int a = 0; a < kAxes; ++a)
    if (layer.ceil_mode && spread[a] >= layer.input[a] + layer.padding[a].after) return true;
  return false;
}

MapCell WindowMap::at(const Place& drawn) const {
  const Cell spread = among_spread(drawn.cell);
  if (overhung(spread)) return {Role::background, {}, 0};
  return in_spread(drawn.cell) ? spread_cell(drawn, spread) : padding_cell(drawn.channel, spread);
}

MapCell WindowMap::spread_cell(const Place& drawn, const Cell& spread) const {
  Place input{drawn.channel, {}};
  bool inserted = false;
  for (int a = 0; a < kAxes; ++a) {
    inserted = inserted || spread[a] % step_[a] != 0;
    input.cell[a] = spread[a] / step_[a];
  }
  const bool lost = cropped(drawn.cell);
  if (inserted) return {lost ? Role::cropped : Role::inserted_zero, {}, 0};
  const bool unread = unread_[trace_.input().offset(input)];
  return {lost ? Role::cropped : unread ? Role::unread : Role::input, input.cell, trace_.input().at(input)};
}

MapCell WindowMap::padding_cell(std::int64_t channel, const Cell& spread) const {
  const numerics::Layer& layer = trace_.layer();
  if (layer.padding_mode == numerics::PaddingMode::zeros)
    return {Role::padding, {}, layer.row().padding, !layer.row().divides || layer.count_include_pad};
  Cell from{};
  for (int a = 0; a < kAxes; ++a) {
    const auto along = numerics::padded_index(spread[a], layer.input[a], layer.padding_mode);
    if (!along) return {Role::padding, {}, 0};
    from[a] = *along;
  }
  return {Role::padding, from, trace_.input().at({channel, from})};
}

Cell WindowMap::window(const Cell& output) const {
  Cell first{};
  for (int a = 0; a < kAxes; ++a) first[a] = window_origin_[a] + output[a] * trace_.geometry().window_stride[a];
  return first;
}

Place WindowMap::drawn(const Place& input) const {
  Place place{input.channel, {}};
  for (int a = 0; a < kAxes; ++a) place.cell[a] = spread_origin_[a] + input.cell[a] * step_[a];
  return place;
}

Position WindowMap::position(const Cell& drawn) const {
  const Cell spread = among_spread(drawn);
  Position at{};
  for (int a = 0; a < kAxes; ++a) at[a] = static_cast<double>(spread[a]) / static_cast<double>(step_[a]);
  return at;
}

Cell WindowMap::tap_at(const Cell& at) const {
  const numerics::Layer& layer = trace_.layer();
  return layer.transposed() == layer.flip_kernel ? at : numerics::turned(at, layer.kernel);
}

std::vector<Covered> WindowMap::covered(const Cell& output) const {
  const numerics::Layer& layer = trace_.layer();
  const Cell first = window(output);
  std::vector<Covered> cells;
  numerics::each_cell(layer.kernel, [&](const Cell& u) {
    Covered covered{first, tap_at(u)};
    for (int a = 0; a < kAxes; ++a) covered.drawn[a] += u[a] * layer.dilation[a];
    cells.push_back(covered);
  });
  return cells;
}

Role channel_role(const numerics::Layer& layer, std::int64_t input_channel) {
  if (layer.in_channels == 1) return Role::input;
  const std::int64_t per_group = layer.in_channels / layer.groups;
  return scene::group_role(layer.groups > 1 ? input_channel / per_group : input_channel);
}

}  // namespace convreel::views
