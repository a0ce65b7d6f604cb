// The map that a window slides over, as it is drawn: a convolution's padded input, or a transposed layer's input with
// zeros inserted and padded (or cropped, where p' < 0). Says what every drawn cell is; knows nothing of places on a
// page.
#pragma once

#include <cstdint>
#include <optional>

#include "numerics/trace.hpp"
#include "scene/role.hpp"
#include "views/meaning.hpp"
#include "views/words.hpp"

namespace convreel::views {

struct MapCell {
  scene::Role role = scene::Role::input;
  std::optional<numerics::Cell> input;  ///< the input cell whose value stands here (padding modes: the cell read)
  double value = 0;
  bool counts = true;  ///< false for padding that a mean leaves out
};

/// One position under the window.
struct Covered {
  numerics::Cell drawn{};
  numerics::Cell tap{};  ///< index into the kernel tensor
};

class WindowMap {
 public:
  /// `trace` outlives the map.
  explicit WindowMap(const numerics::Trace& trace);

  [[nodiscard]] const numerics::Cell& size() const { return size_; }
  [[nodiscard]] std::int64_t rows() const { return size_[1]; }
  [[nodiscard]] std::int64_t columns() const { return size_[2]; }
  [[nodiscard]] MapCell at(const numerics::Place& drawn) const;
  /// Drawn place of the window's first cell for that output, and what the window spans, ke.
  [[nodiscard]] numerics::Cell window(const numerics::Cell& output) const;
  [[nodiscard]] const numerics::Cell& window_size() const { return trace_.geometry().effective_kernel; }
  /// The kernel tensor's index that stands at window position `at` (0-based, in taps): turned by 180 degrees for a
  /// transposed layer or a flipped kernel.
  [[nodiscard]] numerics::Cell tap_at(const numerics::Cell& at) const;
  /// Every covered position of the window over `output`, row-major.
  [[nodiscard]] std::vector<Covered> covered(const numerics::Cell& output) const;
  /// Drawn place of an input cell.
  [[nodiscard]] numerics::Place drawn(const numerics::Place& input) const;
  /// Where a drawn cell lies among the inputs.
  [[nodiscard]] Position position(const numerics::Cell& drawn) const;
  /// Drawn place of the first input cell, and drawn cells between neighbours.
  [[nodiscard]] const numerics::Cell& spread_origin() const { return spread_origin_; }
  [[nodiscard]] const numerics::Cell& spacing() const { return step_; }
  /// Drawn cells that padding does not reach: where the input with its zeros lies.
  [[nodiscard]] bool in_spread(const numerics::Cell& drawn) const;

 private:
  [[nodiscard]] bool cropped(const numerics::Cell& drawn) const;
  /// Counted from the first input cell.
  [[nodiscard]] numerics::Cell among_spread(const numerics::Cell& drawn) const;
  [[nodiscard]] bool overhung(const numerics::Cell& spread) const;
  [[nodiscard]] MapCell spread_cell(const numerics::Place& drawn, const numerics::Cell& spread) const;
  [[nodiscard]] MapCell padding_cell(std::int64_t channel, const numerics::Cell& spread) const;

  const numerics::Trace& trace_;
  numerics::Cell size_{1, 1, 1};
  numerics::Cell spread_origin_{};  ///< drawn place of the first input cell
  numerics::Cell window_origin_{};  ///< drawn place of the first window's first cell
  numerics::Cell step_{1, 1, 1};    ///< drawn cells between neighbouring inputs
  std::vector<bool> unread_;        ///< an input cell, channel by channel, that no window reads
};

/// An input channel's role: its own hue when there are several, one hue a group when the layer has groups.
[[nodiscard]] scene::Role channel_role(const numerics::Layer& layer, std::int64_t input_channel);

}  // namespace convreel::views
