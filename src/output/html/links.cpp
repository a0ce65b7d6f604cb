#include "output/html/links.hpp"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>

#include "numerics/axis.hpp"
#include "numerics/stage.hpp"

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

/// Channels, depth, rows, columns.
ordered_json shape_json(const numerics::Shape& shape) {
  return {shape.channels, shape.size[0], shape.size[1], shape.size[2]};
}

ordered_json layer_json(const numerics::Trace& trace) {
  const numerics::Layer& layer = trace.layer();
  const std::int64_t groups = layer.channel_groups();
  ordered_json hits = ordered_json::array();
  for (int a = 0; a < numerics::kAxes; ++a) hits.push_back(hits_along(layer, a, trace.output().size[a]));
  return {{"shape", shape_json({trace.output().channels, trace.output().size})},
          {"inputs", {layer.in_channels, layer.in_channels / groups}},
          {"outputs", {layer.out_channels, layer.out_channels / groups}},
          {"hits", std::move(hits)}};
}

/// A layer without a window: of every output the numbers of the input's values that it was made from.
ordered_json mapping_json(const numerics::Stage& stage) {
  const numerics::Shape from = stage.input_shape(), to = stage.output_shape();
  ordered_json reads = ordered_json::array();
  for (std::int64_t n = 0; n < to.values(); ++n) {
    ordered_json sources = ordered_json::array();
    for (const numerics::Place& place : stage.sources(numerics::place_at(n, to.size)))
      sources.push_back(numerics::flat(place, from.size));
    reads.push_back(std::move(sources));
  }
  return {{"shape", shape_json(to)},
          {"inputs", {from.channels, from.channels}},
          {"outputs", {to.channels, to.channels}},
          {"input", shape_json(from)},
          {"reads", std::move(reads)}};
}

ordered_json channels_json(const views::Channels& channels) {
  return ordered_json::array({or_null(channels.in), or_null(channels.out)});
}

ordered_json grid_json(const views::GridMeaning& grid) {
  ordered_json channels = ordered_json::array();
  for (const views::Channels& one : grid.channels) channels.push_back(channels_json(one));
  return {{"tensor", name(grid.tensor)},
          {"stage", grid.stage},
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
    all.push_back(
        ordered_json::array({name(cell.tensor), channels_json(cell.channels), position_json(cell.at), cell.stage}));
  return all;
}

ordered_json view_json(const views::ViewMeaning& view, const std::vector<std::size_t>& layers) {
  ordered_json grids = ordered_json::object(), cells = ordered_json::object();
  for (const views::GridMeaning& grid : view.meaning.grids) grids[grid.grid] = grid_json(grid);
  for (const views::CellMeaning& cell : view.meaning.cells) cells[cell.id] = cells_json(cell.cells);
  return {{"prefix", view.prefix}, {"layers", layers}, {"grids", std::move(grids)}, {"cells", std::move(cells)}};
}

/// Every layer once, however many views show it.
class Layers {
 public:
  std::size_t number(const numerics::Trace& trace) {
    return number(&trace, [&] { return layer_json(trace); });
  }
  std::size_t number(const numerics::Stage& stage) {
    if (stage.trace()) return number(*stage.trace());
    return number(&stage, [&] { return mapping_json(stage); });
  }
  ordered_json take() { return std::move(json_); }

 private:
  template <typename Make>
  std::size_t number(const void* layer, Make make) {
    const auto known = static_cast<std::size_t>(std::find(known_.begin(), known_.end(), layer) - known_.begin());
    if (known < known_.size()) return known;
    known_.push_back(layer);
    json_.push_back(make());
    return known;
  }

  std::vector<const void*> known_;
  ordered_json json_ = ordered_json::array();
};

}  // namespace

ordered_json links_of(const std::vector<views::ViewMeaning>& meanings) {
  Layers layers;
  ordered_json views = ordered_json::array();
  for (const views::ViewMeaning& view : meanings) {
    std::vector<std::size_t> chain;
    if (view.trace) chain.push_back(layers.number(*view.trace));
    if (view.stack)
      for (const numerics::Stage& stage : *view.stack) chain.push_back(layers.number(stage));
    views.push_back(view_json(view, chain));
  }
  return {{"layers", layers.take()}, {"views", std::move(views)}};
}

}  // namespace convreel::output
