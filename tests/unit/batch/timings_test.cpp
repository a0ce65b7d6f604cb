#include "batch/timings.hpp"

#include <gtest/gtest.h>

namespace convreel::batch {
namespace {

using Seconds = Timings::Seconds;

TEST(Timings, AddUpByStageInTheOrderOfFirstMeeting) {
  Timings timings;
  timings.add("painting", Seconds(2));
  timings.add("gif", Seconds(1));
  timings.add("painting", Seconds(-0.5));
  ASSERT_EQ(timings.stages().size(), 2u);
  EXPECT_EQ(timings.stages()[0].first, "painting");
  EXPECT_DOUBLE_EQ(timings.of("painting").count(), 1.5);
  EXPECT_DOUBLE_EQ(timings.of("gif").count(), 1);
  EXPECT_DOUBLE_EQ(timings.of("never met").count(), 0);
}

TEST(Timings, DuringGivesTheWorksResultAndNotesItsStage) {
  Timings timings;
  EXPECT_EQ(Timings::during(&timings, "work", [] { return 7; }), 7);
  EXPECT_EQ(timings.stages().size(), 1u);
  EXPECT_EQ(Timings::during(nullptr, "work", [] { return 8; }), 8);
  EXPECT_THROW(Timings::during(&timings, "failing", []() -> int { throw 1; }), int);
  EXPECT_EQ(timings.stages().size(), 2u);
}

}  // namespace
}  // namespace convreel::batch
