// The libav module: what it writes is read back by libav itself and by the ffmpeg programs.
#include "encode/media.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.hpp"
#include "support/pictures.hpp"
#include "support/support.hpp"

namespace convreel::media_test {
namespace {

using encode::media;
using encode::VideoSettings;
using std::chrono::milliseconds;
using testing::HasSubstr;

constexpr std::int64_t kPixels = 1 << 22;
constexpr int kWidth = 160, kHeight = 96;

VideoSettings mp4() {
  VideoSettings settings;
  settings.muxer = "mp4";
  settings.codec = "libx264";
  settings.pixel_format = "yuv420p";
  settings.width = kWidth;
  settings.height = kHeight;
  settings.codec_options = {{"preset", "veryfast"}, {"crf", "17"}};
  settings.muxer_options = {{"movflags", "+faststart"}};
  settings.title = "Faltung \"3×3\"";
  return settings;
}

/// A square that walks: picture n of a clip.
base::Image walking(int n) {
  base::Image image = test::flat(kWidth, kHeight, 0xFFFFFFFF);
  test::fill(image, {16 * n, 32, 16, 16}, 0xFF0B6B43);
  test::fill(image, {0, 64, kWidth, 16}, 0xFFCFE4F7);
  return image;
}

std::vector<std::uint8_t> encoded(const VideoSettings& settings, int pictures, std::int64_t hold) {
  const auto writer = media().open_video(settings);
  for (int n = 0; n < pictures; ++n) writer->add({walking(n).view()}, hold, true);
  base::MemorySink sink;
  writer->finish(sink);
  return sink.bytes();
}

std::string probe(const std::filesystem::path& path, const std::string& entries) {
  return test::output_of("ffprobe -v error -select_streams v:0 -show_entries " + entries + " -of default=nw=1 " +
                         path.string());
}

TEST(Mp4, IsWhatSlidesAndBrowsersTake) {
  const test::TemporaryFolder folder;
  const auto path = folder.path() / "a.mp4";
  const auto bytes = encoded(mp4(), 5, 15);
  test::write_bytes(path, bytes);
  const std::string stream = probe(path,
                                   "stream=codec_name,profile,pix_fmt,width,height,color_range,color_space,"
                                   "color_transfer,color_primaries,r_frame_rate,avg_frame_rate,has_b_frames");
  for (const char* line : {"codec_name=h264", "profile=High", "pix_fmt=yuv420p", "width=160", "height=96",
                           "color_range=tv", "color_space=bt709", "color_transfer=bt709", "color_primaries=bt709",
                           "r_frame_rate=25/1", "avg_frame_rate=25/1", "has_b_frames=0"})
    EXPECT_THAT(stream, HasSubstr(line));
  const std::string format = probe(path, "format=duration:format_tags=title");
  EXPECT_THAT(format, HasSubstr("duration=3.000000"));
  EXPECT_THAT(format, HasSubstr("Faltung \"3×3\""));
  const std::string text(bytes.begin(), bytes.end());
  EXPECT_LT(text.find("moov"), text.find("mdat")) << "the index comes first";
  // elst: version and flags, count, then duration and media time: 0, nothing is cut from the front.
  EXPECT_EQ(text.substr(text.find("elst") + 16, 4), std::string(4, '\0'));
}

TEST(Mp4, ShowsThePicturesInTheirColours) {
  const auto frames = media().decode_video(encoded(mp4(), 5, 3), "a.mp4", kPixels);
  ASSERT_EQ(frames.size(), 15u);
  for (std::size_t n = 0; n < frames.size(); ++n) {
    EXPECT_GT(test::difference(frames[n].image.view(), walking(static_cast<int>(n / 3)).view()).psnr, 38) << n;
    EXPECT_EQ(frames[n].start, milliseconds(40 * n));
    EXPECT_EQ(frames[n].duration, milliseconds(40));
  }
  const std::uint32_t fill = frames[0].image.view().row(72)[80];
  EXPECT_LE(test::difference(base::ImageView{1, 1, 1, &fill}, test::flat(1, 1, 0xFFCFE4F7).view()).largest, 2);
}

TEST(Mp4, KeepsKeyFramesASecondApart) {
  const test::TemporaryFolder folder;
  const auto path = folder.path() / "a.mp4";
  test::write_bytes(path, encoded(mp4(), 16, 5));
  const std::string keys =
      test::output_of("ffprobe -v error -skip_frame nokey -show_entries frame=pts_time -of csv=p=0 " + path.string() +
                      " | grep -o '^[0-9.]*[0-9]'");
  // A wish every 0.2 s is granted once a second.
  EXPECT_EQ(keys, "0.000000\n1.000000\n2.000000\n3.000000\n");
}

TEST(Mp4, GivesTheSameBytesTwice) { EXPECT_EQ(encoded(mp4(), 6, 7), encoded(mp4(), 6, 7)); }

TEST(Mp4, LeavesTheSinkAloneUntilTheEnd) {
  class Counting final : public base::ByteSink {
   public:
    void write(std::span<const std::uint8_t>) override { throw base::Error(base::ErrorKind::run_time, "disk full"); }
  } full;
  const auto writer = media().open_video(mp4());
  writer->add({walking(0).view()}, 3, true);
  EXPECT_THROW(writer->finish(full), base::Error);
}

TEST(Mp4, RefusesAFrameOfAnotherSize) {
  const auto writer = media().open_video(mp4());
  EXPECT_THROW(writer->add({test::flat(10, 10, 0).view()}, 1, false), base::Error);
  EXPECT_THROW(writer->add({walking(0).view()}, 0, false), base::Error);
}

TEST(OpenVideo, NamesWhatIsMissingOrRefused) {
  const auto message = [](const VideoSettings& settings) -> std::string {
    try {
      (void)media().open_video(settings);
    } catch (const base::Error& error) {
      return std::to_string(static_cast<int>(error.kind())) + " " + error.what();
    }
    return "accepted";
  };
  VideoSettings settings = mp4();
  settings.codec = "libx999";
  EXPECT_THAT(message(settings), HasSubstr("5 this FFmpeg has no encoder libx999"));
  settings = mp4();
  settings.muxer = "mp5";
  EXPECT_THAT(message(settings), HasSubstr("5 this FFmpeg cannot write mp5"));
  settings = mp4();
  settings.codec_options["presett"] = "slow";
  EXPECT_THAT(message(settings), HasSubstr("1 libx264 has no option \"presett\""));
  settings = mp4();
  settings.codec_options["preset"] = "sloow";
  EXPECT_THAT(message(settings), HasSubstr("sloow"));
  settings = mp4();
  settings.muxer_options["moveflags"] = "faststart";
  EXPECT_THAT(message(settings), HasSubstr("1 mp4 has no option \"moveflags\""));
  settings = mp4();
  settings.width = 161;
  EXPECT_THAT(message(settings), HasSubstr("1 libx264 refuses"));
}

TEST(WebM, KeepsAlphaAtAConstantFrameRate) {
  VideoSettings settings = mp4();
  settings.muxer = "webm";
  settings.codec = "libvpx-vp9";
  settings.pixel_format = "yuva420p";
  settings.codec_options = {{"crf", "10"}, {"cpu-used", "5"}};
  settings.muxer_options = {};
  const auto writer = media().open_video(settings);
  base::Image half = test::flat(kWidth, kHeight, 0);
  test::fill(half, {32, 32, 64, 32}, 0x80800000);
  writer->add({half.view()}, 25, true);
  writer->add({walking(1).view()}, 5, true);
  base::MemorySink sink;
  writer->finish(sink);
  const auto frames = media().decode_video(sink.bytes(), "a.webm", kPixels);
  ASSERT_EQ(frames.size(), 30u);
  for (std::size_t n = 0; n < frames.size(); ++n) EXPECT_EQ(frames[n].start, milliseconds(40 * n));
  const test::TemporaryFolder folder;
  test::write_bytes(folder.path() / "a.webm", sink.bytes());
  EXPECT_THAT(probe(folder.path() / "a.webm", "format=duration"), HasSubstr("duration=1.200000"));
  EXPECT_GT(test::difference(frames[0].image.view(), half.view()).psnr, 30);
  EXPECT_EQ(frames[0].image.pixels[0] >> 24, 0u);
  EXPECT_NEAR(frames[0].image.view().row(48)[64] >> 24, 0x80, 2);
}

TEST(DecodeImage, ReadsWhatOthersWrote) {
  const test::TemporaryFolder folder;
  const base::Image wanted = walking(3);
  const auto raw = folder.path() / "a.bgra";
  test::write_bytes(raw, {reinterpret_cast<const std::uint8_t*>(wanted.pixels.data()), wanted.pixels.size() * 4});
  for (const auto& [ending, psnr] : {std::pair{"png", 99.0}, {"gif", 25.0}, {"jpg", 30.0}, {"webp", 30.0}}) {
    const auto path = folder.path() / (std::string("a.") + ending);
    (void)test::output_of("ffmpeg -nostdin -v error -f rawvideo -pix_fmt bgra -s 160x96 -i " + raw.string() +
                          (ending == std::string("jpg") ? " -q:v 2 -pix_fmt yuvj444p " : " ") + path.string());
    const base::Image image = media().decode_image(test::read_bytes(path), "a picture", kPixels);
    EXPECT_GT(test::difference(image.view(), wanted.view()).psnr, psnr) << ending;
  }
}

TEST(DecodeImage, SaysWhatIsWrong) {
  const auto message = [](std::span<const std::uint8_t> bytes, std::int64_t limit) -> std::string {
    try {
      (void)media().decode_image(bytes, "photo.png", limit);
    } catch (const base::Error& error) {
      EXPECT_EQ(error.kind(), base::ErrorKind::impossible);
      return error.what();
    }
    return "accepted";
  };
  const std::string text = "hello, I am a text file";
  EXPECT_THAT(message({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()}, kPixels),
              HasSubstr("photo.png is not a picture"));
  EXPECT_THAT(message({}, kPixels), HasSubstr("photo.png is not a picture"));
  const test::TemporaryFolder folder;
  const auto path = folder.path() / "a.png";
  (void)test::output_of("ffmpeg -nostdin -v error -f lavfi -i testsrc=s=64x64 -frames:v 1 " + path.string());
  std::vector<std::uint8_t> png = test::read_bytes(path);
  EXPECT_EQ(message(png, kPixels), "accepted");
  EXPECT_THAT(message(png, 64 * 63), HasSubstr("photo.png cannot be decoded as PNG"));
  EXPECT_THAT(message(std::span(png).first(png.size() / 2), kPixels), HasSubstr("photo.png cannot be decoded as PNG"));
  png[png.size() / 2] ^= 0xFF;
  EXPECT_THAT(message(png, kPixels), HasSubstr("photo.png cannot be decoded as PNG"));
}

TEST(Resize, KeepsFlatColoursAndHalvesEdges) {
  base::Image image = test::flat(8, 8, 0xFFFFFFFF);
  test::fill(image, {0, 0, 4, 8}, 0xFF000000);
  const base::Image small = media().resize(image.view(), 4, 4);
  EXPECT_EQ(small.pixels[0], 0xFF000000u);
  EXPECT_EQ(small.pixels[3], 0xFFFFFFFFu);
  EXPECT_EQ(media().resize(image.view(), 8, 8), image);
}

TEST(Media, SaysWhatIsHere) {
  EXPECT_EQ(media().lack_of("libx264"), "");
  EXPECT_EQ(media().lack_of("libx999"), "this FFmpeg has no encoder libx999");
  EXPECT_THAT(media().versions(), HasSubstr("libavcodec"));
}

TEST(Comparer, SeesADifference) {
  base::Image image = walking(0);
  image.pixels[100] ^= 0x00000300;
  const test::Difference found = test::difference(image.view(), walking(0).view());
  EXPECT_FALSE(found.none());
  EXPECT_EQ(found.pixels, 1);
  EXPECT_EQ(found.largest, 3);
  EXPECT_FALSE(test::difference(image.view(), test::flat(1, 1, 0).view()).none());
}

}  // namespace
}  // namespace convreel::media_test
