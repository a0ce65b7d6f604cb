// The stamp view's columns: input, kernel, and the sheet that the stamps land on.
#pragma once

#include "views/parts/parts.hpp"

namespace convreel::views {

struct StampColumn {
  static constexpr std::size_t kInput = 0, kKernel = 1, kOutput = 2;
};

[[nodiscard]] Shelf stamp_shelf(const Context& context, const RunningSums& sums);

}  // namespace convreel::views
