#include "story/tempo.hpp"

#include <gtest/gtest.h>

namespace convreel::story {
namespace {

using base::Duration;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr Duration kStep = milliseconds(600);

Storyboard tempo_board(std::int64_t steps, std::int64_t row = 1) {
  Storyboard board;
  board.chapters = {{"pad", "pad", "", 2}, {"slide", "slide", "", steps, 0, true, {}, false, row}};
  board.hold_end = seconds(2);
  return board;
}

Storyboard taught(Storyboard board, bool sweeps, Reading reading = {12, 9}, Duration step = kStep) {
  set_tempo(board, step, sweeps,
            [=](std::size_t chapter, std::int64_t) { return chapter == 0 ? Reading{10} : reading; });
  return board;
}

/// How long every moment's beat lasts, by the last step that it shows.
std::vector<Duration> beats_of(const Timeline& timeline, std::size_t chapter) {
  std::vector<Duration> beats;
  for (std::int64_t i = 0; i < timeline.size(); ++i) {
    const Moment moment = timeline.moment(i);
    if (moment.cursor.chapter != chapter || moment.cursor.finished) continue;
    if (moment.begins != Begins::nothing) beats.emplace_back(0);
    beats.back() += moment.duration;
  }
  return beats;
}

TEST(Tempo, WordsTakeTime) {
  EXPECT_EQ(word_count(""), 0);
  EXPECT_EQ(word_count("p′ zeros on every side: p′ = 1"), 7);
  EXPECT_EQ(word_count("3×3 → 5×5"), 2);
  const auto lasts = [](int words) {
    Storyboard board = tempo_board(1);
    set_tempo(board, kStep, true, [&](std::size_t, std::int64_t) { return Reading{words}; });
    return board.chapters[0].stretches.at(1).beat;
  };
  EXPECT_EQ(lasts(0), milliseconds(1500));
  EXPECT_GT(lasts(8), lasts(4));
  EXPECT_GE(lasts(10), milliseconds(3000));
  EXPECT_EQ(lasts(400), lasts(200));
}

TEST(Tempo, TheFirstStepsAreSlowerOneByOne) {
  for (const Reading reading : {Reading{12, 9}, Reading{12, 0}, Reading{3, 27}}) {
    const auto beats = beats_of(Timeline(taught(tempo_board(25), true, reading), {false, 25}), 1);
    ASSERT_EQ(beats.size(), 25u);
    EXPECT_GT(beats[0], beats[1]);
    EXPECT_GT(beats[1], beats[2]);
    EXPECT_GT(beats[2], beats[3]);
    EXPECT_EQ(beats[3], beats[24]);
    EXPECT_LE(beats[3], kStep);
  }
  // Nine products one after the other, and time for what they give.
  EXPECT_GE(beats_of(Timeline(taught(tempo_board(25), true), {true, 25}), 1)[0], seconds(9));
}

TEST(Tempo, NothingToReadIsTheEvenPace) {
  for (const Duration beat : beats_of(Timeline(taught(tempo_board(25), true, {}), {false, 25}), 1))
    EXPECT_EQ(beat, kStep);
}

TEST(Tempo, TakesAMinuteAtMostAndEveryStepOnce) {
  for (const std::int64_t steps : {1, 3, 9, 60, 61, 100, 300, 3844, 100'000})
    for (const std::int64_t row : {std::int64_t{1}, std::int64_t{2}, std::int64_t{62}, steps})
      for (const bool smooth : {false, true}) {
        const Timeline timeline(taught(tempo_board(steps, row), true), {smooth, 25, true});
        EXPECT_LE(timeline.length(), seconds(62)) << steps << " by " << row;
        std::int64_t next = 0;
        for (std::int64_t i = 0; i < timeline.size(); ++i) {
          const Moment moment = timeline.moment(i);
          if (moment.cursor.chapter == 0 || moment.cursor.finished || moment.begins == Begins::nothing) continue;
          const Sweep sweep = moment.cursor.sweep.value_or(Sweep{moment.cursor.beat, moment.cursor.beat});
          EXPECT_EQ(sweep.first, next) << steps << " by " << row;
          next = sweep.last + 1;
        }
        EXPECT_EQ(next, steps) << "by " << row;
      }
}

TEST(Tempo, ManyStepsAreTakenByRows) {
  const Timeline timeline(taught(tempo_board(64 * 64, 64), true), {false, 25, true});
  for (std::int64_t i = 0; i < timeline.size(); ++i) {
    const auto sweep = timeline.moment(i).cursor.sweep;
    if (!sweep || sweep->first < 64) continue;
    EXPECT_EQ(sweep->first % 64, 0);
    EXPECT_EQ(sweep->last % 64, 63);
  }
  // Sixty are few enough.
  const Timeline few(taught(tempo_board(60, 10), true), {false, 25, true});
  EXPECT_EQ(few.beats(), 62);
}

TEST(Tempo, SeveralChaptersOfStepsShareTheMinute) {
  for (const int chapters : {2, 3, 8})
    for (const std::int64_t steps : {9, 20, 1000}) {
      Storyboard board;
      for (int c = 0; c < chapters; ++c)
        board.chapters.push_back({"", "", "", steps, 0, c + 1 == chapters, {}, c + 1 < chapters, 25});
      set_tempo(board, kStep, true, [](std::size_t, std::int64_t) { return Reading{12, 9}; });
      EXPECT_LE(Timeline(board, {true, 25, true}).length(), seconds(75)) << chapters << " of " << steps;
    }
}

TEST(Tempo, WithoutSweepsEveryStepHasItsBeat) {
  const Timeline timeline(taught(tempo_board(3844, 62), false), {false, 25});
  EXPECT_EQ(timeline.beats(), 2 + 3844);
  EXPECT_FALSE(timeline.moment(timeline.arrival(2 + 3000)).cursor.sweep);
  EXPECT_EQ(timeline.moment(timeline.arrival(2 + 3000)).cursor.beat, 3000);
}

TEST(Tempo, ProseIsReadBeatByBeat) {
  Storyboard board = tempo_board(5);
  board.chapters[1].prose = true;
  const auto beats = beats_of(Timeline(taught(board, true), {false, 25}), 1);
  for (const Duration beat : beats) EXPECT_EQ(beat, beats.front());
  EXPECT_GE(beats.front(), seconds(3));
}

TEST(Tempo, FollowsTheStep) {
  const Timeline once(taught(tempo_board(9), true), {false, 25});
  const Timeline twice(taught(tempo_board(9), true, {12, 9}, 2 * kStep), {false, 25});
  EXPECT_EQ(2 * (once.length() - seconds(2)), twice.length() - seconds(2));
}

TEST(Tempo, PartsAreToldInOrderAndTheResultComesLast) {
  for (const bool smooth : {false, true}) {
    const Timeline timeline(taught(tempo_board(9), true), {smooth, 25});
    double told = -1;
    std::int64_t pictures = 0;
    for (std::int64_t i = timeline.arrival(1) + 1; i <= timeline.arrival(2); ++i) {
      const Cursor cursor = timeline.moment(i).cursor;
      EXPECT_EQ(cursor.beat, 0);
      EXPECT_EQ(cursor.revealed, !cursor.told.has_value());
      if (cursor.glide < 1) continue;
      ++pictures;
      if (!cursor.told) continue;
      EXPECT_GT(*cursor.told, told);
      told = *cursor.told;
    }
    EXPECT_FALSE(timeline.moment(timeline.arrival(2)).cursor.told);
    EXPECT_EQ(told, smooth ? 9 : 5);
    if (smooth) {
      EXPECT_GT(pictures, 9 * 4);
    } else {
      EXPECT_EQ(pictures, 3);
    }
  }
}

TEST(Tempo, DurationsAddUpAndStartsAgree) {
  for (const bool smooth : {false, true})
    for (const std::int64_t steps : {9, 300}) {
      Storyboard board = tempo_board(steps, 20);
      board.hold_start = milliseconds(300);
      board.predict = milliseconds(700);
      const Timeline timeline(taught(board, true), {smooth, 30, true});
      Duration sum{};
      for (std::int64_t i = 0; i < timeline.size(); ++i) {
        EXPECT_EQ(timeline.start(i), sum) << i;
        EXPECT_GT(timeline.moment(i).duration.count(), 0);
        sum += timeline.moment(i).duration;
      }
      EXPECT_EQ(sum, timeline.length());
      for (std::int64_t beat = 0; beat < timeline.beats(); ++beat)
        EXPECT_TRUE(timeline.moment(timeline.arrival(beat)).cursor.revealed);
    }
}

}  // namespace
}  // namespace convreel::story
