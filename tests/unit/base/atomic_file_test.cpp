#include "base/atomic_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <thread>

#include "base/error.hpp"
#include "support/support.hpp"

namespace convreel::base {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

std::size_t files_in(const fs::path& folder) {
  return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

void put(const fs::path& path, std::string_view text) {
  AtomicFile file(path, {});
  file.write(text);
  file.commit();
}

Limits at_most(std::int64_t bytes) {
  Limits limits;
  limits.set(Limit::data_file, bytes);
  return limits;
}

std::string message_of(const fs::path& path) {
  try {
    put(path, "x");
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::run_time);
    return error.what();
  }
  return "no error";
}

TEST(AtomicFile, AppearsWholeAtCommitAndMakesFolders) {
  const test::TemporaryFolder folder;
  const fs::path target = folder.path() / "a/b/out.gif";
  {
    AtomicFile file(target, {});
    file.write("first ");
    EXPECT_FALSE(fs::exists(target));
    file.write("second");
    file.commit();
  }
  EXPECT_EQ(test::read_text(target), "first second");
  EXPECT_EQ(files_in(target.parent_path()), 1u);
}

TEST(AtomicFile, LeavesTheOlderFileWhenAbandoned) {
  const test::TemporaryFolder folder;
  const fs::path target = folder.path() / "out";
  put(target, "old");
  {
    AtomicFile file(target, {});
    file.write("new");
  }
  EXPECT_EQ(test::read_text(target), "old");
  EXPECT_EQ(files_in(folder.path()), 1u);
}

TEST(AtomicFile, KeepsTheOldMode) {
  const test::TemporaryFolder folder;
  const fs::path target = folder.path() / "out";
  put(target, "old");
  fs::permissions(target, fs::perms{0640});
  put(target, "new");
  EXPECT_EQ(fs::status(target).permissions(), fs::perms{0640});
  EXPECT_EQ(test::read_text(target), "new");
}

TEST(AtomicFile, NewFilesFollowTheUmask) {
  const test::TemporaryFolder folder;
  const mode_t old = umask(027);
  put(folder.path() / "out", "x");
  umask(old);
  EXPECT_EQ(fs::status(folder.path() / "out").permissions(), fs::perms{0640});
}

TEST(AtomicFile, WritesThroughLinks) {
  const test::TemporaryFolder folder;
  fs::create_directory(folder.path() / "real");
  put(folder.path() / "real/out", "old");
  fs::create_symlink("real/out", folder.path() / "link");
  fs::create_symlink("real/other", folder.path() / "dangling");
  put(folder.path() / "link", "new");
  put(folder.path() / "dangling", "made");
  EXPECT_TRUE(fs::is_symlink(folder.path() / "link"));
  EXPECT_TRUE(fs::is_symlink(folder.path() / "dangling"));
  EXPECT_EQ(test::read_text(folder.path() / "real/out"), "new");
  EXPECT_EQ(test::read_text(folder.path() / "real/other"), "made");
}

TEST(AtomicFile, WritesToDevicesDirectly) {
  put("/dev/null", "gone");
  EXPECT_TRUE(fs::is_character_file("/dev/null"));
}

TEST(AtomicFile, WritesToPipesDirectly) {
  const test::TemporaryFolder folder;
  const fs::path pipe = folder.path() / "pipe";
  ASSERT_EQ(mkfifo(pipe.c_str(), 0600), 0);
  std::string got;
  std::thread reader([&] { got = test::read_text(pipe); });
  put(pipe, "through");
  reader.join();
  EXPECT_EQ(got, "through");
  EXPECT_TRUE(fs::is_fifo(pipe));
}

TEST(AtomicFile, SaysWhyItCannotWrite) {
  const test::TemporaryFolder folder;
  put(folder.path() / "file", "x");
  EXPECT_THAT(message_of(folder.path()), HasSubstr("folder"));
  EXPECT_THAT(message_of(folder.path() / "file/below"), HasSubstr("Not a directory"));
  EXPECT_THAT(message_of(""), HasSubstr("names no file"));
  EXPECT_THAT(message_of("/dev/full"), HasSubstr("No space left"));
  EXPECT_THAT(message_of("/proc/nowhere/out"), HasSubstr("/proc/nowhere/out"));
}

TEST(AtomicFile, ATemporaryFileGoesWithAProcessThatEndsAtOnce) {
  const test::TemporaryFolder folder;
  put(folder.path() / "done", "x");
  const auto end_at_once = [&] {
    const AtomicFile first(folder.path() / "a", {}), second(folder.path() / "b", {});
    remove_temporaries();
    _exit(files_in(folder.path()) == 1 ? 7 : 8);
  };
  EXPECT_EXIT(end_at_once(), testing::ExitedWithCode(7), "");
}

TEST(AtomicFile, SafeLimitsKeepItInside) {
  const test::TemporaryFolder folder;
  Limits safe;
  safe.make_safe();
  EXPECT_THROW(AtomicFile(folder.path() / "a", safe), Error);
  EXPECT_EQ(files_in(folder.path()), 0u);
}

TEST(ReadFile, HoldsTheLimitAndNamesThePath) {
  const test::TemporaryFolder folder;
  const fs::path path = folder.path() / "data";
  put(path, "12345");
  EXPECT_EQ(read_file(path, Limit::data_file, at_most(5)).size(), 5u);
  EXPECT_THROW(static_cast<void>(read_file(path, Limit::data_file, at_most(4))), Error);
  EXPECT_THROW(static_cast<void>(read_file(folder.path(), Limit::data_file)), Error);
  try {
    static_cast<void>(read_file(folder.path() / "absent", Limit::data_file));
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::impossible);
    EXPECT_THAT(error.what(), HasSubstr("absent: no such file"));
  }
}

}  // namespace
}  // namespace convreel::base
