#include <algorithm>
#include <utility>

#include "story/storyboard.hpp"

namespace convreel::story {

namespace {

using base::Duration;

// A glide takes at most this share of its beat and this long: the eye needs the rest to read.
constexpr double kGlideShare = 0.45;
constexpr Duration kLongestGlide = std::chrono::milliseconds(480);

Duration frame_time(const Pace& pace) { return Duration(1'000'000 / pace.fps); }

// How one beat of a chapter is cut: glide moments, a hidden one when results are to be predicted, the arrived one.
struct Cut {
  std::int64_t glides = 0;
  bool hidden = false;

  [[nodiscard]] std::int64_t moments() const { return glides + (hidden ? 1 : 0) + 1; }
};

Cut cut_of(const Chapter& chapter, const Storyboard& board, const Pace& pace) {
  Cut cut;
  cut.hidden = chapter.has_steps() && board.predict.count() > 0;
  if (!pace.smooth) return cut;
  const auto share = Duration(static_cast<std::int64_t>(static_cast<double>(chapter.beat.count()) * kGlideShare));
  cut.glides = std::min(share, kLongestGlide) / frame_time(pace);
  return cut;
}

}  // namespace

double ease(double share) {
  const double t = std::clamp(share, 0.0, 1.0);
  return t < 0.5 ? 4 * t * t * t : 1 - 4 * (1 - t) * (1 - t) * (1 - t);
}

Timeline::Timeline(Storyboard board, Pace pace) : board_(std::move(board)), pace_(pace) {
  for (const Chapter& chapter : board_.chapters) {
    beats_ += chapter.beats;
    size_ += chapter.beats * cut_of(chapter, board_, pace_).moments();
  }
  if (board_.hold_end.count() > 0) ++size_;
}

Moment Timeline::moment(std::int64_t index) const {
  const Duration start_hold = index == 0 ? board_.hold_start : Duration{};
  for (std::size_t c = 0; c < board_.chapters.size(); ++c) {
    const Chapter& chapter = board_.chapters[c];
    const Cut cut = cut_of(chapter, board_, pace_);
    const std::int64_t moments = chapter.beats * cut.moments();
    if (index >= moments) {
      index -= moments;
      continue;
    }
    const std::int64_t part = index % cut.moments();
    Moment moment;
    moment.cursor = {c, index / cut.moments(), 1.0, true, false};
    moment.beat_start = part == 0;
    if (part < cut.glides) {
      moment.cursor.glide = ease(static_cast<double>(part + 1) / static_cast<double>(cut.glides + 1));
      moment.cursor.revealed = !cut.hidden;
      moment.duration = frame_time(pace_) + start_hold;
    } else if (cut.hidden && part == cut.glides) {
      moment.cursor.revealed = false;
      moment.duration = board_.predict + start_hold;
    } else {
      moment.duration = chapter.beat - cut.glides * frame_time(pace_) + start_hold;
    }
    return moment;
  }
  Moment last;
  last.cursor.chapter = board_.chapters.size() - 1;
  last.cursor.beat = board_.chapters.back().beats - 1;
  last.cursor.finished = true;
  last.duration = board_.hold_end;
  last.beat_start = true;
  return last;
}

base::Duration Timeline::start(std::int64_t index) const {
  Duration sum = index > 0 ? board_.hold_start : Duration{};
  for (const Chapter& chapter : board_.chapters) {
    const Cut cut = cut_of(chapter, board_, pace_);
    const Duration beat = chapter.beat + (cut.hidden ? board_.predict : Duration{});
    const std::int64_t moments = chapter.beats * cut.moments();
    if (index >= moments) {
      index -= moments;
      sum += chapter.beats * beat;
      continue;
    }
    const std::int64_t part = index % cut.moments();
    sum += index / cut.moments() * beat + std::min(part, cut.glides) * frame_time(pace_);
    return part > cut.glides ? sum + board_.predict : sum;
  }
  return sum;
}

base::Duration Timeline::length() const {
  Duration sum = board_.hold_start + board_.hold_end;
  for (const Chapter& chapter : board_.chapters) {
    const Duration hidden = chapter.has_steps() ? board_.predict : Duration{};
    sum += chapter.beats * (chapter.beat + hidden);
  }
  return sum;
}

std::int64_t Timeline::arrival(std::int64_t beat) const {
  std::int64_t index = 0;
  for (const Chapter& chapter : board_.chapters) {
    const Cut cut = cut_of(chapter, board_, pace_);
    if (beat < chapter.beats) return index + beat * cut.moments() + cut.moments() - 1;
    beat -= chapter.beats;
    index += chapter.beats * cut.moments();
  }
  return size_ - 1;
}

}  // namespace convreel::story
