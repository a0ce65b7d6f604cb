#include "views/stack/maps.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "explain/stack_text.hpp"
#include "words/sentences.hpp"

namespace convreel::views {

namespace {

constexpr std::int64_t kMostChannels = 4, kRowsOfValues = 12, kMostInRow = 96;
constexpr double kRowGap = 18;
constexpr double kRowArrowRoom = 36, kRowArrowFont = 24;  ///< before the first map of a further row
/// Cells that decide how many maps stand in a row: the largest with which all rows fit.
constexpr double kCells[] = {26, 20, 15, 11, 8, 6, 4};
constexpr double kMostHeight = 600, kMostNarrowHeight = 900;

}  // namespace

std::string StackMaps::grid_name(std::size_t map) { return fmt::format("map{}", map); }

StackMaps::StackMaps(const StackContext& context) : context_(context), dims_(context.stages.front().dims()) {
  maps_.push_back(map_of(context.stages.front().input(), context.stages.front().input_shape()));
  for (const numerics::Stage& stage : context.stages) maps_.push_back(map_of(stage.output(), stage.output_shape()));
  shade_last();
  const double most = context_.show.layout == job::Layout::portrait ? kMostNarrowHeight : kMostHeight;
  for (const double cell : kCells) {
    arrange(cell);
    if (measure(cell).height <= most) break;
  }
}

void StackMaps::shade_last() {
  const std::vector<double>&given = maps_.front().map->values, &made = maps_.back().map->values;
  if (given.empty() || made.empty()) return;
  const auto [low, high] = std::ranges::minmax_element(made);
  const bool even = std::ranges::all_of(given, [&](double value) { return value == given.front(); });
  if (even && *low >= 0 && *low < *high) maps_.back().shaded = *high;
}

/// As many maps in a row as the page has room for with cells of that size.
void StackMaps::arrange(double cell) {
  shelves_.clear();
  const double room = context_.show.layout == job::Layout::portrait ? kNarrowRoom : kArithmeticRoom;
  std::vector<Column> row;
  const auto shelf = [&] {
    return Shelf(ShelfContext{dims_, context_.show, context_.ruler}.naming(), row,
                 std::vector<Joint>(row.size() - 1, {"→", ""}));
  };
  for (std::size_t m = 0; m < maps_.size(); ++m) {
    row.push_back(column_for(m));
    if (row.size() > 1 && shelf().measure(cell).width > room) {
      Column moved = std::move(row.back());
      row.pop_back();
      shelves_.push_back(shelf());
      row = {std::move(moved)};
    }
    maps_[m].row = shelves_.size();
    maps_[m].column = row.size() - 1;
  }
  shelves_.push_back(shelf());
}

StackMaps::MapOf StackMaps::map_of(const Map& map, const numerics::Shape& shape) const {
  if (!shape.flat)
    return {&map, shape, std::min(shape.channels, kMostChannels), shape.size[1], shape.size[2], 0, 0, {}};
  const std::int64_t shown = std::min(shape.channels, kMostInRow), rows = std::min(shown, kRowsOfValues);
  return {&map, shape, 1, rows, (shown + rows - 1) / rows, 0, 0, {}};
}

Column StackMaps::column_for(std::size_t m) const {
  const MapOf& of = maps_[m];
  Caption caption{explain::shape_text(of.shape, dims_), ""};
  if (m > 0) caption.note = explain::stage_details(context_.stages[m - 1]);
  const std::int64_t shown = of.shape.flat ? std::min(of.shape.channels, kMostInRow) : of.channels;
  if (shown < of.shape.channels)
    caption.note = words::listed({caption.note, words::say(of.shape.flat ? words::kSomeShown : words::kChannelsShown,
                                                           {{"shown", shown}, {"all", of.shape.channels}})});
  if (of.shaded > 0) caption.note = words::listed({caption.note, words::say(words::kShadedByValue)});
  return {grid_name(m),
          m == 0 ? words::say(words::kInput) : context_.stages[m - 1].name(),
          caption,
          of.channels,
          of.rows,
          of.columns,
          {of.map->values, context_.show.numbers && !of.map->values.empty(), context_.ruler},
          m == 0 ? Role::input : Role::output_done,
          0,
          of.channels > 2 && dims_ == 2 ? 2 : 1,
          of.shape.flat ? 1 : of.shape.size[0]};
}

Size StackMaps::measure(double cell) const {
  Size size;
  for (const Shelf& shelf : shelves_) {
    const Size own = shelf.measure(cell);
    size.width = std::max(size.width, own.width + (&shelf == &shelves_.front() ? 0 : 2 * arrow_room()));
    size.height += own.height + (size.height > 0 ? kRowGap : 0);
  }
  return size;
}

bool StackMaps::numbered(double cell) const {
  return std::ranges::all_of(shelves_, [&](const Shelf& shelf) { return shelf.numbered(cell); });
}

void StackMaps::place(Rect area, double cell) {
  if (context_.show.layout == job::Layout::article) cell = largest_cell(area, [&](double c) { return measure(c); });
  const double spare = std::max(0.0, area.height - measure(cell).height);
  double top = area.y + spare / 2;
  for (Shelf& shelf : shelves_) {
    const double height = shelf.measure(cell).height;
    shelf.place({area.x, top, area.width, height}, cell);
    top += height + kRowGap;
  }
  for (MapOf& of : maps_) of.numbers = shelves_[of.row].numbers(of.column);
}

/// On both sides, so that rows stay in the middle. Upright pages have their maps below each other anyway.
double StackMaps::arrow_room() const {
  return shelves_.size() < 2 || context_.show.layout == job::Layout::portrait ? 0 : kRowArrowRoom;
}

/// A further row goes on where the one above ends. A low map's caption may be wider than the map and as high as the
/// arrow.
Item StackMaps::arrow_into(std::size_t row, const Items& fixed) const {
  const auto first = std::ranges::find(maps_, row, &MapOf::row);
  const auto map = static_cast<std::size_t>(first - maps_.begin());
  const Rect top = box(map, {0, {0, 0, 0}}), end = box(map, at(map, drawn(map) - 1));
  const double middle = (top.y + end.bottom()) / 2;
  Rect arrow{top.x - kRowArrowRoom, middle - kRowArrowRoom / 2, kRowArrowRoom - 6, kRowArrowRoom};
  const auto caption = std::ranges::find(fixed, "caption." + grid_name(map), &Item::id);
  if (caption != fixed.end() && scene::overlap(arrow, caption->box)) arrow.x = caption->box.x - arrow.width;
  return label(fmt::format("row{}.arrow", row), arrow, {{"→", Role::muted, Weight::medium}}, kRowArrowFont);
}

void StackMaps::add_fixed(Items& items) const {
  for (std::size_t s = 0; s < shelves_.size(); ++s) {
    Items own;
    shelves_[s].add_fixed(own);
    if (s > 0 && arrow_room() > 0) items.push_back(arrow_into(s, own));
    for (Item& item : own) {
      if (item.id.starts_with("joint.")) item.id = fmt::format("row{}.{}", s, item.id);
      items.push_back(std::move(item));
    }
  }
}

Meaning StackMaps::meaning() const {
  Meaning meaning;
  for (std::size_t m = 0; m < maps_.size(); ++m) {
    GridMeaning grid{grid_name(m), Tensor::input, {}};
    if (m > 0) grid.tensor = Tensor::output, grid.stage = m - 1;
    for (std::int64_t c = 0; c < (maps_[m].shape.flat ? drawn(m) : maps_[m].channels); ++c)
      grid.channels.push_back(m == 0 ? Channels{c, std::nullopt} : Channels{std::nullopt, c});
    meaning.grids.push_back(std::move(grid));
  }
  return meaning;
}

std::int64_t StackMaps::drawn(std::size_t map) const {
  const MapOf& of = maps_[map];
  return of.shape.flat ? std::min(of.shape.channels, kMostInRow) : of.channels * numerics::area(of.shape.size);
}

Place StackMaps::at(std::size_t map, std::int64_t index) const {
  return numerics::place_at(index, maps_[map].shape.size);
}

std::int64_t StackMaps::index(std::size_t map, const Place& place) const {
  return numerics::flat(place, maps_[map].shape.size);
}

Place StackMaps::slot_of(std::size_t map, const Place& place) const {
  const MapOf& of = maps_[map];
  return of.shape.flat ? Place{0, {0, place.channel % of.rows, place.channel / of.rows}} : place;
}

Rect StackMaps::box(std::size_t map, const Place& place) const {
  const MapOf& of = maps_[map];
  const Place slot = slot_of(map, place);
  return shelves_[of.row].grid(of.column, slot.channel).slot(slot.cell);
}

std::string StackMaps::id(std::size_t map, const Place& place) const { return cell_id(grid_name(map), place, dims_); }

Item StackMaps::cell(std::size_t map, const Place& place, Role role) const {
  const MapOf& of = maps_[map];
  return of.map->values.empty() ? bare(map, place, role) : text(map, place, role, of.map->at(place));
}

Item StackMaps::bare(std::size_t map, const Place& place, Role role) const {
  return text_cell(id(map, place), box(map, place), role, {}, 0);
}

Item StackMaps::pending(std::size_t map, const Place& place) const {
  return pending_cell(id(map, place), box(map, place), Role::output_pending);
}

Item StackMaps::text(std::size_t map, const Place& place, Role role, double value) const {
  const MapOf& of = maps_[map];
  if (of.shaded > 0 && role == Role::output_done && !of.numbers.ramp())
    role = scene::ramp_role(scene::Ramp::output, value / of.shaded);
  return value_cell(id(map, place), box(map, place), role, value, of.numbers);
}

std::vector<Rect> StackMaps::hulls(std::size_t map, const std::vector<Place>& places) const {
  std::vector<Rect> boxes;
  const MapOf& of = maps_[map];
  std::vector<Place> slots;
  for (const Place& place : places)
    if (is_drawn(map, place)) slots.push_back(slot_of(map, place));
  for (const ChannelHull& one : hulls_of(slots))
    boxes.push_back(block_of(shelves_[of.row].grid(of.column, one.channel), one.hull));
  return boxes;
}

void StackMaps::add_hulls(Items& items, std::string_view name, std::size_t map, const std::vector<Place>& places,
                          Role role) const {
  const std::vector<Rect> boxes = hulls(map, places);
  for (std::size_t b = 0; b < boxes.size(); ++b)
    items.push_back(frame(fmt::format("{}.{}.{}", name, map, b), boxes[b], role));
}

}  // namespace convreel::views
