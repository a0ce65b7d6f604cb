#include "story/tempo.hpp"

#include <algorithm>
#include <cctype>
#include <iterator>
#include <utility>
#include <vector>

namespace convreel::story {

namespace {

using base::Duration;

// Times in ordinary steps, 0.6 s unless somebody says otherwise: a minute, the least and the most that a chapter's
// picture stands, the look at it and a word.
constexpr double kWhole = 100, kShortestPicture = 2.5, kLongestPicture = 9, kLook = 1.5, kWord = 0.5;
// The first steps are slow, each faster than the one before: a part of a sum (all of a long sum take no more than
// kLongestSum), and what is added when the sum is there.
constexpr double kSlowness[] = {1, 0.6, 0.4};
constexpr double kSlowChapters = 3;  // with more chapters of steps the later ones begin faster
constexpr double kPart = 1.5, kLongestSum = 15, kResult = 2.5;
constexpr int kMostParts = 27;
// More steps than kMostSteps are taken together: a few more alone, so that the row is seen to fill, then row by row in
// not many more than kMostSweeps beats.
constexpr std::int64_t kMostSteps = 60, kQuick = 9, kMostSweeps = 64;
constexpr double kShortestSweep = 0.5, kLongestSweep = 2.5;
constexpr Duration kShortestBeat = std::chrono::milliseconds(20);

std::int64_t divided_up(std::int64_t a, std::int64_t b) { return (a + b - 1) / b; }

class Tempo {
 public:
  Tempo(Storyboard& board, Duration step, bool sweeps, const Read& read)
      : board_(board), step_(step), sweeps_(sweeps), read_(read) {}

  void set() {
    step_chapters_ = std::ranges::count_if(board_.chapters, [](const Chapter& c) { return c.has_steps() && !c.prose; });
    for (std::size_t c = 0; c < board_.chapters.size(); ++c) {
      if (board_.chapters[c].has_steps() && !board_.chapters[c].prose)
        add_slow_steps(c);
      else
        add_pictures(c);
    }
    share_the_rest();
  }

 private:
  [[nodiscard]] Duration times(double steps) const {
    return std::max(kShortestBeat, Duration(static_cast<std::int64_t>(static_cast<double>(step_.count()) * steps)));
  }

  [[nodiscard]] static double reading_time(int words) {
    return std::clamp(kLook + kWord * words, kShortestPicture, kLongestPicture);
  }

  void add_pictures(std::size_t c) {
    Chapter& chapter = board_.chapters[c];
    for (std::int64_t beat = 0; beat < chapter.beats; ++beat)
      chapter.stretches.push_back({1, 1, times(reading_time(read_(c, beat).words))});
  }

  void add_slow_steps(std::size_t c) {
    Chapter& chapter = board_.chapters[c];
    const auto slow = std::exchange(first_, false) ? std::vector(std::begin(kSlowness), std::end(kSlowness))
                                                   : std::vector{later_slowness()};
    for (std::int64_t beat = 0; beat < std::min(chapter.beats, std::ssize(slow)); ++beat)
      chapter.stretches.push_back(slow_step(read_(c, beat), slow[static_cast<std::size_t>(beat)]));
  }

  /// Of the first step of a chapter that is not the first of its kind; the more there are, the shorter.
  [[nodiscard]] double later_slowness() const {
    return kSlowness[1] * std::min(1.0, kSlowChapters / static_cast<double>(step_chapters_));
  }

  [[nodiscard]] Stretch slow_step(const Reading& reading, double slowness) const {
    if (reading.parts > 1 && reading.parts <= kMostParts) {
      const Duration part = times(std::min(kPart, kLongestSum / reading.parts) * slowness);
      return {1, 1, part * (reading.parts + 1) + times(std::max(1.0, kResult * slowness)), reading.parts, part};
    }
    return {1, 1, times(reading.words > 0 ? std::max(1.0, reading_time(reading.words) * slowness) : 1)};
  }

