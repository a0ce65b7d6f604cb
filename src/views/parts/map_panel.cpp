#include "views/parts/map_panel.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "views/parts/marks.hpp"

namespace convreel::views {

namespace {

constexpr double kTallest = 384;  // what stays of a page's height beside captions

std::string window_id(std::int64_t channel) { return fmt::format("window.{}", channel); }

}  // namespace

MapPanel::MapPanel(const Context& context, const WindowMap& map) : context_(context), map_(map) {}

double MapPanel::cell_beside(double cell) const {
  const auto channels = static_cast<double>(context_.trace.layer().in_channels);
  const double fitting = (kTallest - (channels - 1) * kChannelGap) / (channels * static_cast<double>(map_.rows()));
  if (cell < kSmallestNumberedCell) return std::max(2.0, std::min(2 * cell, std::floor(fitting)));
  return std::max(kSmallestNumberedCell, std::min(std::max(cell, kSmallestCornerCell), std::floor(fitting)));
}

scene::Size MapPanel::measure(double cell) const {
  const auto channels = static_cast<double>(context_.trace.layer().in_channels);
  return {static_cast<double>(map_.columns()) * cell,
          channels * static_cast<double>(map_.rows()) * cell + (channels - 1) * kChannelGap};
}

void MapPanel::place(scene::Point origin, double cell) {
  grids_.clear();
  for (std::int64_t c = 0; c < context_.trace.layer().in_channels; ++c) {
    const double y = origin.y + static_cast<double>(c) * (static_cast<double>(map_.rows()) * cell + kChannelGap);
    grids_.push_back({"input",
                      {std::round(origin.x), std::round(y)},
                      cell,
                      map_.rows(),
                      map_.columns(),
                      context_.trace.layer().dims});
  }
  cells_.emplace(context_, map_, cell);
  weights_ = figures_of_kernel(context_).at(cell);
}

void MapPanel::add_maps(Items& items) const {
  for (std::int64_t c = 0; c < context_.trace.layer().in_channels; ++c)
    numerics::each_cell(map_.size(), [&](const numerics::Cell& cell) {
      items.push_back(cells_->item({c, cell}, grid(c).slot(cell)));
    });
}

Item MapPanel::covered_cell(const Place& output, std::int64_t channel, const Covered& at) const {
  Item item = cells_->item({channel, at.drawn}, grid(channel).slot(at.drawn));
  const bool weighted = !context_.trace.kernel().empty() && numbers().shown() && weights_.shown();
  if (!weighted) return veiled(std::move(item), {}, false);
  const double weight = context_.trace.weight(output.channel, channel, at.tap);
  return veiled(std::move(item), weights_.text(weight), true);
}

void MapPanel::add_window(Items& items, const numerics::Step& step) const {
  const numerics::ChannelRange read = numerics::channels_read(context_.trace.layer(), step.output.channel);
  for (std::int64_t c = read.first; c < read.last; ++c) {
    for (const Covered& at : map_.covered(step.output.cell)) items.push_back(covered_cell(step.output, c, at));
    items.push_back(frame(window_id(c), window_box(c, step.output.cell), Role::window));
  }
}

void MapPanel::add_gliding_window(Items& items, const Place& from, const Place& to, double share) const {
  const numerics::ChannelRange read = numerics::channels_read(context_.trace.layer(), to.channel);
  for (std::int64_t c = read.first; c < read.last; ++c)
    add_gliding_frame(items, window_id(c), between(window_box(c, from.cell), window_box(c, to.cell), share),
                      Role::window);
}

Rect MapPanel::window_box(std::int64_t channel, const numerics::Cell& output) const {
  return grid(channel).block(map_.window(output), map_.window_size());
}

}  // namespace convreel::views
