#include "batch/targets.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <csignal>

#include "base/error.hpp"
#include "support/support.hpp"

namespace convreel::batch {
namespace {

TEST(Target, AppearsWithItsCommitOnly) {
  const test::TemporaryFolder folder;
  const auto path = folder.path() / "new" / "a.bin";
  {
    Target target(path.string(), {});
    target.write("abandoned");
  }
  EXPECT_FALSE(std::filesystem::exists(path));
  Target target(path.string(), {});
  target.write("whole");
  EXPECT_FALSE(std::filesystem::exists(path));
  target.commit();
  EXPECT_EQ(test::read_text(path), "whole");
  EXPECT_EQ(target.bytes(), 5u);
}

TEST(Target, AnOlderFileSurvivesARunThatFails) {
  const test::TemporaryFolder folder;
  const auto path = folder.path() / "a.bin";
  Target(path.string(), {}).commit();
  Target first(path.string(), {});
  first.write("older");
  first.commit();
  { Target(path.string(), {}).write("newer, but abandoned"); }
  EXPECT_EQ(test::read_text(path), "older");
}

TEST(Target, WhatIsHeldReachesStdoutWithItsCommitOnly) {
  int ends[2];
  ASSERT_EQ(pipe2(ends, O_NONBLOCK), 0);
  const int stdout_before = dup(STDOUT_FILENO);
  ASSERT_GE(dup2(ends[1], STDOUT_FILENO), 0);
  char bytes[8] = {};
  Target target("-", {}, nullptr, true);
  target.write("whole");
  const ssize_t early = read(ends[0], bytes, sizeof bytes);
  target.commit();
  const ssize_t late = read(ends[0], bytes, sizeof bytes);
  dup2(stdout_before, STDOUT_FILENO);
  for (const int descriptor : {ends[0], ends[1], stdout_before}) close(descriptor);
  EXPECT_EQ(early, -1);
  EXPECT_EQ(late, 5);
  EXPECT_STREQ(bytes, "whole");
  EXPECT_EQ(target.bytes(), 5u);
}

TEST(DescriptorSink, AFullDiskIsARunTimeError) {
  const int full = open("/dev/full", O_WRONLY);
  ASSERT_GE(full, 0);
  DescriptorSink sink(full, "the disk");
  try {
    sink.write("x");
    ADD_FAILURE() << "a full disk took a byte";
  } catch (const base::Error& error) {
    EXPECT_EQ(error.kind(), base::ErrorKind::run_time);
    EXPECT_NE(std::string(error.what()).find("the disk"), std::string::npos);
  }
  close(full);
}

TEST(DescriptorSink, AClosedPipeIsAnInterruption) {
  std::signal(SIGPIPE, SIG_IGN);
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  close(ends[0]);
  DescriptorSink sink(ends[1], "stdout");
  try {
    sink.write("x");
    ADD_FAILURE();
  } catch (const base::Error& error) {
    EXPECT_EQ(error.kind(), base::ErrorKind::interrupted);
  }
  close(ends[1]);
}

}  // namespace
}  // namespace convreel::batch
