// At most 256 colours that stand for all: exact while they suffice.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "output/pixels/colour_table.hpp"

namespace convreel::output {

/// All colours of the table when there are at most `most` (in the table's order). Otherwise the `wanted` ones that
/// occur (a theme's flat colours), the most frequent, and the rest by median cut. Fully transparent colours are left
/// out.
[[nodiscard]] std::vector<std::uint32_t> choose_palette(const ColourTable& table, std::span<const std::uint32_t> wanted,
                                                        std::size_t most);

/// Colours to palette indices, nearest match (squared distance over red, green, blue), remembered.
class Matcher {
 public:
  /// `transparent` is the index of fully transparent pixels, -1 for none.
  Matcher(std::vector<std::uint32_t> palette, int transparent);
  [[nodiscard]] std::uint8_t operator()(std::uint32_t colour);

 private:
  [[nodiscard]] std::uint8_t nearest(std::uint32_t colour) const;

  std::vector<std::uint32_t> palette_;
  int transparent_;
  ColourTable known_;
  std::vector<std::uint8_t> answers_;  ///< by the colour's number in known_
};

}  // namespace convreel::output
