// Images to GIF's codes in the order in which they came, on several threads when there are some. The bytes are the same
// on any number of them.
#pragma once

#include <cstdint>
#include <deque>
#include <future>
#include <vector>

#include "output/gif_runs.hpp"

namespace convreel::output {

class GifCoding {
 public:
  explicit GifCoding(int threads) : threads_(threads) {}
  void add(GifPart part);
  /// The part added last was not what is wanted after all.
  void replace_last(GifPart part);
  /// encode::gif_image_data of every part.
  [[nodiscard]] std::vector<std::vector<std::uint8_t>> finish();

 private:
  using Data = std::vector<std::uint8_t>;
  void settle(std::size_t leave);

  int threads_;
  std::vector<Data> done_;
  std::deque<std::future<Data>> running_;  ///< those after done_
};

}  // namespace convreel::output
