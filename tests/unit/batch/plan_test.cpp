#include "batch/plan.hpp"

#include <gtest/gtest.h>

#include "support/outputs.hpp"

namespace convreel::batch::plan_test {
namespace {

numerics::Trace small_trace() {
  numerics::Layer layer;
  return {layer, numerics::Map(1, {1, 5, 5}, 1.0), numerics::Kernel(1, 1, {1, 3, 3}, 1.0), {}};
}

job::Job job_with(std::vector<job::Output> outputs) { return {"conv2d", small_trace(), {}, std::move(outputs)}; }

job::Output output(const std::string& format, const test::Options& options = {}) {
  return test::output("a." + format, format, options);
}

TEST(Plan, OutputsThatLookAlikeShareOneGroup) {
  job::Job job = job_with({output("gif"), output("gif", {{"fps", "10"}}), output("gif", {{"scale", "2"}})});
  job.show.motion = job::Motion::step;
  const std::vector<Group> groups = plan(job);
  ASSERT_EQ(groups.size(), 2u);
  EXPECT_EQ(groups[0].outputs, (std::vector<std::size_t>{0, 1}));
  EXPECT_EQ(groups[1].outputs, (std::vector<std::size_t>{2}));
}

TEST(Plan, TheRatePartsPicturesOnlyWhereSomethingGlides) {
  job::Job job = job_with({output("gif"), output("gif", {{"fps", "10"}})});
  job.show.motion = job::Motion::smooth;
  EXPECT_EQ(plan(job).size(), 2u);
}

TEST(Plan, WhoeverGoesFromStepToStepMissesNone) {
  job::Job job = job_with({output("gif"), output("mp4"), output("html"), output("png"), output("pdf"), output("vtt")});
  job.show.pace = job::Pace::teach;
  for (const job::Output& one : job.outputs) {
    const bool plays = one.format == "gif" || one.format == "mp4" || one.format == "vtt";
    EXPECT_EQ(look_of(job, one).sweeps, plays) << one.format;
  }
}

TEST(Plan, EveryOutputIsInExactlyOneGroup) {
  job::Job job = job_with({output("gif"), output("mp4"), output("png"), output("json"), output("txt"), output("gif")});
  std::vector<int> seen(job.outputs.size());
  for (const Group& group : plan(job))
    for (const std::size_t i : group.outputs) ++seen[i];
  EXPECT_EQ(seen, std::vector<int>(job.outputs.size(), 1));
}

TEST(Plan, AFixedSizeIsExactUnlessAScaleIsGiven) {
  job::Job job = job_with({output("mp4"), output("mp4", {{"scale", "2"}})});
  job.show.size = job::PixelSize{1000, 500};
  EXPECT_EQ(raster_of(look_of(job, job.outputs[0]), {400, 400}, 16).width, 1000);
  EXPECT_EQ(raster_of(look_of(job, job.outputs[1]), {400, 400}, 16).height, 1000);
}

TEST(Plan, AVideoOfAnOddSizeGetsALineMore) {
  job::Job job = job_with({output("mp4"), output("png")});
  job.show.size = job::PixelSize{801, 600};
  const auto video = raster_of(look_of(job, job.outputs[0]), {400, 300}, 16);
  const auto still = raster_of(look_of(job, job.outputs[1]), {400, 300}, 16);
  EXPECT_EQ(video.width, 802);
  EXPECT_EQ(video.height, 600);
  EXPECT_EQ(still.width, 801);
  EXPECT_EQ(video.scale, still.scale);
}

TEST(Plan, TransparencyOnlyWhereTheFormatHasIt) {
  job::Job job = job_with({output("mp4"), output("png")});
  job.show.transparent = true;
  EXPECT_FALSE(look_of(job, job.outputs[0]).transparent);
  EXPECT_TRUE(look_of(job, job.outputs[1]).transparent);
}

}  // namespace
}  // namespace convreel::batch::plan_test
