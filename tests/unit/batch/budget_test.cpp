#include "batch/budget.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/outputs.hpp"

namespace convreel::batch {
namespace {

using testing::HasSubstr;

job::Job small_job() {
  const numerics::Layer layer;
  return {"conv2d",
          numerics::Trace(layer, numerics::Map(1, {1, 5, 5}, 1.0), numerics::Kernel(1, 1, {1, 3, 3}, 1.0), {}),
          {},
          {}};
}

job::Job smooth_job() {
  job::Job job = small_job();
  job.show.motion = job::Motion::smooth;
  return job;
}

job::Output output(const std::string& format, const test::Options& options = {}) {
  return test::output("a." + format, format, options);
}

Rung rung(std::optional<int> aa_levels, std::optional<int> fps, std::optional<int> crf, double shrink) {
  return {aa_levels, fps, crf, shrink};
}

constexpr auto kNone = std::nullopt;

TEST(Ladder, EdgesThenRateThenPixelsWhereNoPixelIsLost) {
  const std::vector<Rung> stepped{rung(11, kNone, kNone, 1),   rung(8, kNone, kNone, 1),   rung(5, kNone, kNone, 1),
                                  rung(5, kNone, kNone, 0.75), rung(5, kNone, kNone, 0.6), rung(5, kNone, kNone, 0.5)};
  for (const char* format : {"gif", "webp", "apng", "png"}) EXPECT_EQ(ladder(small_job(), output(format)), stepped);
  const std::vector<Rung> smooth{rung(11, kNone, kNone, 1), rung(8, kNone, kNone, 1), rung(5, kNone, kNone, 1),
                                 rung(5, 15, kNone, 1),     rung(5, 10, kNone, 1),    rung(5, 10, kNone, 0.75),
                                 rung(5, 10, kNone, 0.6),   rung(5, 10, kNone, 0.5)};
  for (const char* format : {"gif", "webp", "apng"}) EXPECT_EQ(ladder(smooth_job(), output(format)), smooth);
}

TEST(Ladder, CompressionThenPixelsForVideo) {
  const auto video = [](int a, int b, int c) {
    return std::vector<Rung>{rung(kNone, kNone, a, 1),    rung(kNone, kNone, b, 1),   rung(kNone, kNone, c, 1),
                             rung(kNone, kNone, c, 0.75), rung(kNone, kNone, c, 0.6), rung(kNone, kNone, c, 0.5)};
  };
  EXPECT_EQ(ladder(small_job(), output("mp4")), video(29, 33, 37));
  EXPECT_EQ(ladder(small_job(), output("pptx")), video(29, 33, 37));
  EXPECT_EQ(ladder(small_job(), output("webm")), video(34, 41, 48));
  EXPECT_EQ(ladder(small_job(), output("webm", {{"codec", "av1"}})), video(43, 50, 57));
}

TEST(Ladder, APresentationGivesUpWhatItsMediumDoes) {
  EXPECT_EQ(ladder(smooth_job(), output("pptx", {{"media", "gif"}})), ladder(smooth_job(), output("gif")));
  EXPECT_EQ(ladder(small_job(), output("pptx", {{"slides", "steps"}})), ladder(small_job(), output("png")));
}

TEST(Ladder, DocumentsHaveNothingToGiveUp) {
  for (const char* format : {"svg", "pdf", "html", "json", "txt", "vtt"})
    EXPECT_TRUE(ladder(small_job(), output(format)).empty()) << format;
}

TEST(Ladder, WhatSomebodyChoseIsOnNoRung) {
  job::Job job = smooth_job();
  job.show.aa_levels = 12;
  for (const Rung& one : ladder(job, output("gif"))) EXPECT_FALSE(one.aa_levels);
  job = smooth_job();
  job.show.fps = 25;
  for (const Rung& one : ladder(job, output("gif"))) EXPECT_FALSE(one.fps);
  for (const Rung& one : ladder(smooth_job(), output("gif", {{"fps", "20"}}))) EXPECT_FALSE(one.fps);
  for (const Rung& one : ladder(smooth_job(), output("mp4", {{"crf", "20"}}))) EXPECT_FALSE(one.crf);
  job = small_job();
  job.show.aa_levels = 12;
  job.show.cell = 40;
  EXPECT_TRUE(ladder(job, output("gif")).empty());
}

TEST(Ladder, AChosenSizeIsKeptAndHardEdgesAreTheLastResort) {
  std::vector<job::Job> jobs{small_job(), small_job(), small_job()};
  jobs[0].show.size = job::PixelSize{640, 480};
  jobs[1].show.cell = 40;
  for (std::size_t n = 0; n < jobs.size(); ++n) {
    const auto rungs = ladder(jobs[n], n == 2 ? output("gif", {{"scale", "1"}}) : output("gif"));
    for (const Rung& one : rungs) EXPECT_EQ(one.shrink, 1);
    EXPECT_EQ(rungs.back(), rung(2, kNone, kNone, 1));
  }
}

TEST(Ladder, ALoweredOutputSaysItsRungAsOneWouldTypeIt) {
  const job::Output low = lowered(small_job(), output("mp4", {{"preset", "slow"}}), rung(kNone, kNone, 39, 0.75));
  EXPECT_EQ(low, output("mp4", {{"preset", "slow"}, {"crf", "39"}, {"scale", "1.5"}}));
  EXPECT_EQ(lowered(smooth_job(), output("gif"), rung(5, 15, kNone, 0.6)),
            output("gif", {{"fps", "15"}, {"scale", "0.6"}}));
  EXPECT_EQ(lowered(small_job(), output("gif"), {}), output("gif"));
}

TEST(Budget, TheFirstRungThatFitsWins) {
  const job::Job job = small_job();
  const job::Output gif = output("gif");
  Budget budget(job, gif, 900);
  EXPECT_EQ(budget.after(1000, 12), rung(11, kNone, kNone, 1));
  EXPECT_EQ(budget.after(950, 11), rung(8, kNone, kNone, 1));
  EXPECT_FALSE(budget.met());
  EXPECT_EQ(budget.after(900, 8), kNone);
  EXPECT_TRUE(budget.met());
  EXPECT_EQ(budget.note(), "a.gif: made with --aa-levels 8 to stay within --max-bytes 900: 900 bytes instead of 1000");
}

TEST(Budget, WhatFitsAtOnceGivesNothingUp) {
  const job::Job job = small_job();
  const job::Output gif = output("gif");
  Budget budget(job, gif, 900);
  EXPECT_EQ(budget.after(900, 12), kNone);
  EXPECT_TRUE(budget.met());
  EXPECT_EQ(budget.note(), "");
}

TEST(Budget, RungsThatCannotBeEnoughAreNotPaintedTheLastOneIs) {
  const job::Job job = small_job();
  const job::Output gif = output("gif"), mp4 = output("mp4");
  Budget four_times(job, gif, 250);
  EXPECT_EQ(four_times.after(1000, 12), rung(5, kNone, kNone, 0.75));
  Budget three_times(job, mp4, 300);
  EXPECT_EQ(three_times.after(1000, 12), rung(kNone, kNone, 37, 1));
  Budget far(job, mp4, 1);
  EXPECT_EQ(far.after(1000, 12), rung(kNone, kNone, 37, 0.5));
  EXPECT_EQ(far.after(60, 12), kNone);
  EXPECT_FALSE(far.met());
}

TEST(Budget, EdgesThatAPaletteMadeCoarserAlreadyAreNotPaintedAgain) {
  const job::Job job = small_job();
  const job::Output gif = output("gif");
  Budget budget(job, gif, 900);
  EXPECT_EQ(budget.after(1000, 8), rung(5, kNone, kNone, 1));
  Budget coarsest(job, gif, 900);
  EXPECT_EQ(coarsest.after(1000, 2), rung(5, kNone, kNone, 0.75));
}

TEST(Budget, TheProblemHasTheSmallestSizeTheLimitAndWaysOut) {
  job::Job job = smooth_job();
  job.show.aa_levels = 12;
  job.show.fps = 25;
  const job::Output gif = output("gif");
  Budget budget(job, gif, 1000);
  std::uint64_t bytes = 2000;
  for (auto next = budget.after(bytes, 12); next; next = budget.after(bytes, 12)) bytes -= 100;
  const base::Problem problem = budget.problem();
  EXPECT_THAT(problem.message, HasSubstr("a.gif: 1800 bytes at the smallest, more than --max-bytes 1k"));
  EXPECT_THAT(problem.hint, HasSubstr("--motion step, fewer --steps, a smaller :scale=, or another format"));
}

TEST(Budget, WaysOutAreOnlyThoseThatTheFormatHas) {
  job::Job job = small_job();
  const auto hint = [&](const job::Output& one) {
    Budget budget(job, one, 10);
    EXPECT_FALSE(budget.after(20, 12));
    return budget.problem().hint;
  };
  EXPECT_EQ(hint(output("json")), "try a smaller layer, or another format");
  EXPECT_EQ(hint(output("pdf")), "try fewer --steps, or another format");
  job.show.aa_levels = 12;
  job.show.cell = 40;
  EXPECT_EQ(hint(output("png")), "try a smaller --cell, or another format");
}

}  // namespace
}  // namespace convreel::batch
