// Reels as video: times on a clock of whole frames.
#include "output/video/video.hpp"

#include <gtest/gtest.h>

#include "support/clips.hpp"
#include "unit/output/drive.hpp"

namespace convreel::video_test {
namespace {

using std::chrono::milliseconds;
using test::Picture;

constexpr std::int64_t kPixels = 1 << 22;

encode::VideoSettings mp4(int fps) {
  encode::VideoSettings settings;
  settings.muxer = "mp4";
  settings.codec = "libx264";
  settings.pixel_format = "yuv420p";
  settings.width = 120;
  settings.height = 80;
  settings.fps = fps;
  settings.codec_options = {{"preset", "ultrafast"}, {"crf", "17"}};
  return settings;
}

TEST(Video, RoundsEachPictureToFramesFromAbsoluteTime) {
  const auto images = test::walking_window(120, 80, 7);
  std::vector<Picture> pictures;
  for (const base::Image& image : images) pictures.push_back({image, milliseconds(70), story::Begins::step});
  const auto frames = encode::media().decode_video(
      test::exported(output::video_exporter(mp4(25), job::Keyframes::steps), pictures), "a", kPixels);
  ASSERT_EQ(frames.size(), 12u) << "0.49 s at 25 frames a second";
  for (std::size_t n = 0; n < images.size(); ++n) {
    const auto first = static_cast<std::size_t>((n * 70 + 20) / 40);
    EXPECT_GT(test::difference(frames[first].image.view(), images[n].view()).psnr, 30) << n;
    EXPECT_LT(test::difference(frames[first].image.view(), images[(n + 3) % 7].view()).psnr, 30) << n;
  }
}

TEST(Video, LeavesOutPicturesBetweenTwoFramesButNeverTheLast) {
  const auto images = test::walking_window(120, 80, 3);
  const std::vector<Picture> pictures{{images[0], milliseconds(400), story::Begins::step},
                                      {images[1], milliseconds(1), story::Begins::step},
                                      {images[2], milliseconds(2), story::Begins::step}};
  const auto frames = encode::media().decode_video(
      test::exported(output::video_exporter(mp4(25), job::Keyframes::steps), pictures), "a", kPixels);
  ASSERT_EQ(frames.size(), 11u);
  EXPECT_GT(test::difference(frames[10].image.view(), images[2].view()).psnr, 30);
}

/// When the key frames of twelve steps of two seconds are, the seventh of which opens a chapter.
std::string key_times(job::Keyframes keyframes) {
  std::vector<Picture> pictures;
  for (const base::Image& image : test::walking_window(120, 80, 12))
    pictures.push_back(
        {image, std::chrono::seconds(2), pictures.size() == 6 ? story::Begins::chapter : story::Begins::step});
  const test::TemporaryFolder folder;
  test::write_bytes(folder.path() / "a.mp4", test::exported(output::video_exporter(mp4(25), keyframes), pictures));
  return test::output_of("ffprobe -v error -skip_frame nokey -show_entries frame=pts_time -of csv=p=0 '" +
                         (folder.path() / "a.mp4").string() + "' | grep -o '^[0-9]*' | tr '\n' ' '");
}

TEST(Video, HasKeyFramesAtChaptersAndAtStepsLongAfterTheLastOne) {
  EXPECT_EQ(key_times(job::Keyframes::chapters), "0 10 12 22 ");
  EXPECT_EQ(key_times(job::Keyframes::steps), "0 2 4 6 8 10 12 14 16 18 20 22 ");
}

TEST(Video, GivesTheSameBytesTwice) {
  std::vector<Picture> pictures;
  for (const base::Image& image : test::walking_window(120, 80, 7))
    pictures.push_back({image, milliseconds(600), story::Begins::step});
  EXPECT_EQ(test::exported(output::video_exporter(mp4(25), job::Keyframes::steps), pictures),
            test::exported(output::video_exporter(mp4(25), job::Keyframes::steps), pictures));
}

}  // namespace
}  // namespace convreel::video_test
