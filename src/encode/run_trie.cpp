#include "encode/run_trie.hpp"

#include <algorithm>

namespace convreel::encode {

RunTrie::RunTrie() {
  rows_.reserve(kCodes);
  codes_.reserve(kCodes * 4);
  reset(0);
}

void RunTrie::reset(int colours) {
  slots_.fill(kEmpty);
  rows_.clear();
  codes_.clear();
  for (int colour = 0; colour < colours; ++colour) new_row(static_cast<std::uint8_t>(colour), colour);
  last_row_ = -1;
}

int RunTrie::new_row(std::uint8_t colour, int code) {
  rows_.push_back({static_cast<std::uint16_t>(codes_.size()), 1, 1, colour});
  codes_.push_back(static_cast<std::uint16_t>(code));
  return static_cast<int>(rows_.size()) - 1;
}

void RunTrie::add(Place from, std::uint8_t colour, int code) {
  Row& row = rows_[index(from.row)];
  last_row_ = from.row;
  last_slot_ = kSlots;
  if (row.colour == colour) {
    if (row.size == row.room) grow(row);
    codes_[row.begin + index(row.size++)] = static_cast<std::uint16_t>(code);
    return;
  }
  last_slot_ = slot(this->code(from), colour);
  const std::uint32_t key = key_of(this->code(from), colour);
  last_row_ = new_row(colour, code);
  slots_[last_slot_] = key << kRowBits | static_cast<std::uint32_t>(last_row_);
}

void RunTrie::take_back() {
  Row& row = rows_[index(last_row_)];
  if (last_slot_ == kSlots) {
    --row.size;
    return;
  }
  slots_[last_slot_] = kEmpty;
  codes_.pop_back();
  rows_.pop_back();
}

/// Moves a row to the end of the codes with twice the room.
void RunTrie::grow(Row& row) {
  const std::size_t begin = codes_.size();
  codes_.resize(begin + 2 * index(row.room));
  std::copy_n(codes_.begin() + row.begin, row.size, codes_.begin() + static_cast<std::ptrdiff_t>(begin));
  row.begin = static_cast<std::uint16_t>(begin);
  row.room = static_cast<std::uint16_t>(row.room * 2);
}

}  // namespace convreel::encode
