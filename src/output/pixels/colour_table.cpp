#include "output/pixels/colour_table.hpp"

namespace convreel::output {

namespace {

constexpr std::size_t kFirstSlots = 1024;   // a power of two
constexpr std::uint32_t kMix = 0x9E3779B1;  // Knuth's multiplicative hash: 2^32 / golden ratio

}  // namespace

ColourTable::ColourTable() : slots_(kFirstSlots) {}

std::size_t ColourTable::slot(std::uint32_t colour) const {
  const std::size_t mask = slots_.size() - 1;
  std::uint32_t mixed = colour * kMix;
  mixed ^= mixed >> 15;
  std::size_t at = mixed & mask;
  while (slots_[at] != 0 && colours_[slots_[at] - 1] != colour) at = (at + 1) & mask;
  return at;
}

std::uint32_t ColourTable::number(std::uint32_t colour) {
  const std::size_t at = slot(colour);
  if (slots_[at] != 0) return slots_[at] - 1;
  colours_.push_back(colour);
  counts_.push_back(0);
  slots_[at] = static_cast<std::uint32_t>(colours_.size());
  if (colours_.size() * 2 > slots_.size()) grow();
  return static_cast<std::uint32_t>(colours_.size()) - 1;
}

void ColourTable::grow() {
  slots_.assign(slots_.size() * 2, 0);
  for (std::size_t n = 0; n < colours_.size(); ++n) slots_[slot(colours_[n])] = static_cast<std::uint32_t>(n) + 1;
}

}  // namespace convreel::output
