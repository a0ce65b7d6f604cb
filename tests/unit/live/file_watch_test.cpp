#include "live/file_watch.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <thread>

#include "base/error.hpp"

namespace convreel::live {
namespace {

namespace fs = std::filesystem;

class FileWatchTest : public ::testing::Test {
 protected:
  FileWatchTest() {
    std::string name = fs::temp_directory_path() / "convreel-watch-XXXXXX";
    folder_ = mkdtemp(name.data());
  }
  ~FileWatchTest() override { fs::remove_all(folder_); }

  void write(const fs::path& name) const { std::ofstream(folder_ / name) << "x"; }

  fs::path folder_;
};

TEST_F(FileWatchTest, TellsOfNewFolders) {
  FileWatch watch;
  EXPECT_TRUE(watch.follow({folder_ / "a"}));
  EXPECT_FALSE(watch.follow({folder_ / "a", folder_ / "b"}));
  fs::create_directory(folder_ / "c");
  EXPECT_TRUE(watch.follow({folder_ / "c" / "d"}));
}

TEST_F(FileWatchTest, ReturnsAfterAChange) {
  write("a");
  FileWatch watch;
  watch.follow({folder_ / "a", folder_ / "later" / "b"});
  const base::Cancel never;
  write("a");
  watch.wait(never);
  write("a~");
  fs::rename(folder_ / "a~", folder_ / "a");
  watch.wait(never);
  fs::create_directory(folder_ / "later");
  watch.wait(never);
  EXPECT_TRUE(watch.follow({folder_ / "a", folder_ / "later" / "b"}));
  write("later/b");
  watch.wait(never);
  fs::remove(folder_ / "a");
  watch.wait(never);
}

TEST_F(FileWatchTest, FollowsWhatALinkLeadsTo) {
  fs::create_directory(folder_ / "real");
  write("real/a");
  fs::create_symlink(folder_ / "real" / "a", folder_ / "link");
  FileWatch watch;
  watch.follow({folder_ / "link"});
  const base::Cancel never;
  write("real/a");
  watch.wait(never);
}

TEST_F(FileWatchTest, OtherFilesAreOfNoInterest) {
  FileWatch watch;
  watch.follow({folder_ / "a"});
  base::Cancel cancel;
  write("b");
  std::thread stopper([&] { cancel.request(); });
  EXPECT_THROW(watch.wait(cancel), base::Error);
  stopper.join();
}

}  // namespace
}  // namespace convreel::live
