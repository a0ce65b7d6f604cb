#include <algorithm>
#include <cmath>
#include <utility>

#include "story/storyboard.hpp"

namespace convreel::story {

namespace {

using base::Duration;

// A glide takes at most this share of its beat and this long: the eye needs the rest to read.
constexpr double kGlideShare = 0.45;
constexpr Duration kLongestGlide = std::chrono::milliseconds(480);
// Many steps at once take more of their beat; a part of a sum is on its way for a while and then stands.
constexpr double kSweepShare = 0.7, kFlightShare = 0.6;
constexpr Duration kLongestFlight = std::chrono::milliseconds(360);

Duration share_of(Duration whole, double share) {
  return Duration(static_cast<std::int64_t>(static_cast<double>(whole.count()) * share));
}

/// What is told of so many parts when picture `n` of a telling without flights stands: nothing, then half.
double told_without_flights(int parts, int n) { return n == 0 ? 0 : (parts + 1) / 2; }

}  // namespace

std::vector<Timeline::Slice> Timeline::cut(const Stretch& stretch, Duration hidden, Pace pace) {
  std::vector<Slice> slices;
  Duration spent{};
  const auto add = [&](Slice slice, Duration duration) {
    slice.start = spent, slice.duration = duration;
    slice.revealed = hidden.count() == 0 && stretch.parts == 0;
    slices.push_back(slice);
    spent += duration;
  };
  const Duration frame(1'000'000 / pace.fps),
      telling = stretch.parts > 0 ? stretch.part * (stretch.parts + 1) : frame * 0;
  const bool sweeps = stretch.steps > 1;
  const auto told_from = stretch.parts > 0 ? std::optional<double>(0) : std::nullopt;

  if (pace.smooth && sweeps) {
    const std::int64_t frames = std::min(share_of(stretch.beat, kSweepShare) / frame, stretch.steps - 1);
    for (std::int64_t f = 0; f < frames; ++f)
      add({.swept = static_cast<double>(f + 1) / static_cast<double>(frames + 1)}, frame);
  } else if (pace.smooth) {
    const std::int64_t frames = std::min(share_of(stretch.beat - telling, kGlideShare), kLongestGlide) / frame;
    for (std::int64_t f = 0; f < frames; ++f)
      add({.glide = ease(static_cast<double>(f + 1) / static_cast<double>(frames + 1)), .told = told_from}, frame);
  }

  const std::int64_t flight = pace.smooth ? std::min(share_of(stretch.part, kFlightShare), kLongestFlight) / frame : 0;
  if (stretch.parts > 0 && flight == 0) {
    const int pictures = stretch.parts > 1 ? 2 : 1;
    for (int n = 0; n < pictures; ++n)
      add({.told = told_without_flights(stretch.parts, n)}, telling * (n + 1) / pictures - telling * n / pictures);
  } else if (stretch.parts > 0) {
    add({.told = 0}, stretch.part);
    for (int part = 0; part < stretch.parts; ++part) {
      for (std::int64_t f = 0; f < flight; ++f)
        add({.told = part + ease(static_cast<double>(f + 1) / static_cast<double>(flight + 1))}, frame);
      add({.told = part + 1}, stretch.part - flight * frame);
    }
  }

  const Duration rest = stretch.beat - spent;
  if (hidden.count() > 0) add({}, hidden);
  add({}, rest);
  slices.back().revealed = true;
  return slices;
}

double ease(double share) {
  const double t = std::clamp(share, 0.0, 1.0);
  return t < 0.5 ? 4 * t * t * t : 1 - 4 * (1 - t) * (1 - t) * (1 - t);
}

Timeline::Timeline(Storyboard board, Pace pace) : board_(std::move(board)) {
  for (std::size_t c = 0; c < board_.chapters.size(); ++c) {
    const Chapter& chapter = board_.chapters[c];
    const std::vector<Stretch> even{{chapter.beats, 1, chapter.beat}};
    std::int64_t first = 0;
    for (const Stretch& stretch : chapter.stretches.empty() ? even : chapter.stretches) {
      pieces_.push_back({c, first, stretch, cut(stretch, chapter.has_steps() ? board_.predict : Duration{}, pace)});
      first += stretch.beats * stretch.steps;
      beats_ += stretch.beats;
      size_ += pieces_.back().moments();
    }
  }
  if (board_.hold_end.count() > 0) ++size_;
}

std::pair<const Timeline::Piece*, std::int64_t> Timeline::find(std::int64_t index) const {
  for (const Piece& piece : pieces_) {
    if (index < piece.moments()) return {&piece, index};
    index -= piece.moments();
  }
  return {nullptr, index};
}

Moment Timeline::moment(std::int64_t index) const {
  Moment moment;
  const auto [piece, at] = find(index);
  if (!piece) {
    moment.cursor.chapter = board_.chapters.size() - 1;
    moment.cursor.beat = board_.chapters.back().beats - 1;
    moment.cursor.finished = true;
    moment.duration = board_.hold_end;
    moment.begins = Begins::step;
    return moment;
  }
  const auto cuts = static_cast<std::int64_t>(piece->slices.size());
  const Slice& slice = piece->slices[static_cast<std::size_t>(at % cuts)];
  const std::int64_t first = piece->first + at / cuts * piece->stretch.steps;
  const std::int64_t last = std::min(first + piece->stretch.steps, board_.chapters[piece->chapter].beats) - 1;
  const auto swept = static_cast<std::int64_t>(static_cast<double>(last - first) * slice.swept);
  moment.cursor = {piece->chapter, first + swept, slice.glide, slice.revealed, false, slice.told, {}};
  if (last > first) moment.cursor.sweep = {first, last};
  if (at % cuts == 0) moment.begins = piece->first + at == 0 ? Begins::chapter : Begins::step;
  moment.duration = slice.duration + (index == 0 ? board_.hold_start : Duration{});
  return moment;
}

base::Duration Timeline::start(std::int64_t index) const {
  Duration sum = index > 0 ? board_.hold_start : Duration{};
  for (const Piece& piece : pieces_) {
    const auto cuts = static_cast<std::int64_t>(piece.slices.size());
    if (index < piece.moments())
      return sum + index / cuts * piece.beat() + piece.slices[static_cast<std::size_t>(index % cuts)].start;
    index -= piece.moments();
    sum += piece.stretch.beats * piece.beat();
  }
  return sum;
}

base::Duration Timeline::length() const {
  Duration sum = board_.hold_start + board_.hold_end;
  for (const Piece& piece : pieces_) sum += piece.stretch.beats * piece.beat();
  return sum;
}

std::int64_t Timeline::arrival(std::int64_t beat) const {
  std::int64_t index = 0;
  for (const Piece& piece : pieces_) {
    if (beat < piece.stretch.beats) return index + (beat + 1) * static_cast<std::int64_t>(piece.slices.size()) - 1;
    beat -= piece.stretch.beats;
    index += piece.moments();
  }
  return size_ - 1;
}

std::int64_t Timeline::beats_before(std::size_t chapter) const {
  std::int64_t beats = 0;
  for (const Piece& piece : pieces_)
    if (piece.chapter < chapter) beats += piece.stretch.beats;
  return beats;
}

}  // namespace convreel::story
