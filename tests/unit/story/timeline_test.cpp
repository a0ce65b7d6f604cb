#include <gtest/gtest.h>

#include "story/storyboard.hpp"

namespace convreel::story {
namespace {

using std::chrono::milliseconds;

Storyboard board() {
  Storyboard board;
  board.chapters = {{"pad", "pad", "", 2, 0, false, milliseconds(1000)},
                    {"none", "", "", 0, 0, false, milliseconds(1000)},
                    {"slide", "slide", "", 9, 0, true, milliseconds(600)}};
  board.hold_start = milliseconds(300);
  board.hold_end = milliseconds(2000);
  return board;
}

std::vector<Timeline> timelines() {
  Storyboard quiz = board();
  quiz.predict = milliseconds(700);
  return {Timeline(board(), {false, 25}), Timeline(board(), {true, 25}), Timeline(quiz, {false, 25}),
          Timeline(quiz, {true, 30})};
}

TEST(Timeline, StepMotionHasOneMomentABeatAndTheResult) {
  const Timeline timeline(board(), {false, 25});
  EXPECT_EQ(timeline.size(), 2 + 9 + 1);
  EXPECT_EQ(timeline.moment(0).duration, milliseconds(1300));
  EXPECT_EQ(timeline.moment(2).cursor.chapter, 2u);
  EXPECT_EQ(timeline.moment(4).cursor.beat, 2);
  EXPECT_TRUE(timeline.moment(11).cursor.finished);
  EXPECT_EQ(timeline.moment(11).duration, milliseconds(2000));
}

TEST(Timeline, WithoutHoldThereIsNoClosingPicture) {
  Storyboard plain = board();
  plain.hold_end = {};
  EXPECT_EQ(Timeline(plain, {false, 25}).size(), 11);
}

TEST(Timeline, DurationsAddUpAndStartsAgree) {
  for (const Timeline& timeline : timelines()) {
    base::Duration sum{};
    for (std::int64_t i = 0; i < timeline.size(); ++i) {
      EXPECT_EQ(timeline.start(i), sum) << i;
      EXPECT_GT(timeline.moment(i).duration.count(), 0);
      sum += timeline.moment(i).duration;
    }
    EXPECT_EQ(sum, timeline.length());
  }
}

TEST(Timeline, GlideGrowsWithinABeatAndArrives) {
  const Timeline timeline(board(), {true, 25});
  double last = 0;
  for (std::int64_t i = 0; i < timeline.size(); ++i) {
    const Moment moment = timeline.moment(i);
    if (moment.begins != Begins::nothing) last = 0;
    EXPECT_GT(moment.cursor.glide, last);
    last = moment.cursor.glide;
    EXPECT_LE(last, 1);
  }
}

TEST(Timeline, PredictHidesThenReveals) {
  Storyboard quiz = board();
  quiz.predict = milliseconds(700);
  const Timeline timeline(quiz, {false, 25});
  EXPECT_EQ(timeline.size(), 2 + 18 + 1);
  EXPECT_FALSE(timeline.moment(2).cursor.revealed);
  EXPECT_EQ(timeline.moment(2).duration, milliseconds(700));
  EXPECT_TRUE(timeline.moment(3).cursor.revealed);
  EXPECT_EQ(timeline.moment(3).cursor.beat, 0);
}

TEST(Timeline, ArrivalIsTheMomentABeatIsReadAt) {
  for (const Timeline& timeline : timelines()) {
    for (std::int64_t beat = 0; beat < timeline.beats(); ++beat) {
      const Cursor cursor = timeline.moment(timeline.arrival(beat)).cursor;
      EXPECT_EQ(cursor.glide, 1);
      EXPECT_TRUE(cursor.revealed);
      EXPECT_EQ(cursor.beat, beat < 2 ? beat : beat - 2);
    }
  }
}

TEST(Ease, IsMonotoneFromZeroToOne) {
  EXPECT_EQ(ease(0), 0);
  EXPECT_EQ(ease(1), 1);
  EXPECT_DOUBLE_EQ(ease(0.5), 0.5);
  for (int i = 0; i < 100; ++i) EXPECT_LE(ease(i / 100.0), ease((i + 1) / 100.0));
}

}  // namespace
}  // namespace convreel::story
