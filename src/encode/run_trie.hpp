// The dictionary of a GIF's LZW: strings of pixels, each a code. Kept by runs of one colour rather than by pixels, so
// that following a string through a run costs one step however long the run is.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

namespace convreel::encode {

/// A code is a string; the codes of a string and of the same string with more of its last colour lie in one row.
class RunTrie {
 public:
  static constexpr int kCodes = 4096;

  /// A string: the `at`-th (from 0) of a row. Row -1 is the empty string.
  struct Place {
    int row = -1, at = 0;
  };

  RunTrie();
  /// Only the strings of one pixel remain: every colour below `colours`, coded as itself.
  void reset(int colours);
  /// The longest known string made of `from` and up to `most` pixels of `colour`; `steps` becomes how many.
  [[nodiscard]] Place follow(Place from, std::uint8_t colour, std::uint32_t most, std::uint32_t& steps) const;
  [[nodiscard]] bool knows(Place from, std::uint8_t colour) const;
  /// Adds `from` and one pixel of `colour`, which must not be known; `from` is not empty.
  void add(Place from, std::uint8_t colour, int code);
  /// Takes the last addition back.
  void take_back();
  [[nodiscard]] int code(Place place) const { return codes_[rows_[index(place.row)].begin + index(place.at)]; }

 private:
  /// All strings that are one string (whose last colour is another) and one or more pixels of `colour`.
  struct Row {
    std::uint16_t begin = 0, size = 0, room = 0;
    std::uint8_t colour = 0;
  };

  static std::uint32_t key_of(int code, std::uint8_t colour) { return static_cast<std::uint32_t>(code) << 8 | colour; }
  static std::size_t index(int n) { return static_cast<std::size_t>(n); }
  /// The slot of the row that goes on from a code in another colour: the row's, or the empty one where it belongs.
  [[nodiscard]] std::size_t slot(int code, std::uint8_t colour) const;
  [[nodiscard]] int row_after(Place from, std::uint8_t colour) const;
  int new_row(std::uint8_t colour, int code);
  void grow(Row& row);

  static constexpr int kSlotBits = 13, kRowBits = 12;
  static constexpr std::size_t kSlots = std::size_t{1} << kSlotBits;
  static constexpr std::uint32_t kRowMask = (1u << kRowBits) - 1;
  static constexpr std::uint32_t kEmpty = 0xFFFFFFFF;  ///< would be row 4095, which never exists
  static constexpr std::uint32_t kMix = 0x9E3779B1;    ///< Knuth's multiplicative hash: 2^32 / golden ratio
  std::array<std::uint32_t, kSlots> slots_;            ///< code, colour and row in 12, 8 and 12 bits; kEmpty for none
  std::vector<Row> rows_;                              ///< the first ones are the colours'
  std::vector<std::uint16_t> codes_;                   ///< of all rows
  int last_row_ = -1;                                  ///< that of the last addition
  std::size_t last_slot_ = kSlots;                     ///< the slot that it took, kSlots for none
};

// Here and not in the source file because most of a GIF's time is spent in them.

inline std::size_t RunTrie::slot(int code, std::uint8_t colour) const {
  const std::uint32_t key = key_of(code, colour);
  std::size_t at = key * kMix >> (32 - kSlotBits);
  while (slots_[at] != kEmpty && slots_[at] >> kRowBits != key) at = (at + 1) % kSlots;
  return at;
}

inline int RunTrie::row_after(Place from, std::uint8_t colour) const {
  const std::uint32_t found = slots_[slot(code(from), colour)];
  return found == kEmpty ? -1 : static_cast<int>(found & kRowMask);
}

inline RunTrie::Place RunTrie::follow(Place from, std::uint8_t colour, std::uint32_t most, std::uint32_t& steps) const {
  steps = 0;
  int before = from.at;
  if (from.row < 0 || rows_[index(from.row)].colour != colour) {
    const int row = from.row < 0 ? colour : row_after(from, colour);
    if (row < 0) return from;
    from.row = row;
    before = -1;
  }
  steps = std::min(most, static_cast<std::uint32_t>(rows_[index(from.row)].size - 1 - before));
  return {from.row, before + static_cast<int>(steps)};
}

inline bool RunTrie::knows(Place from, std::uint8_t colour) const {
  std::uint32_t steps = 0;
  (void)follow(from, colour, 1, steps);
  return steps == 1;
}

}  // namespace convreel::encode
