#include "batch/manifest.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "base/digest.hpp"
#include "base/text.hpp"
#include "batch/folder_lock.hpp"
#include "batch/gallery.hpp"
#include "batch/merge_shards.hpp"
#include "batch/template.hpp"

namespace convreel::batch {
namespace {

namespace fs = std::filesystem;

/// A folder of the test's own, removed afterwards.
class Folder : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "convreel-manifest-XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
  }
  void TearDown() override { fs::remove_all(folder_); }

  FileRecord file(const std::string& name, const std::string& content) const {
    std::ofstream(folder_ / name) << content;
    return {name, "gif", content.size(), base::digest_of(content)};
  }
  CaseRecord done(std::int64_t index) const {
    CaseRecord record;
    record.index = index;
    record.outcome = Outcome::done;
    record.title = "<b> & \"quotes\"";
    record.parameters = {{"stride", std::to_string(index)}, {"title", "'</script>"}};
    record.shapes = {{1, 5, 5}, {1, 1, 3, 3}, {1, 3, 3}};
    record.fingerprint = std::to_string(index);
    record.files = {file(std::to_string(index) + ".gif", "bytes " + std::to_string(index))};
    record.poster = file(std::to_string(index) + ".png", "poster");
    record.seconds = 0.125;
    return record;
  }
  Manifest whole() const {
    Manifest manifest{"0.1.0", "sweep", 3, {}, {"stride"}, {done(1), done(2), done(3)}};
    manifest.cases[1].outcome = Outcome::impossible;
    manifest.cases[1].problems = {{"no", "try"}};
    manifest.cases[1].files.clear();
    manifest.cases[1].poster.reset();
    return manifest;
  }
  void write_shards(const Manifest& manifest, std::int64_t count) const {
    for (std::int64_t k = 1; k <= count; ++k) {
      Manifest part = manifest;
      part.shard = Shard{k, count};
      std::erase_if(part.cases, [&](const CaseRecord& record) { return !part.shard->holds(record.index); });
      write_manifest(part, folder_, {});
    }
  }

  fs::path folder_;
};

using ManifestTest = Folder;

TEST_F(ManifestTest, ReadsBackWhatItWrote) {
  Manifest manifest = whole();
  EXPECT_EQ(manifest_from_json(to_json(manifest), "m"), manifest);
  manifest.shard = Shard{2, 3};
  EXPECT_EQ(manifest_from_json(to_json(manifest), "m"), manifest);
  manifest.cases[0].seconds = 7;
  EXPECT_NE(manifest_from_json(to_json(manifest), "m"), whole());
}

TEST_F(ManifestTest, RefusesWhatItCouldNotHaveWritten) {
  const std::string good = to_json(whole());
  for (const std::string& bad : {std::string("{}"), std::string("[1"), std::string("null"),
                                 std::string("{\"schema\": 2}"), good.substr(0, good.size() / 2)})
    EXPECT_THROW(static_cast<void>(manifest_from_json(bad, "m")), base::Error) << bad.substr(0, 40);
  std::string outcome = good;
  outcome.replace(outcome.find("\"impossible\""), 12, "\"perfect\"");
  EXPECT_THROW(static_cast<void>(manifest_from_json(outcome, "m")), base::Error);
}

TEST_F(ManifestTest, OnlyTheDigestProvesAFile) {
  const CaseRecord record = done(1);
  EXPECT_TRUE(proven(record, folder_));
  std::ofstream(folder_ / "1.gif") << "bytes 2";  // the same length
  EXPECT_FALSE(proven(record, folder_));
  std::ofstream(folder_ / "1.gif") << "bytes 1";
  EXPECT_TRUE(proven(record, folder_));
  fs::remove(folder_ / "1.png");
  EXPECT_FALSE(proven(record, folder_));
}

TEST_F(ManifestTest, NamesNoAbsolutePaths) {
  std::string absolute = to_json(whole());
  absolute.replace(absolute.find("\"1.gif\""), 7, "\"/1.gif\"");
  EXPECT_THROW(static_cast<void>(manifest_from_json(absolute, "m")), base::Error);
}

TEST_F(ManifestTest, OtherFoldersOfTheSweepAreReachedThroughALink) {
  fs::create_directories(folder_ / "deep/out");
  fs::create_directory_symlink("deep/out", folder_ / "out");
  CaseRecord record;
  record.outcome = Outcome::done;
  record.files = {file("1.gif", "beside out, as the sweep wrote it")};
  record.files.front().path = "../1.gif";
  EXPECT_TRUE(proven(record, folder_ / "out"));
}

TEST_F(ManifestTest, ShardsMergeIntoTheWhole) {
  write_shards(whole(), 2);
  EXPECT_EQ(merge_shards(folder_, {}), whole());
}

TEST_F(ManifestTest, MergingTellsWhatIsMissing) {
  EXPECT_THROW(static_cast<void>(merge_shards(folder_, {})), base::Error);
  write_shards(whole(), 2);
  fs::remove(folder_ / "manifest-2-of-2.json");
  EXPECT_THROW(static_cast<void>(merge_shards(folder_, {})), base::Error);
  write_shards(whole(), 2);
  std::ofstream(folder_ / "3.gif") << "damaged";
  EXPECT_THROW(static_cast<void>(merge_shards(folder_, {})), base::Error);
}

