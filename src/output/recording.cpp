#include "output/recording.hpp"

#include <algorithm>
#include <array>

#include "output/byte_rows.hpp"

namespace convreel::output {

namespace {

constexpr std::size_t kMostBytes = std::size_t{24} << 20;  ///< of patches kept
constexpr std::size_t kMostCounted = std::size_t{1} << 18;
constexpr std::uint32_t kCoarse =
    0xFFF8F8F8;  ///< colours are told apart by their five high bits once they are too many

}  // namespace

Recording::Recording(int width, int height, PixelRule rule, std::size_t most_colours)
    : width_(width), canvas_(width, height), rule_(rule), most_colours_(most_colours) {}

void Recording::record(const Frame& frame) {
  Patch patch{canvas_.update(frame), {}, frame.start, frame.start + frame.duration};
  const base::PixelRect& rect = patch.rect;
  if (complete_) patch.indices.reserve(static_cast<std::size_t>(rect.width) * static_cast<std::size_t>(rect.height));
  for (int y = rect.y; y < rect.y + rect.height; ++y)
    record_row(frame.image.row(y) + rect.x, rect.width, patch.indices);
  bytes_ += patch.indices.size() + sizeof(Patch);
  if (colours_.size() > most_colours_ || bytes_ > kMostBytes) give_up();
  if (!complete_) return;
  note_arrivals(patch);
  patches_.push_back(std::move(patch));
}

void Recording::note_arrivals(const Patch& patch) {
  if (patches_.empty()) {
    shown_ = patch.indices;
    return;
  }
  arrivals_.resize(colours_.size());
  std::array<bool, 256> arrived{};
  const auto width = static_cast<std::size_t>(patch.rect.width);
  const std::uint8_t* from = patch.indices.data();
  for (int y = patch.rect.y; y < patch.rect.y + patch.rect.height; ++y, from += width) {
    std::uint8_t* shown = shown_.data() + std::ptrdiff_t{y} * width_ + patch.rect.x;
    for (std::size_t x = 0; (x = first_difference(from, shown, x, width)) < width; ++x) arrived[from[x]] = true;
    std::copy_n(from, width, shown);
  }
  for (std::size_t n = 0; n < arrivals_.size(); ++n) arrivals_[n] += arrived[n] ? 1 : 0;
}

void Recording::record_row(const std::uint32_t* row, int width, std::vector<std::uint8_t>& indices) {
  for (int x = 0; x < width;) {
    int end = x + 1;
    while (end < width && row[end] == row[x]) ++end;
    const std::uint32_t index = number(row[x]);
    colours_.count(index, static_cast<std::uint64_t>(end - x));
    if (complete_) indices.insert(indices.end(), static_cast<std::size_t>(end - x), static_cast<std::uint8_t>(index));
    x = end;
  }
}

std::uint32_t Recording::number(std::uint32_t pixel) {
  const std::uint32_t colour = rule_(pixel);
  return colours_.number(colours_.size() < kMostCounted ? colour : colour & kCoarse);
}

void Recording::give_up() {
  complete_ = false;
  patches_ = {};
  shown_ = {};
  arrivals_ = {};
}

}  // namespace convreel::output
