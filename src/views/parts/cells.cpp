#include "views/parts/cells.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <utility>

#include "views/parts/marks.hpp"

namespace convreel::views {

namespace {

std::vector<double> with_zero(std::vector<double> values) {
  values.push_back(0);
  return values;
}

}  // namespace

Figures figures_of_map(const Context& context) {
  // Padding and inserted zeros are written like the inputs.
  return {with_zero(context.trace.input().values), context.show.numbers, context.ruler, context.show.photo};
}

Figures figures_of_kernel(const Context& context) {
  return {context.trace.kernel().values, context.show.numbers, context.ruler};
}

Figures figures_of_output(const Context& context) {
  return {context.trace.output().values, context.show.numbers, context.ruler, context.show.photo};
}

MapCells::MapCells(const Context& context, const WindowMap& map, double cell)
    : MapCells(context, map, figures_of_map(context).at(cell)) {}

MapCells::MapCells(const Context& context, const WindowMap& map, Numbers numbers)
    : layer_(&context.trace.layer()), map_(&map), numbers_(numbers) {}

Item MapCells::item(const Place& drawn, Rect slot) const {
  const MapCell cell = map_->at(drawn);
  std::string id = cell_id("input", drawn, layer_->dims);
  if (cell.role == Role::input)
    return value_cell(std::move(id), slot, channel_role(*layer_, drawn.channel), cell.value, numbers_);
  const bool empty = cell.role == Role::background || !cell.counts;
  const std::string text = empty ? "" : numbers_.text(cell.value);
  return text_cell(std::move(id), slot, cell.role, text, numbers_.font());
}

OutputCells::OutputCells(const Context& context, double cell)
    : OutputCells(context, figures_of_output(context).at(cell)) {}

OutputCells::OutputCells(const Context& context, Numbers numbers) : trace_(&context.trace), numbers_(numbers) {}

std::string OutputCells::id(const Place& place) const { return cell_id("output", place, trace_->layer().dims); }

Item OutputCells::pending(const Place& place, Rect slot) const {
  Item item = text_cell(id(place), slot, pending_role(*trace_, place.cell), {}, 0);
  if (numbers_.ramp()) item.opacity = kReceding;
  return item;
}

Item OutputCells::done(const Place& place, Rect slot) const {
  return value_cell(id(place), slot, Role::output_done, trace_->output().at(place), numbers(place.channel));
}

void OutputCells::range_by_channel() {
  const numerics::Map& map = trace_->output();
  const auto cells = static_cast<std::size_t>(numerics::area(map.size));
  by_channel_.clear();
  for (std::size_t c = 0; c < static_cast<std::size_t>(map.channels); ++c)
    by_channel_.push_back(numbers_.over(std::span(map.values).subspan(c * cells, cells)));
}

const Numbers& OutputCells::numbers(std::int64_t channel) const {
  return by_channel_.empty() ? numbers_ : by_channel_[static_cast<std::size_t>(channel)];
}

Item OutputCells::active(const Place& place, Rect slot, bool revealed) const {
  const std::string text = revealed ? numbers_.text(trace_->output().at(place)) : "?";
  Item item = text_cell(id(place), slot, Role::output_active, text, numbers_.font());
  for (scene::Span& span : item.text) span.weight = scene::Weight::bold;
  return item;
}

void OutputCells::add_active(Items& items, const Place& place, Rect slot, bool revealed) const {
  items.push_back(active(place, slot, revealed));
  if (!numbers_.ramp()) return;
  const double reach = std::max(1.0, slot.width / 6);
  items.push_back(frame("active", slot.inset(-reach), Role::window, 2));
}

GridMeaning input_meaning(const numerics::Layer& layer, std::string grid) {
  GridMeaning meaning{std::move(grid), Tensor::input, {}};
  for (std::int64_t c = 0; c < layer.in_channels; ++c) meaning.channels.push_back({c, std::nullopt});
  return meaning;
}

GridMeaning map_meaning(const numerics::Layer& layer, const WindowMap& map, std::string grid) {
  GridMeaning meaning = input_meaning(layer, std::move(grid));
  meaning.origin = map.spread_origin();
  meaning.spacing = map.spacing();
  return meaning;
}

GridMeaning window_kernel_meaning(const numerics::Layer& layer, const WindowMap& map) {
  const Cell first = map.tap_at({});
  GridMeaning kernel{"kernel", Tensor::kernel, input_meaning(layer).channels, first};
  if (first != Cell{}) kernel.spacing = {-1, -1, -1};
  return kernel;
}

GridMeaning output_meaning(const numerics::Layer& layer, std::string grid) {
  GridMeaning meaning{std::move(grid), Tensor::output, {}};
  for (std::int64_t c = 0; c < layer.out_channels; ++c) meaning.channels.push_back({std::nullopt, c});
  return meaning;
}

Channels plane_channels(const numerics::Trace& trace, std::int64_t plane) {
  const Layer& layer = trace.layer();
  const numerics::Kernel& kernel = trace.kernel();
  const std::int64_t outer = plane / kernel.inner;
  const std::int64_t other = outer / (kernel.outer / layer.groups) * kernel.inner + plane % kernel.inner;
  return layer.transposed() ? Channels{outer, other} : Channels{other, outer};
}

Role pending_role(const numerics::Trace& trace, const numerics::Cell& output) {
  for (int a = 0; a < numerics::kAxes; ++a)
    if (output[a] >= trace.output().size[a] - trace.layer().output_padding[a]) return Role::extra;
  return Role::output_pending;
}

Place output_place(const numerics::Trace& trace, std::int64_t index) {
  return numerics::place_at(index, trace.output().size);
}

void add_output_padding(scene::Items& items, const numerics::Trace& trace, std::int64_t channel, const Grid& grid,
                        const numerics::Cell& first) {
  const numerics::Cell& size = trace.output().size;
  numerics::Cell op = trace.layer().output_padding;
  for (int a = 0; a < numerics::kAxes; ++a) op[a] = std::min(op[a], size[a]);
  const auto outline = [&](std::string_view name, const numerics::Cell& from, const numerics::Cell& extent) {
    if (numerics::area(extent) == 0) return;
    const std::size_t before = items.size();
    add_frames(items, fmt::format("extra.{}.{}", channel, name),
               grid.blocks({first[0] + from[0], first[1] + from[1], first[2] + from[2]}, extent), Role::extra);
    for (std::size_t n = before; n < items.size(); ++n) items[n].stroke = 2, items[n].dashed = true;
  };
  outline("slices", {size[0] - op[0], 0, 0}, {op[0], size[1], size[2]});
  outline("rows", {0, size[1] - op[1], 0}, {size[0] - op[0], op[1], size[2]});
  outline("columns", {0, 0, size[2] - op[2]}, {size[0] - op[0], size[1] - op[1], op[2]});
}

}  // namespace convreel::views
