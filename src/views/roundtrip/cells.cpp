#include "views/roundtrip/cells.hpp"

#include <algorithm>
#include <cmath>

#include "views/parts/parts.hpp"

namespace convreel::views {

using numerics::Map;
using numerics::Place;
using scene::Item;
using scene::Role;

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
  return shelf_.grid(column, at.channel).slot(at.cell[1], at.cell[2]);
}

Item RoundtripCells::cell(std::size_t column, const Place& at, Role role, double value) const {
  return value_cell(shelf_.grid(column, at.channel).id(at.channel, at.cell[1], at.cell[2]), slot(column, at), role,
                    value, numbers_[column]);
}

Item RoundtripCells::error(const Place& at) const {
  const double error = error_.at(at);
  const double share = largest_ == 0 || std::isnan(error) ? 0 : std::min(1.0, std::abs(error) / largest_);
  const Role role = scene::heat_role(share);
  Item item = cell(RoundtripColumn::kError, at, role, error);
  item.role = role;
  return item;
}

Role RoundtripCells::role_of(std::size_t column, std::int64_t channel) const {
  return column == RoundtripColumn::kInput ? channel_role(there_.layer(), channel) : Role::output_done;
}

Role RoundtripCells::pending_role(std::size_t column, const Place& at) const {
  if (column == RoundtripColumn::kError) return Role::output_pending;
  const numerics::Trace& trace = column == RoundtripColumn::kOutput ? there_ : back_;
  const numerics::Cell& size = trace.output().size;
  const numerics::Cell& op = trace.layer().output_padding;
  const bool extra = at.cell[1] >= size[1] - op[1] || at.cell[2] >= size[2] - op[2];
  return extra ? Role::extra : Role::output_pending;
}

}  // namespace convreel::views
