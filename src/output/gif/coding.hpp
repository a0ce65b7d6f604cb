// Images to GIF's codes in the order in which they came, on several threads when there are some. The bytes are the same
// on any number of them.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <future>
#include <vector>

#include "output/gif/runs.hpp"

namespace convreel::output {

class GifCoding {
 public:
  explicit GifCoding(int threads) : threads_(threads) {}
  void add(GifPart part);
  /// The part added last was not what is wanted after all.
  void replace_last(GifPart part);
  /// How many should be under way, so that every thread has one.
  [[nodiscard]] std::size_t enough() const { return static_cast<std::size_t>(std::max(threads_, 1)); }
  /// encode::gif_image_data of the oldest part, which is gone from here then. Waits for it.
  [[nodiscard]] std::vector<std::uint8_t> take();

 private:
  int threads_;
  std::deque<std::future<std::vector<std::uint8_t>>> running_;
};

}  // namespace convreel::output
