#include "output/gif/coding.hpp"

#include <utility>

namespace convreel::output {

void GifCoding::add(GifPart part) {
  auto code = [part = std::move(part)] {
    return encode::gif_image_data({part.runs, part.transparent, part.code_size});
  };
  running_.push_back(std::async(threads_ < 2 ? std::launch::deferred : std::launch::async, std::move(code)));
}

void GifCoding::replace_last(GifPart part) {
  running_.pop_back();
  add(std::move(part));
}

std::vector<std::uint8_t> GifCoding::take() {
  std::vector<std::uint8_t> data = running_.front().get();
  running_.pop_front();
  return data;
}

}  // namespace convreel::output
