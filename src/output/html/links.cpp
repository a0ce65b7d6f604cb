#include "output/html/links.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <string>

#include "base/text.hpp"
#include "numerics/axis.hpp"
#include "output/html/joins.hpp"
#include "views/parts/parts.hpp"

namespace convreel::output {

namespace {

using nlohmann::ordered_json;
using Extent = std::array<std::int64_t, 2>;  // rows, columns

/// Rows and columns of a grid of cells named "<grid>.0.<row>.<column>"; 0 when there is none.
Extent extent(const scene::Scene& scene, const std::string& grid) {
  Extent size{0, 0};
  for (const scene::Item* item : scene::visible(scene)) {
    if (!item->id.starts_with(grid + ".0.")) continue;
    const auto parts = base::split(item->id, '.');
    if (parts.size() != 4) continue;
    for (std::size_t a = 0; a < 2; ++a)
      if (const auto at = base::parse_int(parts[2 + a])) size[a] = std::max(size[a], *at + 1);
  }
  return size;
}

/// For every output position along `axis`: [tap, position looked at, position read (null for padding)].
ordered_json hits_along(const numerics::Layer& layer, int axis, std::int64_t outputs) {
  ordered_json all = ordered_json::array();
  for (std::int64_t y = 0; y < outputs; ++y) {
    ordered_json hits = ordered_json::array();
    for (const numerics::Hit& hit : numerics::hits(layer, axis, y))
      hits.push_back({hit.tap, hit.looked_at, hit.cell ? ordered_json(*hit.cell) : ordered_json()});
    all.push_back(std::move(hits));
  }
  return all;
}

InputDrawing as_window_map(const views::WindowMap& map) {
  const Extent origin{map.row_of({0, 0, 0}), map.column_of({0, 0, 0})};
  return {origin, {map.row_of({0, 1, 0}) - origin[0], map.column_of({0, 0, 1}) - origin[1]}};
}

}  // namespace

ordered_json links_of(const numerics::Trace& trace, const Cast& cast, const scene::Scene& last) {
  const numerics::Layer& layer = trace.layer();
  const Extent input = extent(last, "input"), output = extent(last, "output");
  const numerics::Cell& size = trace.output().size;
  const Extent none{0, 0};  // a grid that other cells stand for, or that this view leaves out
  if (layer.dims > 2 || (output != none && output != Extent{size[1], size[2]})) return nullptr;
  const views::WindowMap map(trace);
  const bool stretched = input == Extent{map.rows(), map.columns()};
  if (!stretched && input != none && input != Extent{layer.input[1], layer.input[2]}) return nullptr;
  const InputDrawing drawing = stretched ? as_window_map(map) : InputDrawing{};
  const bool each = layer.pooling();  // channel by channel
  return {{"channels", {layer.in_channels, layer.out_channels}},
          {"inputs", each ? 1 : layer.in_channels / layer.groups},
          {"outputs", each ? 1 : layer.out_channels / layer.groups},
          {"kernel", {layer.kernel[1], layer.kernel[2]}},
          {"turned", stretched && map.tap_at({0, 0, 0}) != numerics::Cell{0, 0, 0}},
          {"origin", drawing.origin},
          {"spacing", drawing.spacing},
          {"hits", {hits_along(layer, 1, size[1]), hits_along(layer, 2, size[2])}},
          {"joins", joins_of(trace, cast, drawing)}};
}

}  // namespace convreel::output
