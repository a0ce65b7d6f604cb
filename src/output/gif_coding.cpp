#include "output/gif_coding.hpp"

#include <utility>

namespace convreel::output {

void GifCoding::add(GifPart part) {
  auto code = [part = std::move(part)] {
    return encode::gif_image_data({part.runs, part.transparent, part.code_size});
  };
  if (threads_ < 2) {
    done_.push_back(code());
    return;
  }
  running_.push_back(std::async(std::launch::async, std::move(code)));
  settle(static_cast<std::size_t>(threads_));
}

void GifCoding::replace_last(GifPart part) {
  settle(0);
  done_.pop_back();
  add(std::move(part));
}

std::vector<std::vector<std::uint8_t>> GifCoding::finish() {
  settle(0);
  return std::move(done_);
}

void GifCoding::settle(std::size_t leave) {
  for (; running_.size() > leave; running_.pop_front()) done_.push_back(running_.front().get());
}

}  // namespace convreel::output
