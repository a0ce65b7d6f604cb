// Constants that follow from constants and shapes, as exporters write them around a reshape or a resize. Private to
// this room.
#pragma once

#include <optional>

#include "model/operators.hpp"

namespace convreel::model {

/// The node's output where it is a constant.
[[nodiscard]] std::optional<Edge> folded(const Reading& reading);

}  // namespace convreel::model
