// One of two layers in a row on a shelf: the column that it reads, the column that it writes, and what each of its
// beats joins. A transposed layer goes by its inputs (stamps), the others by their outputs (windows).
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "views/parts/parts.hpp"

namespace convreel::views {

struct Leg {
  const numerics::Trace* trace = nullptr;
  std::size_t from = 0, to = 1;     ///< columns
  std::optional<RunningSums> sums;  ///< of a transposed layer

  Leg(const numerics::Trace& of, std::size_t source, std::size_t target);

  [[nodiscard]] std::int64_t beats() const { return sums ? sums->count() : trace->step_count(); }
  /// Everything that ever stands in the column that it writes.
  [[nodiscard]] std::vector<double> values() const;
  /// Input cells that a window's beat reads.
  [[nodiscard]] std::vector<numerics::Place> read(std::int64_t beat) const;
  /// Output cells that a stamp's beat adds to; what the crop removes is left out.
  [[nodiscard]] std::vector<numerics::Place> written(std::int64_t beat) const;
  /// Output cells that no stamp reaches.
  [[nodiscard]] std::vector<numerics::Place> untouched() const;
};

}  // namespace convreel::views
