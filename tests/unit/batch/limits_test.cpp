// Files within --max-bytes, whatever their format, and what stays as it was asked for.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.hpp"
#include "batch/run_job.hpp"
#include "job/resolve.hpp"
#include "job/sources.hpp"
#include "output/formats.hpp"
#include "support/outputs.hpp"
#include "support/pictures.hpp"
#include "support/support.hpp"

namespace convreel::batch {
namespace {

using test::Options;
using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class Limits : public testing::Test {
 protected:
  [[nodiscard]] static job::Job job() {
    job::JobSpec written = job::from_layer_string("Conv2d(1, 1, kernel_size=2)");
    written.input_size = job::Sizes{3};
    written.show.views = std::vector<std::string>{"slide"};
    written.show.chapters = job::Chapters::none;
    written.show.step = std::chrono::milliseconds(200);
    written.show.hold_end = std::chrono::milliseconds(200);
    written.show.steps = job::StepRange{1, 2};
    return job::resolve(written, {});
  }

  [[nodiscard]] std::string path(const std::string& name) const { return (folder_.path() / name).string(); }

  std::vector<Written> run(job::Job job, const std::string& name, const std::string& format,
                           const Options& options = {}, int threads = 2) const {
    job.outputs = {test::output(path(name), format, options)};
    base::NoProgress progress;
    const base::Cancel cancel;
    Settings settings;
    settings.threads = threads;
    return run_job(job, settings, progress, cancel).files;
  }

  [[nodiscard]] static Options with_limit(Options options, std::uint64_t limit) {
    options["max-bytes"] = std::to_string(limit);
    return options;
  }

  test::TemporaryFolder folder_;
};

struct Family {
  std::string format;
  Options options;
};

TEST_F(Limits, EveryFormatOfPixelsIsMadeToFitAndTheSameOnAnyNumberOfThreads) {
  const Family families[] = {{"gif", {}},
                             {"webp", {}},
                             {"apng", {}},
                             {"mp4", {}},
                             {"webm", {}},
                             {"webm", {{"codec", "av1"}}},
                             {"pptx", {}},
                             {"pptx", {{"media", "gif"}}},
                             {"pptx", {{"slides", "steps"}}},
                             {"png", {}},
                             {"png", {{"strip", "3"}}}};
  job::Job small = job();
  small.show.size = job::PixelSize{480, 300};
  for (const auto& [format, options] : families) {
    SCOPED_TRACE(format + (options.empty() ? "" : ":" + options.begin()->first));
    const Written asked = run(small, "asked", format, options).at(0);
    const std::uint64_t limit = asked.bytes - asked.bytes / 20;
    const Written one = run(small, "one", format, with_limit(options, limit), 1).at(0);
    EXPECT_LE(one.bytes, limit);
    EXPECT_EQ(one.bytes, std::filesystem::file_size(path("one")));
    EXPECT_THAT(one.given_up,
                HasSubstr(std::to_string(one.bytes) + " bytes instead of " + std::to_string(asked.bytes)));
    EXPECT_EQ(run(small, "two", format, with_limit(options, limit), 2).at(0).digest, one.digest);
  }
}

TEST_F(Limits, EveryFormatOfTheTableFitsOrSaysThatItCannot) {
  for (const output::Format& format : output::formats()) {
    SCOPED_TRACE(format.name);
    const std::string name(format.name);
    const std::uint64_t asked = run(job(), "a", name).at(0).bytes;
    EXPECT_THAT(run(job(), "b", name, with_limit({}, asked)).at(0).given_up, IsEmpty());
    EXPECT_EQ(test::read_bytes(path("a")), test::read_bytes(path("b"))) << "what fits is as without a limit";
    if (format.savings) continue;  // those are made to fit, above
    try {
      run(job(), "b", name, with_limit({}, asked - 1));
      ADD_FAILURE() << "a file over its limit was written";
    } catch (const base::Error& error) {
      EXPECT_EQ(error.kind(), base::ErrorKind::run_time);
      EXPECT_THAT(error.problems().at(0).message, HasSubstr(std::to_string(asked) + " bytes at the smallest"));
    }
  }
}

TEST_F(Limits, TheNoteSaysWhatOneMayTypeForTheSameFile) {
  job::Job smooth = job();
  smooth.show.motion = job::Motion::smooth;
  const std::uint64_t asked = run(smooth, "asked", "webp").at(0).bytes;
  const Written fitted = run(smooth, "fitted", "webp", with_limit({}, asked / 3)).at(0);
  ASSERT_THAT(fitted.given_up, AllOf(HasSubstr("--aa-levels 5"), HasSubstr(":fps=10:scale=")))
      << "another case is needed";
  job::Job typed = smooth;
  typed.show.aa_levels = 5;
  const std::size_t at = fitted.given_up.find("scale=") + 6;
  const std::string scale = fitted.given_up.substr(at, fitted.given_up.find(' ', at) - at);
  EXPECT_EQ(run(typed, "typed", "webp", {{"fps", "10"}, {"scale", scale}}).at(0).digest, fitted.digest);
}

TEST_F(Limits, WhatSomebodyChoseSurvives) {
  job::Job chosen = job();
  chosen.show.size = job::PixelSize{400, 300};
  const std::uint64_t asked = run(chosen, "asked", "png").at(0).bytes;
  const Written fitted = run(chosen, "a.png", "png", with_limit({}, asked - 1)).at(0);
  EXPECT_THAT(fitted.given_up, AllOf(HasSubstr("--aa-levels"), Not(HasSubstr("scale"))));
  chosen.show.aa_levels = 12;
  EXPECT_THROW(run(chosen, "b.png", "png", with_limit({}, asked - 1)), base::Error);
  const std::uint64_t film = run(job(), "film", "mp4", {{"crf", "30"}}).at(0).bytes;
  const Written smaller = run(job(), "smaller", "mp4", with_limit({{"crf", "30"}}, film - 1)).at(0);
  EXPECT_THAT(smaller.given_up, AllOf(HasSubstr(":scale=1.5"), Not(HasSubstr("crf"))));
}

TEST_F(Limits, NumberedFilesAllFitWithOneSetting) {
  std::uint64_t largest = 0;
  for (const Written& file : run(job(), "n{n}.png", "png")) largest = std::max(largest, file.bytes);
  const std::vector<Written> files = run(job(), "m{n}.png", "png", with_limit({}, largest - 1));
  ASSERT_EQ(files.size(), 3u);
  EXPECT_THAT(files[0].given_up, HasSubstr("--aa-levels 11"));
  job::Job coarse = job();
  coarse.show.aa_levels = 11;
  const std::vector<Written> typed = run(coarse, "t{n}.png", "png");
  for (std::size_t n = 0; n < files.size(); ++n) {
    EXPECT_LT(files[n].bytes, largest);
    EXPECT_EQ(files[n].digest, typed[n].digest);
  }
}

TEST_F(Limits, WhereNothingFitsOlderFilesSurviveAndNothingAppears) {
  test::write_bytes(path("a.gif"), std::vector<std::uint8_t>{1, 2, 3});
  job::Job several = job();
  several.outputs = {test::output(path("n{n}.png"), "png", {{"max-bytes", "100k"}}),
                     test::output(path("a.gif"), "gif", {{"max-bytes", "100"}}),
                     test::output(path("b.json"), "json", {{"max-bytes", "100"}})};
  base::NoProgress progress;
  const base::Cancel cancel;
  try {
    run_job(several, {}, progress, cancel);
    ADD_FAILURE();
  } catch (const base::Error& error) {
    ASSERT_EQ(error.problems().size(), 2u) << "both are told";
    EXPECT_THAT(error.problems()[0].message, HasSubstr("a.gif: "));
    EXPECT_THAT(error.problems()[0].message, HasSubstr("more than --max-bytes 100"));
    EXPECT_THAT(error.problems()[1].message, HasSubstr("b.json: "));
  }
  EXPECT_EQ(test::read_bytes(path("a.gif")), (std::vector<std::uint8_t>{1, 2, 3}));
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder_.path()), {}), 1) << "files were left behind";
}

TEST_F(Limits, OnlyTheOutputOverItsLimitChanges) {
  const std::uint64_t asked = run(job(), "asked.gif", "gif").at(0).bytes;
  job::Job both = job();
  both.outputs = {test::output(path("small.gif"), "gif", {{"max-bytes", std::to_string(asked - 1)}}),
                  test::output(path("whole.gif"), "gif", {})};
  base::NoProgress progress;
  const base::Cancel cancel;
  const std::vector<Written> files = run_job(both, {}, progress, cancel).files;
  EXPECT_LT(files.at(0).bytes, asked);
  EXPECT_EQ(test::read_bytes(path("whole.gif")), test::read_bytes(path("asked.gif")));
}

}  // namespace
}  // namespace convreel::batch