TEST_F(ManifestTest, ShardsOfAnotherSweepDoNotMix) {
  write_shards(whole(), 2);
  Manifest other = whole();
  other.sweep = "another";
  other.shard = Shard{2, 2};
  write_manifest(other, folder_, {});
  EXPECT_THROW(static_cast<void>(merge_shards(folder_, {})), base::Error);
}

TEST(Shards, EveryCaseIsInExactlyOne) {
  for (std::int64_t index = 1; index <= 20; ++index) {
    int holders = 0;
    for (std::int64_t k = 1; k <= 3; ++k) holders += Shard{k, 3}.holds(index);
    EXPECT_EQ(holders, 1);
  }
}

using LockTest = Folder;

TEST_F(LockTest, ASecondSweepIsTold) {
  {
    const FolderLock first(folder_, {}, {});
    EXPECT_THROW(FolderLock(folder_, {}, {}), base::Error);
    EXPECT_THROW(FolderLock(folder_, Shard{1, 2}, {}), base::Error);
  }
  EXPECT_TRUE(fs::is_empty(folder_));
  EXPECT_NO_THROW(FolderLock(folder_, {}, {}));
}

TEST_F(LockTest, AnOlderFileIsNotWrittenThroughALink) {
  const FileRecord older = file("older", "older");
  fs::create_symlink("older", folder_ / ".convreel-sweep.lock");
  EXPECT_THROW(FolderLock(folder_, {}, {}), base::Error);
  fs::remove(folder_ / ".convreel-sweep.lock");
  fs::create_hard_link(folder_ / "older", folder_ / ".convreel-sweep.lock");
  { const FolderLock lock(folder_, {}, {}); }
  EXPECT_EQ(base::digest_of_file(folder_ / "older").digest, older.digest);
}

TEST_F(LockTest, DifferentShardsShareAFolder) {
  const FolderLock first(folder_, Shard{1, 2}, {});
  EXPECT_NO_THROW(FolderLock(folder_, Shard{2, 2}, {}));
  EXPECT_THROW(FolderLock(folder_, Shard{1, 2}, {}), base::Error);
  EXPECT_THROW(FolderLock(folder_, {}, {}), base::Error);
}

TEST_F(ManifestTest, TheGalleryEscapesWhatItShows) {
  const std::string html = gallery_html(whole());
  EXPECT_EQ(html.find("<b> &"), std::string::npos);
  EXPECT_NE(html.find("&lt;b&gt; &amp; &quot;quotes&quot;"), std::string::npos);
  EXPECT_EQ(html.find("'</script>"), std::string::npos);
  EXPECT_EQ(html.find("{{"), std::string::npos);
  EXPECT_NE(html.find("2 animations"), std::string::npos);
  EXPECT_NE(html.find("1 impossible"), std::string::npos);
  EXPECT_EQ(html.find("http"), std::string::npos) << "nothing is fetched from elsewhere";
}

TEST(Gallery, ManyValuesOfAnAxisAllStandThere) {
  Manifest manifest{"0.1.0", "sweep", 0, {}, {"title"}, {}};
  for (int i = 0; i < 3000; ++i) {
    manifest.cases.emplace_back().outcome = Outcome::pending;
    manifest.cases.back().parameters = {{"title", fmt::format("{:0100}", i)}};
  }
  EXPECT_NE(gallery_html(manifest).find(std::string(96, '0') + "2999"), std::string::npos);
}

TEST(Template, FillsParametersAndKeepsFrameNumbers) {
  const auto lookup = [](std::string_view name) -> std::optional<std::string> {
    if (name == "i") return "7";
    if (name == "theme") return "../my theme.toml";
    return std::nullopt;
  };
  EXPECT_EQ(filled("a/{i:03}_{theme}/{n:04}.png", lookup), "a/007_..-my-theme.toml/{n:04}.png");
  EXPECT_THROW(static_cast<void>(filled("{strid}.gif", lookup)), base::Error);
  EXPECT_THROW(static_cast<void>(filled("{i:99}.gif", lookup)), base::Error);
  EXPECT_EQ(filled("plain{.gif", lookup), "plain{.gif");
}

TEST(Template, NamesStayInTheirFolder) {
  EXPECT_EQ(file_safe(".."), "--");
  EXPECT_EQ(file_safe(""), "-");
  for (const std::string value : {"", ".", ".."}) {
    const std::string path = filled(".{a}/{a}{a}/.{a}./x", [&](auto) { return std::optional(value); });
    for (const std::string_view part : base::split(path, '/'))
      EXPECT_NE(part.find_first_not_of('.'), part.npos) << path;
  }
  EXPECT_EQ(file_safe("a/b:c d"), "a-b-c-d");
  EXPECT_EQ(fixed_folder("out/{layer}/s{stride}.gif"), "out");
  EXPECT_EQ(fixed_folder("{i}.gif"), ".");
  EXPECT_EQ(fixed_folder("/a{i}.gif"), "/");
}

}  // namespace
}  // namespace convreel::batch