  /// Steps of a chapter that have no stretch yet.
  [[nodiscard]] static std::int64_t left_of(const Chapter& chapter) {
    std::int64_t steps = chapter.beats;
    for (const Stretch& stretch : chapter.stretches) steps -= stretch.beats * stretch.steps;
    return steps;
  }

  /// What of the minute is left, in ordinary steps.
  [[nodiscard]] double time_left() const {
    Duration taken = board_.hold_start + board_.hold_end;
    for (const Chapter& chapter : board_.chapters)
      for (const Stretch& stretch : chapter.stretches) taken += stretch.beats * stretch.beat;
    return kWhole - static_cast<double>(taken.count()) / static_cast<double>(step_.count());
  }

  /// The other steps share what is left, at most an ordinary step each.
  void share_the_rest() {
    std::int64_t steps = 0, rest = 0, chapters = 0;
    for (const Chapter& chapter : board_.chapters) {
      if (chapter.has_steps()) steps += chapter.beats;
      rest += left_of(chapter);
      chapters += left_of(chapter) > 0 ? 1 : 0;
    }
    const double time = std::max(0.0, time_left());
    for (Chapter& chapter : board_.chapters) {
      const std::int64_t left = left_of(chapter);
      if (left == 0) continue;
      if (sweeps_ && steps > kMostSteps && chapter.beats > kMostSteps / chapters)
        add_sweeps(chapter, time / static_cast<double>(chapters));
      else
        chapter.stretches.push_back({left, 1, times(std::min(1.0, time / static_cast<double>(rest)))});
    }
  }

  /// The first row to its end, then rows.
  [[nodiscard]] std::vector<Stretch> sweeps_of(const Chapter& chapter) const {
    std::vector<Stretch> stretches;
    std::int64_t left = left_of(chapter);
    const auto add = [&](std::int64_t beats, std::int64_t steps) {
      if (beats == 0 || steps == 0) return;
      stretches.push_back({beats, steps});
      left -= std::min(left, beats * steps);
    };
    const std::int64_t done = chapter.first + chapter.beats - left;
    const std::int64_t row = std::min(left, divided_up(done, chapter.row) * chapter.row - done);
    const std::int64_t alone = std::min(row, std::max<std::int64_t>(1, kQuick / step_chapters_));
    add(alone, 1);
    add(1, row - alone);
    const bool rows = left >= 4 * chapter.row;
    const std::int64_t most = std::max<std::int64_t>(1, kMostSweeps / step_chapters_);
    const std::int64_t together = rows ? chapter.row * divided_up(left, most * chapter.row) : divided_up(left, most);
    if (left > 0) add(divided_up(left, together), together);
    return stretches;
  }

  void add_sweeps(Chapter& chapter, double time) const {
    std::vector<Stretch> stretches = sweeps_of(chapter);
    std::int64_t beats = 0;
    for (const Stretch& stretch : stretches) beats += stretch.beats;
    const double share = time / static_cast<double>(beats);
    for (Stretch& stretch : stretches) {
      stretch.beat = times(stretch.steps == 1 ? std::clamp(share, kShortestSweep, 1.0)
                                              : std::clamp(share, kShortestSweep, kLongestSweep));
      chapter.stretches.push_back(stretch);
    }
  }

  Storyboard& board_;
  Duration step_;
  bool sweeps_;
  const Read& read_;
  std::int64_t step_chapters_ = 0;
  bool first_ = true;  ///< no chapter of steps has been begun
};

}  // namespace

int word_count(std::string_view text) {
  int words = 0;
  bool inside = false;
  for (const char c : text) {
    const bool letter = std::isalnum(static_cast<unsigned char>(c)) != 0;
    words += letter && !inside ? 1 : 0;
    inside = c != ' ' && (inside || letter);
  }
  return words;
}

void set_tempo(Storyboard& board, Duration step, bool sweeps, const Read& read) {
  Tempo(board, step, sweeps, read).set();
}

}  // namespace convreel::story
