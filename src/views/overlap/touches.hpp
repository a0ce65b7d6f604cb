// Which cells every step of a layer touches, and how often each was touched by then: a transposed layer's inputs touch
// the sheet that they are stamped on, the outputs of the others touch the input that they read. One channel counts.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "numerics/trace.hpp"
#include "views/words.hpp"

namespace convreel::views {

struct Touches {
  numerics::Cell size{1, 1, 1};  ///< the counted map
  std::vector<numerics::Cell> cells;
  std::vector<std::int64_t> counts;  ///< after that touch
  std::vector<std::size_t> ends{0};  ///< touches of the first n steps
  std::int64_t most = 0;

  explicit Touches(const numerics::Trace& trace);
  /// All touches are kept, so there is a limit to them; a sentence when the layer has too many.
  [[nodiscard]] static std::optional<std::string> refuses(const numerics::Layer& layer);

  [[nodiscard]] std::int64_t steps() const { return static_cast<std::int64_t>(ends.size()) - 1; }
  [[nodiscard]] std::size_t first(std::int64_t step) const { return ends[static_cast<std::size_t>(step)]; }
  [[nodiscard]] std::size_t last(std::int64_t step) const { return ends[static_cast<std::size_t>(step) + 1]; }
};

}  // namespace convreel::views
