// The roundtrip's four grids, their cells and the frames around them: the input, the output, the input restored, and
// how far that is off.
#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <vector>

#include "numerics/trace.hpp"
#include "views/parts/parts.hpp"
#include "views/roundtrip/leg.hpp"

namespace convreel::views {

struct RoundtripColumn {
  static constexpr std::size_t kInput = 0, kOutput = 1, kRestored = 2, kError = 3;
};

[[nodiscard]] Shelf roundtrip_shelf(const Context& context, const numerics::Trace& back, const numerics::Map& error,
                                    const std::array<Leg, 2>& legs);

/// Around what a step reads or writes, one entry a channel; none where the step touches nothing there.
using Boxes = std::vector<std::optional<scene::Rect>>;

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
  /// An error: the larger, the fuller; below zero in another hue.
  [[nodiscard]] scene::Item error(const numerics::Place& at) const;
  [[nodiscard]] scene::Role role_of(std::size_t column, std::int64_t channel) const;
  /// Rows and columns of output padding show themselves from the start.
  [[nodiscard]] scene::Role pending_role(std::size_t column, const numerics::Place& at) const;
  [[nodiscard]] Boxes hulls(std::size_t column, const std::vector<numerics::Place>& places) const;

 private:
  const numerics::Trace& there_;
  const numerics::Trace& back_;
  const numerics::Map& error_;
  const Shelf& shelf_;
  double largest_ = 0;  ///< error
  std::array<Numbers, 4> numbers_;
};

/// Frames "<name>.<channel>" at `share` of the way; one that begins only in `to` stands there at once.
void add_moving_frames(scene::Items& items, std::string_view name, const Boxes& from, const Boxes& to, double share,
                       scene::Role role);

}  // namespace convreel::views
