// A rectangle of a picture as the runs that GIF's LZW takes, with the colour table's indices.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "base/image.hpp"
#include "encode/gif_lzw.hpp"
#include "output/pixels/pixels.hpp"

namespace convreel::output {

/// The place of every plane index in the colour table.
using Places = std::array<std::uint8_t, 256>;

/// A rectangle ready for the coder.
struct GifPart {
  std::vector<encode::GifRun> runs;
  int transparent = -1;  ///< place in the colour table, -1 for none
  int code_size = 2;
};

/// The rectangle's pixels as they are.
[[nodiscard]] GifPart whole_part(const IndexPlane& wanted, const base::PixelRect& rect, const Places& places);

/// Pixels that agree with `shown` may be left transparent: as `transparent`, or, when that is -1, as the first place
/// below `table` that no changed pixel needs. Without such a place, whole_part().
[[nodiscard]] GifPart changed_part(const IndexPlane& wanted, const IndexPlane& shown, const base::PixelRect& rect,
                                   const Places& places, int transparent, std::size_t table);

}  // namespace convreel::output
