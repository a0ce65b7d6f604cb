// One output cell: the taps that take part in it, and what they come to.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "numerics/axis.hpp"
#include "numerics/layer.hpp"
#include "numerics/trace.hpp"

namespace convreel::numerics {

/// The taps of one output position, axis by axis; every combination of one an axis is a tap of the cell.
using CellHits = std::array<std::vector<Hit>, kAxes>;
[[nodiscard]] CellHits cell_hits(const Layer& layer, const Cell& output);

/// A tap of an output cell: where in the window, where it looks, and the cell that is read (empty for zero padding).
struct CellHit {
  Cell tap{}, looked_at{};
  std::optional<Cell> cell;
};

/// Calls visit(CellHit) for every tap, row-major.
template <class Visit>
void each_hit(const CellHits& hits, Visit visit) {
  for (const Hit& z : hits[0])
    for (const Hit& y : hits[1])
      for (const Hit& x : hits[2]) {
        CellHit hit{{z.tap, y.tap, x.tap}, {z.looked_at, y.looked_at, x.looked_at}, std::nullopt};
        if (z.cell && y.cell && x.cell) hit.cell = Cell{*z.cell, *y.cell, *x.cell};
        visit(hit);
      }
}

/// A step's terms in the order in which they are read off its window, channel by channel: row by row, from the left. A
/// transposed layer's taps go the other way.
[[nodiscard]] std::vector<Term> in_reading_order(const Step& step);

/// True for a term that a mean counts: not padding where that is left out, never what hangs over the padding.
[[nodiscard]] bool counted(const Layer& layer, const Term& term);

/// The whole output of a layer without weights.
[[nodiscard]] Map pooled(const Layer& layer, const Geometry& geometry, const Map& input);

}  // namespace convreel::numerics
