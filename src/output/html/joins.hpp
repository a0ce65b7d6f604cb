// Cells that stand for others: an entry of a matrix for one input and one output, a cell of a row of windows for an
// input under a tap. Lighting one of them lights what it stands for, and the other way round.
#pragma once

#include <array>
#include <cstdint>
#include <nlohmann/json_fwd.hpp>

#include "numerics/trace.hpp"
#include "output/markup/markup.hpp"

namespace convreel::output {

/// How positions of the input are drawn, rows and columns: origin + spacing * position.
struct InputDrawing {
  std::array<std::int64_t, 2> origin{0, 0}, spacing{1, 1};
};

/// By id: the ids "grid.channel.row.column" (rows and columns as drawn) of the input, kernel and output cells that it
/// stands for. An object, empty for a picture that has these three grids alone.
[[nodiscard]] nlohmann::ordered_json joins_of(const numerics::Trace& trace, const Cast& cast,
                                              const InputDrawing& input);

}  // namespace convreel::output
