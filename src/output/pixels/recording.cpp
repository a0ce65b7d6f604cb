#include "output/pixels/recording.hpp"

#include <array>

#include "output/pixels/byte_rows.hpp"

namespace convreel::output {

namespace {

constexpr std::size_t kMostBytes = std::size_t{6} << 20;  ///< of patches kept
constexpr std::size_t kMostCounted = std::size_t{1} << 18;
constexpr std::uint32_t kCoarse =
    0xFFF8F8F8;  ///< colours are told apart by their five high bits once they are too many

}  // namespace

Recording::Recording(int width, int height, PixelRule rule, std::size_t most_colours)
    : canvas_(width, height), rule_(rule), most_colours_(most_colours) {}

void Recording::record(const Frame& frame) {
  Patch patch{{}, frame.start, frame.start + frame.duration};
  bytes_ += sizeof(Patch);
  for (const base::PixelRect& rect : canvas_.changes(frame)) {
    patch.rects.push_back(record_rect(frame.image, rect));
    bytes_ += sizeof(IndexRect) + patch.rects.back().indices.size();
  }
  if (colours_.size() > most_colours_ || bytes_ > kMostBytes) give_up();
  if (!complete_) return;
  note_arrivals(patch);
  patches_.push_back(std::move(patch));
}

IndexRect Recording::record_rect(const base::ImageView& image, const base::PixelRect& rect) {
  IndexRect piece{rect, {}};
  if (complete_) piece.indices.reserve(static_cast<std::size_t>(rect.width) * static_cast<std::size_t>(rect.height));
  for (int y = rect.y; y < rect.y + rect.height; ++y) record_row(image.row(y) + rect.x, rect.width, piece.indices);
  return piece;
}

void Recording::note_arrivals(const Patch& patch) {
  if (patches_.empty()) {
    const IndexRect& whole = patch.rects.front();
    shown_ = {whole.indices, static_cast<std::size_t>(whole.rect.width)};
    return;
  }
  arrivals_.resize(colours_.size());
  std::array<bool, 256> arrived{};
  for (const IndexRect& piece : patch.rects) {
    const auto width = static_cast<std::size_t>(piece.rect.width);
    const std::uint8_t* from = piece.indices.data();
    for (int y = piece.rect.y; y < piece.rect.y + piece.rect.height; ++y, from += width) {
      const std::uint8_t* shown = shown_.row(piece.rect.x, y);
      for (std::size_t x = 0; (x = first_difference(from, shown, x, width)) < width; ++x) arrived[from[x]] = true;
    }
    shown_.lay(piece);
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
