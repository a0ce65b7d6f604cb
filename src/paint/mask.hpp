// Coverage: how much of each pixel a shape or a text covers, 0 to 255, in few steps so that few colours arise.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "base/image.hpp"
#include "paint/owners.hpp"

namespace convreel::paint {

struct Mask {
  base::PixelRect box;  ///< where it lies, relative to the shape's origin
  std::vector<std::uint8_t> coverage;

  [[nodiscard]] const std::uint8_t* row(int y) const { return coverage.data() + std::ptrdiff_t{y} * box.width; }
  [[nodiscard]] std::size_t bytes() const { return sizeof(Mask) + coverage.size(); }
};

/// Rounds coverage to evenly spaced steps, 0 and 255 included.
class Steps {
 public:
  /// `levels` is clamped to 2..256.
  explicit Steps(int levels);
  [[nodiscard]] std::uint8_t operator()(std::uint8_t coverage) const { return table_[coverage]; }

 private:
  std::array<std::uint8_t, 256> table_{};
};

/// What `draw` covers of `box`. The context's origin is the shape's. Throws Error{run_time} where Cairo
/// cannot.
[[nodiscard]] Mask rasterised(const base::PixelRect& box, const Steps& steps,
                              const std::function<void(cairo_t*)>& draw);

}  // namespace convreel::paint
