// Animated WebP, read back by libwebp's decoder and by webpinfo.
#include "output/webp/webp.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.hpp"
#include "support/clips.hpp"
#include "support/support.hpp"
#include "unit/output/drive.hpp"

namespace convreel::webp_test {
namespace {

using std::chrono::milliseconds;
using test::Picture;
using testing::HasSubstr;

std::vector<std::uint8_t> webp(const std::vector<Picture>& pictures, bool alpha, int plays = 0) {
  return test::exported(output::webp_exporter({pictures[0].image.width, pictures[0].image.height, alpha, plays, 3}),
                        pictures);
}

void expect_shows(const std::vector<std::uint8_t>& file, const std::vector<Picture>& pictures) {
  const std::vector<Picture> wanted = test::merged(pictures);
  const test::WebpAnimation decoded = test::frames_by_libwebp(file);
  ASSERT_EQ(decoded.frames.size(), wanted.size());
  base::Duration end{};
  for (std::size_t n = 0; n < wanted.size(); ++n) {
    end += wanted[n].duration;
    EXPECT_TRUE(test::difference(decoded.frames[n].image.view(), wanted[n].image.view()).none()) << n;
    // libwebp makes a still of a single picture, and a still has no time.
    EXPECT_EQ(milliseconds(decoded.frames[n].end_ms), wanted.size() == 1 ? base::Duration{} : end) << n;
  }
}

TEST(Webp, IsExactForRandomClips) {
  for (std::uint32_t seed = 0; seed < 30; ++seed) {
    std::vector<Picture> pictures;
    for (const base::Image& image : test::random_clip(seed, 31, 19, 8, 1 + static_cast<int>(seed) * 7, seed % 2))
      pictures.push_back({image, milliseconds(40 + 10 * seed)});
    SCOPED_TRACE(seed);
    expect_shows(webp(pictures, seed % 2), pictures);
  }
}

TEST(Webp, KeepsTheLastDurationAndTheLoop) {
  std::vector<Picture> pictures;
  for (const base::Image& image : test::walking_window(90, 60, 4)) pictures.push_back({image, milliseconds(600)});
  pictures.back().duration = milliseconds(2600);
  for (const int plays : {0, 1, 3}) {
    const auto file = webp(pictures, false, plays);
    EXPECT_EQ(test::frames_by_libwebp(file).loops, plays);
    const test::TemporaryFolder folder;
    test::write_bytes(folder.path() / "a.webp", file);
    const std::string told = test::output_of("webpinfo " + (folder.path() / "a.webp").string());
    EXPECT_THAT(told, HasSubstr("Duration: 600"));
    EXPECT_THAT(told, HasSubstr("Duration: 2600"));
    EXPECT_THAT(told, HasSubstr("Loop count      : " + std::to_string(plays)));
    EXPECT_THAT(told, HasSubstr("No error detected"));
    EXPECT_THAT(told, HasSubstr("Lossless"));
  }
}

TEST(Webp, ShowsAPictureThatStandsForNoMillisecondOnlyAtTheEnd) {
  const auto images = test::walking_window(60, 60, 3);
  const std::vector<Picture> pictures{
      {images[0], milliseconds(50)}, {images[1], base::Duration(100)}, {images[2], milliseconds(50)}};
  const auto decoded = test::frames_by_libwebp(webp(pictures, false));
  ASSERT_EQ(decoded.frames.size(), 2u);
  EXPECT_TRUE(test::difference(decoded.frames[1].image.view(), images[2].view()).none());
}

TEST(Webp, HoldsASinglePicture) {
  const std::vector<Picture> pictures{{test::flat(16, 16, 0xFF0B6B43), milliseconds(700)}};
  const auto file = webp(pictures, false);
  EXPECT_FALSE(file.empty());
}

TEST(Webp, GivesTheSameBytesTwice) {
  std::vector<Picture> pictures;
  for (const base::Image& image : test::walking_window(90, 60, 4)) pictures.push_back({image, milliseconds(600)});
  EXPECT_EQ(webp(pictures, true), webp(pictures, true));
}

TEST(Webp, RefusesWhatItsFieldsCannotHold) {
  EXPECT_THROW((void)output::webp_exporter({20000, 10, false, 0, 3}), base::Error);
}

TEST(Webp, StopsWhereTheDiskIsFull) {
  auto exporter = output::webp_exporter({60, 60, false, 0, 3});
  test::FullDisk disk(10);
  test::drive(*exporter, {{test::flat(60, 60, 0xFF123456), milliseconds(100)}}, disk);
  EXPECT_THROW(exporter->finish(disk), base::Error);
}

}  // namespace
}  // namespace convreel::webp_test
