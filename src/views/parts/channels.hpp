// Layers of many channels: those that act are drawn, the rest is a stack with a count.
#pragma once

#include <cstdint>
#include <optional>

#include "views/words.hpp"

namespace convreel::views {

/// Which input channels of a layer stand by themselves, counted within those that one output reads.
struct ChannelRows {
  bool piled = false;       ///< there are too many for a row each
  std::int64_t rows = 1;    ///< that are drawn at once
  std::int64_t more = 0;    ///< channels that are read as well, told as one sum
  std::int64_t unread = 0;  ///< that the output of the moment does not read, of a layer that is piled
};

[[nodiscard]] ChannelRows channel_rows(const Layer& layer);

/// How many of so many maps stand side by side, where a row each would make them small.
[[nodiscard]] std::int64_t maps_abreast(std::int64_t count);

/// The row of a channel; empty for one in the stack.
[[nodiscard]] std::optional<std::int64_t> row_of(const Layer& layer, std::int64_t channel);

}  // namespace convreel::views
