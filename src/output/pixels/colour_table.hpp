// The distinct colours of an animation, numbered in the order of their first appearance, with their pixel counts.
// Knows no palette: any number of colours may come.
#pragma once

#include <cstdint>
#include <vector>

namespace convreel::output {

class ColourTable {
 public:
  ColourTable();
  /// The colour's number; a new colour gets the next one.
  [[nodiscard]] std::uint32_t number(std::uint32_t colour);
  void count(std::uint32_t number, std::uint64_t pixels) { counts_[number] += pixels; }

  [[nodiscard]] std::size_t size() const { return colours_.size(); }
  [[nodiscard]] const std::vector<std::uint32_t>& colours() const { return colours_; }
  [[nodiscard]] const std::vector<std::uint64_t>& counts() const { return counts_; }

 private:
  void grow();
  [[nodiscard]] std::size_t slot(std::uint32_t colour) const;

  std::vector<std::uint32_t> slots_;  ///< open addressing: number + 1, 0 for an empty slot
  std::vector<std::uint32_t> colours_;
  std::vector<std::uint64_t> counts_;
};

}  // namespace convreel::output
