// What a cell of the roundtrip's four grids looks like and where it lies: input, output, input restored, error.
#pragma once

#include <array>

#include "numerics/trace.hpp"
#include "views/roundtrip/shelf.hpp"

namespace convreel::views {

class RoundtripCells {
 public:
  /// Everything given outlives this.
  RoundtripCells(const numerics::Trace& there, const numerics::Trace& back, const numerics::Map& error,
                 const Shelf& shelf);
  /// Once the shelf is placed.
  void write_numbers();

  [[nodiscard]] const numerics::Map& map_of(std::size_t column) const;
  [[nodiscard]] const Numbers& numbers(std::size_t column) const { return numbers_[column]; }
  [[nodiscard]] scene::Rect slot(std::size_t column, const numerics::Place& at) const;
  [[nodiscard]] scene::Item cell(std::size_t column, const numerics::Place& at, scene::Role role, double value) const;
  /// A finished error: the larger, the hotter.
  [[nodiscard]] scene::Item error(const numerics::Place& at) const;
  [[nodiscard]] scene::Role role_of(std::size_t column, std::int64_t channel) const;
  /// Rows and columns of output padding show themselves from the start.
  [[nodiscard]] scene::Role pending_role(std::size_t column, const numerics::Place& at) const;

 private:
  const numerics::Trace& there_;
  const numerics::Trace& back_;
  const numerics::Map& error_;
  const Shelf& shelf_;
  double largest_ = 0;  ///< error
  std::array<Numbers, 4> numbers_;
};

}  // namespace convreel::views
