#include "base/limits.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <set>

#include "base/inside.hpp"
#include "base/room.hpp"
#include "support/support.hpp"

namespace convreel::base {
namespace {

using ::testing::HasSubstr;

TEST(Limits, EveryRowHasANameOfItsOwnAndASmallerSafeValue) {
  std::set<std::string_view> names;
  for (const LimitRow& row : limit_rows()) {
    EXPECT_TRUE(names.insert(row.name).second) << row.name;
    EXPECT_FALSE(row.what.empty());
    EXPECT_GE(row.most, row.usual) << row.name;
    if (row.usual > 0) EXPECT_LE(row.safe, row.usual) << row.name;
    EXPECT_EQ(row_of(*limit_named(row.name)).name, row.name);
  }
  EXPECT_EQ(limit_named("no such"), std::nullopt);
}

TEST(Limits, WhatWasSaidStandsAboveSafeAndSafeAboveTheTable) {
  Limits limits;
  EXPECT_EQ(limits[Limit::frames], row_of(Limit::frames).usual);
  Limits safe;
  safe.make_safe();
  limits.take(safe);
  EXPECT_EQ(limits[Limit::frames], row_of(Limit::frames).safe);
  Limits said;
  said.set(Limit::frames, 7);
  limits.take(said);
  EXPECT_EQ(limits[Limit::frames], 7);
  EXPECT_TRUE(limits.safe());
  EXPECT_EQ(limits.as_options(), " --safe --limit frames=7");
}

TEST(Limits, ARefusalSaysNumberLimitAndFlag) {
  Limits limits;
  limits.set(Limit::frames, 7);
  EXPECT_NO_THROW(limits.hold(Limit::frames, 7, "it"));
  try {
    limits.hold(Limit::frames, 12345, "a.gif would hold 12345 pictures");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::impossible);
    EXPECT_STREQ(error.what(), "a.gif would hold 12345 pictures; the limit is 7");
    EXPECT_EQ(error.problems()[0].hint, "--limit frames=13k allows it");
  }
  EXPECT_THAT(limits.problem(Limit::keys, "x", 99).hint, HasSubstr("no flag"));
  EXPECT_THAT(limits.problem(Limit::frames, "x", 1e12).hint, HasSubstr("goes up to 2147483647"));
}

TEST(Limits, TextsOfNumbers) {
  EXPECT_EQ(limit_text(Unit::bytes, 3'000'000'000), "3 GB");
  EXPECT_EQ(limit_text(Unit::bytes, 2'500'000), "2.5 MB");
  EXPECT_EQ(limit_text(Unit::bytes, 512), "512 bytes");
  EXPECT_EQ(limit_text(Unit::seconds, 60), "60 s");
  EXPECT_EQ(limit_text(Unit::count, 36000), "36000");
}

TEST(Inside, OnlySafeLimitsHoldPaths) {
  EXPECT_NO_THROW(hold_inside("/etc/passwd", {}));
  Limits safe;
  safe.make_safe();
  for (const char* path : {"a.gif", "deep/a.gif", "-", "./a", "no/such/folder/a..b"})
    EXPECT_NO_THROW(hold_inside(path, safe)) << path;
  for (const char* path : {"/etc/passwd", "..", "../a", "a/../../b", "/"}) EXPECT_THROW(hold_inside(path, safe), Error);
}

TEST(Inside, ALinkToNothingLeadsWhereAFileWouldBeMade) {
  const test::TemporaryFolder folder;
  const auto before = std::filesystem::current_path();
  std::filesystem::create_directory(folder.path() / "here");
  std::filesystem::current_path(folder.path() / "here");
  std::filesystem::create_symlink("../new", "out");
  std::filesystem::create_symlink("deep/new", "in");
  std::filesystem::create_symlink("out", "twice");
  std::filesystem::create_symlink("circle", "circle");
  Limits safe;
  safe.make_safe();
  EXPECT_NO_THROW(hold_inside("in", safe));
  for (const char* path : {"out", "twice", "circle"}) EXPECT_THROW(hold_inside(path, safe), Error) << path;
  std::filesystem::current_path(before);
}

TEST(Room, AProcessWithoutLimitsHasEnough) {
  EXPECT_NO_THROW(need_memory(std::uint64_t{1} << 20, "fonts"));
  EXPECT_NO_THROW(need_files(16, "fonts"));
  EXPECT_NO_THROW(need_stack());
}

TEST(Room, OfFilesIsWhatTheLimitLeaves) {
  rlimit before{};
  ASSERT_EQ(getrlimit(RLIMIT_NOFILE, &before), 0);
  rlimit few = before;
  few.rlim_cur = 12;
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &few), 0);
  EXPECT_THROW(need_files(16, "fonts"), Error);
  EXPECT_NO_THROW(need_files(1, "fonts"));
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &before), 0);
}

}  // namespace
}  // namespace convreel::base
