#include "views/roundtrip/cells.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "explain/size.hpp"
#include "views/parts/parts.hpp"
#include "words/sentences.hpp"

namespace convreel::views {

namespace {

/// The output padding that either layer of the pair has.
numerics::Cell output_padding(const numerics::Trace& there, const numerics::Trace& back) {
  return there.layer().transposed() ? there.layer().output_padding : back.layer().output_padding;
}

}  // namespace

Shelf roundtrip_shelf(const Context& context, const numerics::Trace& back, const Map& error,
                      const std::array<Leg, 2>& legs) {
  const numerics::Trace& there = context.trace;
  const numerics::Cell op = output_padding(there, back);
  const std::string padded =
      op == numerics::Cell{}
          ? ""
          : words::say(words::kOutputPadding, {{"padding", explain::per_axis_text(op, there.layer().dims)}});
  const bool first = there.layer().transposed();
  const auto column = [&](std::string name, std::string word, const Map& map, const std::vector<double>& values,
                          std::string note = "") {
    Column made = column_of(context, std::move(name), std::move(word), map,
                            &map == &there.input() ? Role::input : Role::output_done);
    made.caption.note = std::move(note);
    made.figures = {values, context.show.numbers, context.ruler};
    return made;
  };
  return {context,
          {column("input", "x", there.input(), there.input().values),
           column("output", "y", there.output(), legs[0].values(), first ? padded : ""),
           column("restored", "x′", back.output(), legs[1].values(), first ? "" : padded),
           column("error", "x′ − x", error, error.values)},
          {{"→", first ? "Cᵀ" : "C"}, {"→", first ? "C" : "Cᵀ"}, {"→", words::say(words::kCompare)}}};
}

RoundtripCells::RoundtripCells(const numerics::Trace& there, const numerics::Trace& back, const Map& error,
                               const Shelf& shelf)
    : there_(there), back_(back), error_(error), shelf_(shelf) {
  for (const double e : error.values)
    if (std::isfinite(e)) largest_ = std::max(largest_, std::abs(e));
}

void RoundtripCells::write_numbers() {
  for (std::size_t column = 0; column < numbers_.size(); ++column) numbers_[column] = shelf_.numbers(column);
}

const Map& RoundtripCells::map_of(std::size_t column) const {
  if (column == RoundtripColumn::kInput) return there_.input();
  if (column == RoundtripColumn::kOutput) return there_.output();
  return column == RoundtripColumn::kRestored ? back_.output() : error_;
}

scene::Rect RoundtripCells::slot(std::size_t column, const Place& at) const {
  return shelf_.grid(column, at.channel).slot(at.cell);
}

Item RoundtripCells::cell(std::size_t column, const Place& at, Role role, double value) const {
  return value_cell(shelf_.grid(column, at.channel).id(at), slot(column, at), role, value, numbers_[column]);
}

Item RoundtripCells::error(const Place& at) const {
  const double error = error_.at(at);
  const double share = largest_ == 0 || std::isnan(error) ? 0 : std::min(1.0, std::abs(error) / largest_);
  const Role role = scene::ramp_role(error < 0 ? scene::Ramp::below : scene::Ramp::output, share);
  Item item = cell(RoundtripColumn::kError, at, role, error);
  item.role = role;
  return item;
}

Role RoundtripCells::role_of(std::size_t column, std::int64_t channel) const {
  return column == RoundtripColumn::kInput ? channel_role(there_.layer(), channel) : Role::output_done;
}

Role RoundtripCells::pending_role(std::size_t column, const Place& at) const {
  if (column == RoundtripColumn::kError) return Role::output_pending;
  return views::pending_role(column == RoundtripColumn::kOutput ? there_ : back_, at.cell);
}

Boxes RoundtripCells::hulls(std::size_t column, const std::vector<Place>& places) const {
  Boxes boxes;
  for (std::int64_t c = 0; c < map_of(column).channels; ++c) {
    std::vector<numerics::Cell> cells;
    for (const Place& place : places)
      if (place.channel == c) cells.push_back(place.cell);
    const auto hull = hull_of(cells);
    boxes.push_back(hull ? std::optional(block_of(shelf_.grid(column, c), *hull)) : std::nullopt);
  }
  return boxes;
}

void add_moving_frames(scene::Items& items, std::string_view name, const Boxes& from, const Boxes& to, double share,
                       scene::Role role) {
  for (std::size_t c = 0; c < to.size(); ++c) {
    if (!to[c]) continue;
    const bool moves = c < from.size() && from[c];
    items.push_back(frame(fmt::format("{}.{}", name, c), moves ? between(*from[c], *to[c], share) : *to[c], role));
  }
}

}  // namespace convreel::views
