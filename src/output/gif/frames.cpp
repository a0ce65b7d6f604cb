#include "output/gif/frames.hpp"

#include <algorithm>

#include "output/pixels/pixels.hpp"
#include "output/ticks.hpp"

namespace convreel::output {

namespace {

constexpr std::int64_t kGifRate = 100;  ///< GIF's clock: centiseconds
constexpr std::int64_t kShortest = 2;   ///< players turn 0 and 1 into a tenth of a second
constexpr std::int64_t kGifLongest = 65535;

}  // namespace

GifFrames::GifFrames(int width, int height, GifPalette palette, int plays, int threads, base::ByteSink& sink)
    : width_(width), height_(height), palette_(std::move(palette)), coding_(threads), sink_(sink) {
  const std::size_t size = static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
  const auto clear = std::ranges::find(palette_.places, palette_.transparent);
  if (clear != palette_.places.end()) clear_ = static_cast<std::uint8_t>(clear - palette_.places.begin());
  wanted_ = {std::vector<std::uint8_t>(size), static_cast<std::size_t>(width)};
  // A GIF's screen begins transparent.
  shown_ = {std::vector<std::uint8_t>(size, clear_), static_cast<std::size_t>(width)};
  write_front({width_, height_, palette_.colours, std::max(palette_.transparent, 0), plays}, sink_);
}

void GifFrames::show(const Patch& patch) {
  const bool first = !began_ && !pending_;
  if (first || std::ranges::any_of(patch.rects, [&](const IndexRect& piece) { return changes(piece); })) {
    if (pending_) flush(false);
    for (const IndexRect& piece : patch.rects) apply(piece);
    if (first) dirty_ = {0, 0, width_, height_};
    pending_ = true;
  }
  pending_end_ = patch.end;
}

void GifFrames::finish() {
  flush(true);
  write_all_but(0);
  write_end(sink_);
}

/// The last image may still stand longer, or be made to hold what vanishes.
void GifFrames::write_all_but(std::size_t images) {
  for (; images_.size() > images; images_.pop_front()) {
    images_.front().data = coding_.take();
    write_image(images_.front(), sink_);
  }
}

bool GifFrames::changes(const IndexRect& piece) const {
  const std::uint8_t* from = piece.indices.data();
  for (int y = piece.rect.y; y < piece.rect.y + piece.rect.height; ++y, from += piece.rect.width)
    if (!std::equal(from, from + piece.rect.width, wanted_.row(piece.rect.x, y))) return true;
  return false;
}

base::PixelRect GifFrames::unshown() const {
  base::PixelRect rect;
  const auto width = static_cast<std::size_t>(dirty_.width);
  for (int y = dirty_.y; y < dirty_.y + dirty_.height; ++y) {
    const std::uint8_t *wanted = wanted_.row(dirty_.x, y), *shown = shown_.row(dirty_.x, y);
    const std::size_t first = first_difference(wanted, shown, 0, width);
    if (first == width) continue;
    std::size_t last = width;
    while (wanted[last - 1] == shown[last - 1]) --last;
    rect = base::united(rect, {dirty_.x + static_cast<int>(first), y, static_cast<int>(last - first), 1});
  }
  return rect;
}

void GifFrames::apply(const IndexRect& piece) {
  wanted_.lay(piece);
  dirty_ = base::united(dirty_, piece.rect);
}

/// Turns the pending picture into an image, unless it is too short to be seen: then the next one takes its place.
void GifFrames::flush(bool last) {
  std::int64_t delay = ticks(pending_end_, kGifRate) - told_;
  if (delay < kShortest && !last) return;
  delay = std::max(delay, kShortest);
  told_ += delay;
  erase_vanished();
  // The first image covers the whole screen, whatever it shows: a loop begins with it.
  base::PixelRect rect = began_ ? unshown() : dirty_;
  const bool erased = began_ && images_.back().erase_after;
  if (rect.empty() && erased) rect = {0, 0, 1, 1};  // something must come for the erasing to be seen
  if (!rect.empty()) emit(rect);
  extend(delay);
  pending_ = false;
}

/// A pixel becomes transparent only by the disposal of the image before: makes that image hold all pixels that vanish.
void GifFrames::erase_vanished() {
  if (palette_.transparent < 0 || !began_) return;
  base::PixelRect gone;
  for (int y = dirty_.y; y < dirty_.y + dirty_.height; ++y) {
    const std::uint8_t *wanted = wanted_.row(dirty_.x, y), *shown = shown_.row(dirty_.x, y);
    for (int x = 0; x < dirty_.width; ++x)
      if (wanted[x] == clear_ && shown[x] != clear_) gone = base::united(gone, {dirty_.x + x, y, 1, 1});
  }
  if (gone.empty()) return;
  GifImage& before = images_.back();
  before.rect = base::united(before.rect, gone);
  before.erase_after = true;
  GifPart part = whole_part(shown_, before.rect, palette_.places);
  part.transparent = palette_.transparent;
  coding_.replace_last(std::move(part));
  for (int y = before.rect.y; y < before.rect.y + before.rect.height; ++y)
    std::fill_n(shown_.row(before.rect.x, y), before.rect.width, clear_);
  dirty_ = base::united(dirty_, before.rect);
}

/// Lets the last image stand longer; beyond what its delay can hold, images of one unchanged pixel follow.
void GifFrames::extend(std::int64_t delay) {
  for (;;) {
    const std::int64_t room = kGifLongest - images_.back().delay;
    const std::int64_t step = std::min(delay, room);
    images_.back().delay += static_cast<int>(step);
    delay -= step;
    if (delay == 0) return;
    if (delay < kShortest) {  // too short for an image of its own
      images_.back().delay -= static_cast<int>(kShortest);
      delay += kShortest;
    }
    emit({0, 0, 1, 1});
  }
}

void GifFrames::emit(const base::PixelRect& rect) {
  GifPart part = part_of(rect);
  GifImage image;
  image.rect = rect;
  image.transparent = part.transparent;
  images_.push_back(std::move(image));
  began_ = true;
  coding_.add(std::move(part));
  write_all_but(coding_.enough());
  for (int y = rect.y; y < rect.y + rect.height; ++y)
    std::copy_n(wanted_.row(rect.x, y), rect.width, shown_.row(rect.x, y));
  dirty_ = {};
}

GifPart GifFrames::part_of(const base::PixelRect& rect) const {
  if (began_)
    return changed_part(wanted_, shown_, rect, palette_.places, palette_.transparent,
                        table_size(palette_.colours.size()));
  GifPart part = whole_part(wanted_, rect, palette_.places);
  part.transparent = palette_.transparent;
  return part;
}

}  // namespace convreel::output
