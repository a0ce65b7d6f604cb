#include "output/html/links.hpp"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>

#include "numerics/axis.hpp"

namespace convreel::output {

namespace {

using nlohmann::ordered_json;

std::string_view name(views::Tensor tensor) {
  switch (tensor) {
    case views::Tensor::input:
      return "input";
    case views::Tensor::kernel:
      return "kernel";
    case views::Tensor::output:
      return "output";
  }
  return {};
}

ordered_json or_null(const std::optional<std::int64_t>& value) { return value ? ordered_json(*value) : ordered_json(); }

/// For every output position along `axis`: [tap, position looked at, position read (null for padding)].
ordered_json hits_along(const numerics::Layer& layer, int axis, std::int64_t outputs) {
  ordered_json all = ordered_json::array();
  for (std::int64_t y = 0; y < outputs; ++y) {
    ordered_json hits = ordered_json::array();
    for (const numerics::Hit& hit : numerics::hits(layer, axis, y))
      hits.push_back(
          {layer.flip_kernel ? layer.kernel[axis] - 1 - hit.tap : hit.tap, hit.looked_at, or_null(hit.cell)});
    all.push_back(std::move(hits));
  }
  return all;
}

ordered_json layer_json(const numerics::Trace& trace) {
  const numerics::Layer& layer = trace.layer();
  const std::int64_t groups = layer.channel_groups();
  ordered_json hits = ordered_json::array();
  for (int a = 0; a < numerics::kAxes; ++a) hits.push_back(hits_along(layer, a, trace.output().size[a]));
  return {{"inputs", {layer.in_channels, layer.in_channels / groups}},
          {"outputs", {layer.out_channels, layer.out_channels / groups}},
          {"hits", std::move(hits)}};
}

ordered_json channels_json(const views::Channels& channels) {
  return ordered_json::array({or_null(channels.in), or_null(channels.out)});
}

ordered_json grid_json(const views::GridMeaning& grid) {
  ordered_json channels = ordered_json::array();
  for (const views::Channels& one : grid.channels) channels.push_back(channels_json(one));
  return {{"tensor", name(grid.tensor)},
          {"channels", std::move(channels)},
          {"origin", grid.origin},
          {"spacing", grid.spacing}};
}

/// Whole numbers without a ".0", fractions exactly: the player computes the same ones.
ordered_json position_json(const views::Position& at) {
  ordered_json position = ordered_json::array();
  for (const double along : at)
    position.push_back(along == std::floor(along) ? ordered_json(static_cast<std::int64_t>(along))
                                                  : ordered_json(along));
  return position;
}

ordered_json cells_json(const std::vector<views::TensorCell>& cells) {
  ordered_json all = ordered_json::array();
  for (const views::TensorCell& cell : cells)
    all.push_back(ordered_json::array({name(cell.tensor), channels_json(cell.channels), position_json(cell.at)}));
  return all;
}

ordered_json view_json(const views::ViewMeaning& view, std::size_t layer) {
  ordered_json grids = ordered_json::object(), cells = ordered_json::object();
  for (const views::GridMeaning& grid : view.meaning.grids) grids[grid.grid] = grid_json(grid);
  for (const views::CellMeaning& cell : view.meaning.cells) cells[cell.id] = cells_json(cell.cells);
  return {{"prefix", view.prefix}, {"layer", layer}, {"grids", std::move(grids)}, {"cells", std::move(cells)}};
}

}  // namespace

ordered_json links_of(const std::vector<views::ViewMeaning>& meanings) {
  std::vector<const numerics::Trace*> traces;
  ordered_json layers = ordered_json::array(), views = ordered_json::array();
  for (const views::ViewMeaning& view : meanings) {
    const auto known = std::find(traces.begin(), traces.end(), view.trace);
    views.push_back(view_json(view, static_cast<std::size_t>(known - traces.begin())));
    if (known != traces.end()) continue;
    traces.push_back(view.trace);
    layers.push_back(layer_json(*view.trace));
  }
  return {{"layers", std::move(layers)}, {"views", std::move(views)}};
}

}  // namespace convreel::output
