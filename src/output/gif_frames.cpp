#include "output/gif_frames.hpp"

#include <algorithm>
#include <array>

#include "output/ticks.hpp"

namespace convreel::output {

namespace {

constexpr std::int64_t kRate = 100;    ///< GIF's clock: centiseconds
constexpr std::int64_t kShortest = 2;  ///< players turn 0 and 1 into a tenth of a second
constexpr std::int64_t kLongest = 65535;

/// Widens `rect` to hold the cells of row y from x on where `differs` says so.
template <typename Differs>
void widen(base::PixelRect& rect, int x, int y, int width, Differs differs) {
  int first = 0, last = width;
  while (first < width && !differs(first)) ++first;
  if (first == width) return;
  while (!differs(last - 1)) --last;
  rect = base::united(rect, {x + first, y, last - first, 1});
}

std::vector<std::uint8_t> all_hidden(std::vector<std::uint8_t> indices, const std::vector<std::uint8_t>& same,
                                     std::uint8_t clear) {
  // No branch, so that many pixels are done at once.
  for (std::size_t n = 0; n < indices.size(); ++n) indices[n] = same[n] ? clear : indices[n];
  return indices;
}

/// A stretch of unchanged pixels that goes on with the colour before it, all along, is left as it is: LZW already has
/// that run. Other stretches are hidden.
std::vector<std::uint8_t> hidden_between_runs(std::vector<std::uint8_t> indices, const std::vector<std::uint8_t>& same,
                                              std::uint8_t clear) {
  for (std::size_t n = 0; n < indices.size();) {
    if (!same[n]) {
      ++n;
      continue;
    }
    std::size_t end = n;
    bool one_run = n > 0;
    for (; end < indices.size() && same[end]; ++end) one_run = one_run && indices[end] == indices[n - 1];
    if (!one_run)
      std::fill(indices.begin() + static_cast<std::ptrdiff_t>(n), indices.begin() + static_cast<std::ptrdiff_t>(end),
                clear);
    n = end;
  }
  return indices;
}

}  // namespace

GifFrames::GifFrames(int width, int height, GifPalette palette)
    : width_(width), height_(height), palette_(std::move(palette)), compressor_(palette_.colours.size()) {
  const std::size_t size = static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
  wanted_.resize(size);
  // A GIF's screen begins transparent.
  shown_.assign(size, static_cast<std::uint8_t>(std::max(palette_.transparent, 0)));
}

void GifFrames::show(const Patch& patch) {
  const bool first = images_.empty() && !pending_;
  if (first || changes(patch)) {
    if (pending_) flush(false);
    apply(patch);
    if (first) dirty_ = {0, 0, width_, height_};
    pending_ = true;
  }
  pending_end_ = patch.end;
}

void GifFrames::finish(int plays, base::ByteSink& sink) {
  flush(true);
  write_gif({width_, height_, palette_.colours, std::max(palette_.transparent, 0), plays}, images_, sink);
}

bool GifFrames::changes(const Patch& patch) const {
  const std::uint8_t* from = patch.indices.data();
  for (int y = patch.rect.y; y < patch.rect.y + patch.rect.height; ++y, from += patch.rect.width)
    if (!std::equal(from, from + patch.rect.width, wanted_.data() + at(patch.rect.x, y))) return true;
  return false;
}

base::PixelRect GifFrames::unshown() const {
  base::PixelRect rect;
  for (int y = dirty_.y; y < dirty_.y + dirty_.height; ++y) {
    const std::size_t row = at(dirty_.x, y);
    widen(rect, dirty_.x, y, dirty_.width, [&](int n) {
      return wanted_[row + static_cast<std::size_t>(n)] != shown_[row + static_cast<std::size_t>(n)];
    });
  }
  return rect;
}

void GifFrames::apply(const Patch& patch) {
  const std::uint8_t* from = patch.indices.data();
  for (int y = patch.rect.y; y < patch.rect.y + patch.rect.height; ++y, from += patch.rect.width)
    std::copy_n(from, patch.rect.width, wanted_.data() + at(patch.rect.x, y));
  dirty_ = base::united(dirty_, patch.rect);
}

/// Turns the pending picture into an image, unless it is too short to be seen: then the next one takes its place.
void GifFrames::flush(bool last) {
  std::int64_t delay = ticks(pending_end_, kRate) - told_;
  if (delay < kShortest && !last) return;
  delay = std::max(delay, kShortest);
  told_ += delay;
  erase_vanished();
  // The first image covers the whole screen, whatever it shows: a loop begins with it.
  base::PixelRect rect = images_.empty() ? dirty_ : unshown();
  const bool erased = !images_.empty() && images_.back().erase_after;
  if (rect.empty() && erased) rect = {0, 0, 1, 1};  // something must come for the erasing to be seen
  if (!rect.empty()) emit(rect);
  extend(delay);
  pending_ = false;
}

/// A pixel becomes transparent only by the disposal of the image before: makes that image hold all pixels that vanish.
void GifFrames::erase_vanished() {
  if (palette_.transparent < 0 || images_.empty()) return;
  const auto clear = static_cast<std::uint8_t>(palette_.transparent);
  base::PixelRect gone;
  for (int y = dirty_.y; y < dirty_.y + dirty_.height; ++y) {
    const std::size_t row = at(dirty_.x, y);
    widen(gone, dirty_.x, y, dirty_.width, [&](int n) {
      return wanted_[row + static_cast<std::size_t>(n)] == clear && shown_[row + static_cast<std::size_t>(n)] != clear;
    });
  }
  if (gone.empty()) return;
  GifImage& before = images_.back();
  before.rect = base::united(before.rect, gone);
  before.erase_after = true;
  before.transparent = palette_.transparent;
  std::vector<std::uint8_t> indices = cut(shown_, before.rect);
  before.codes = compressor_.compress(indices, before.rect.width, before.rect.height);
  for (int y = before.rect.y; y < before.rect.y + before.rect.height; ++y)
    std::fill_n(shown_.data() + at(before.rect.x, y), before.rect.width, clear);
  dirty_ = base::united(dirty_, before.rect);
}

/// Lets the last image stand longer; beyond what its delay can hold, images of one unchanged pixel follow.
void GifFrames::extend(std::int64_t delay) {
  for (;;) {
    const std::int64_t room = kLongest - images_.back().delay;
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
  GifImage image;
  image.rect = rect;
  compress(image);
  images_.push_back(std::move(image));
  for (int y = rect.y; y < rect.y + rect.height; ++y)
    std::copy_n(wanted_.data() + at(rect.x, y), rect.width, shown_.data() + at(rect.x, y));
  dirty_ = {};
}

std::vector<std::uint8_t> GifFrames::cut(const Plane& plane, const base::PixelRect& rect) const {
  std::vector<std::uint8_t> indices;
  indices.reserve(static_cast<std::size_t>(rect.width) * static_cast<std::size_t>(rect.height));
  for (int y = rect.y; y < rect.y + rect.height; ++y) {
    const auto row = plane.begin() + static_cast<std::ptrdiff_t>(at(rect.x, y));
    indices.insert(indices.end(), row, row + rect.width);
  }
  return indices;
}

/// An index that no changed pixel of the rectangle needs, so that it can stand for the unchanged ones.
std::optional<std::uint8_t> GifFrames::unused_index(const base::PixelRect& rect) const {
  if (palette_.transparent >= 0) return static_cast<std::uint8_t>(palette_.transparent);
  std::array<bool, 256> used{};
  for (int y = rect.y; y < rect.y + rect.height; ++y)
    for (std::size_t n = at(rect.x, y); n < at(rect.x, y) + static_cast<std::size_t>(rect.width); ++n)
      if (wanted_[n] != shown_[n]) used[wanted_[n]] = true;
  for (std::size_t n = table_size(palette_.colours.size()); n-- > 0;)
    if (!used[n]) return static_cast<std::uint8_t>(n);
  return std::nullopt;
}

/// 1 for every pixel of the rectangle that stays as it is, 0 for the others.
std::vector<std::uint8_t> GifFrames::unchanged(const base::PixelRect& rect) const {
  const auto width = static_cast<std::size_t>(rect.width);
  std::vector<std::uint8_t> same(width * static_cast<std::size_t>(rect.height));
  std::uint8_t* to = same.data();
  for (int y = rect.y; y < rect.y + rect.height; ++y, to += width) {
    const std::uint8_t* wanted = wanted_.data() + at(rect.x, y);
    const std::uint8_t* shown = shown_.data() + at(rect.x, y);
    for (std::size_t n = 0; n < width; ++n) to[n] = wanted[n] == shown[n];
  }
  return same;
}

void GifFrames::try_smaller(GifImage& image, std::vector<std::uint8_t> indices, int transparent) {
  std::vector<std::uint8_t> codes = compressor_.compress(indices, image.rect.width, image.rect.height);
  if (!image.codes.empty() && codes.size() >= image.codes.size()) return;
  image.transparent = transparent;
  image.codes = std::move(codes);
}

/// Three ways are tried, the smallest is kept: unchanged pixels transparent; the same except where they continue a run
/// of one colour to its end; and, unless most of them are unchanged, pixels as they are.
void GifFrames::compress(GifImage& image) {
  const std::vector<std::uint8_t> plain = cut(wanted_, image.rect);
  const std::optional<std::uint8_t> clear = images_.empty() ? std::nullopt : unused_index(image.rect);
  if (!clear) return try_smaller(image, plain, palette_.transparent);
  const std::vector<std::uint8_t> same = unchanged(image.rect);
  const auto kept = static_cast<std::size_t>(std::ranges::count(same, std::uint8_t{1}));
  if (kept < same.size() / 4 * 3) try_smaller(image, plain, palette_.transparent);
  try_smaller(image, all_hidden(plain, same, *clear), *clear);
  try_smaller(image, hidden_between_runs(plain, same, *clear), *clear);
}

}  // namespace convreel::output
