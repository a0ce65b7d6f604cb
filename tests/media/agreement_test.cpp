// The program's own files, read back: every format of one run shows the same pictures at the same times.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.hpp"
#include "encode/media.hpp"
#include "output/pixels/pixels.hpp"
#include "support/pictures.hpp"
#include "support/support.hpp"

namespace convreel {
namespace {

using testing::HasSubstr;

constexpr std::int64_t kPixels = 1 << 24;

/// Runs convreel with `arguments` and -o for each ending, in a folder of its own.
class Outputs {
 public:
  Outputs(const std::string& arguments, const std::vector<std::string>& endings) {
    std::string command = std::string(CONVREEL_BINARY) + " " + arguments;
    for (const std::string& ending : endings) command += " -o " + path(ending).string();
    (void)test::output_of(command);
  }
  [[nodiscard]] std::filesystem::path path(const std::string& ending) const { return folder_.path() / ("a." + ending); }
  [[nodiscard]] std::vector<std::uint8_t> bytes(const std::string& ending) const {
    return test::read_bytes(path(ending));
  }
  [[nodiscard]] std::vector<encode::DecodedFrame> frames(const std::string& ending) const {
    return encode::media().decode_video(bytes(ending), ending, kPixels);
  }

 private:
  test::TemporaryFolder folder_;
};

std::size_t colours(const std::vector<encode::DecodedFrame>& frames) {
  output::ColourTable seen;
  for (const encode::DecodedFrame& frame : frames)
    for (const std::uint32_t pixel : frame.image.pixels) (void)seen.number(pixel);
  return seen.size();
}

/// What GIF's one bit of alpha makes of a picture: partly seen pixels stand on the light theme's white.
base::Image one_bit(base::Image image) {
  const output::PixelRule rule{output::Alpha::one_bit, 0xFFFFFFFF};
  for (std::uint32_t& pixel : image.pixels) pixel = rule(pixel);
  return image;
}

class Agreement : public testing::TestWithParam<const char*> {};

TEST_P(Agreement, OfEveryRasterFormat) {
  const Outputs run(GetParam(), {"gif", "apng", "webp"});
  const auto apng = run.frames("apng");
  const auto gif = run.frames("gif");
  const test::WebpAnimation webp = test::frames_by_libwebp(run.bytes("webp"));
  ASSERT_EQ(gif.size(), apng.size());
  ASSERT_EQ(webp.frames.size(), apng.size());
  const bool transparent = std::string_view(GetParam()).find("--transparent") != std::string_view::npos;
  const bool exact = colours(apng) <= 256;
  for (std::size_t n = 0; n < apng.size(); ++n) {
    EXPECT_TRUE(test::difference(webp.frames[n].image.view(), apng[n].image.view()).none()) << n;
    const test::Difference coarse = test::difference(gif[n].image.view(), one_bit(apng[n].image).view());
    // Faint pixels come back from APNG's straight colours one off.
    EXPECT_LE(coarse.largest, exact ? static_cast<int>(transparent) : 8) << n;
    EXPECT_LE(static_cast<double>(coarse.pixels), 0.01 * static_cast<double>(apng[n].image.pixels.size())) << n;
    EXPECT_EQ(gif[n].start, apng[n].start) << n;
    const auto end = n + 1 < apng.size() ? apng[n + 1].start : gif[n].start + gif[n].duration;
    EXPECT_EQ(std::chrono::milliseconds(webp.frames[n].end_ms), end) << n;
  }
}

TEST_P(Agreement, OfGifAndWhatGifsicleUnpacks) {
  const Outputs run(GetParam(), {"gif"});
  const auto ours = run.frames("gif");
  (void)test::output_of("gifsicle -U " + run.path("gif").string() + " -o " + run.path("plain.gif").string());
  const auto theirs = test::frames_by_ffmpeg(run.path("plain.gif"), ours[0].image.width, ours[0].image.height);
  ASSERT_EQ(ours.size(), theirs.size());
  for (std::size_t n = 0; n < ours.size(); ++n)
    EXPECT_TRUE(test::difference(ours[n].image.view(), theirs[n].view()).none()) << n;
}

/// The painted pictures themselves, as numbered PNG files, against the animation that ffmpeg's own program decodes.
TEST_P(Agreement, OfPaintedPicturesAndApng) {
  // At an even pace: a sum that is told has pictures which are no stills.
  const Outputs run(std::string(GetParam()) + " --pace even", {"apng", "{n:03}.png"});
  const auto ours = run.frames("apng");
  const int width = ours[0].image.width, height = ours[0].image.height;
  const auto theirs = test::frames_by_ffmpeg(run.path("apng"), width, height);
  const auto painted = test::frames_by_ffmpeg(run.path("%03d.png"), width, height);
  ASSERT_EQ(ours.size(), theirs.size());
  ASSERT_EQ(painted.size(), theirs.size());
  for (std::size_t n = 0; n < theirs.size(); ++n) {
    EXPECT_TRUE(test::difference(painted[n].view(), theirs[n].view()).none()) << n;
    if (n > 0) {
      EXPECT_FALSE(test::difference(painted[n].view(), theirs[n - 1].view()).none()) << n;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Layers, Agreement,
                         testing::Values("conv2d -i 4 -k 2 -s 2", "transpose -i 2 -k 3 -s 2 -p 1",
                                         "max-pool -i 4 -k 2 --transparent", "render preset:article/conv-s2p0"));

TEST(Mp4, PassesFfprobeAndLastsAsLongAsTheStory) {
  const Outputs run("conv2d -i 4 -k 2 -s 2 --motion step", {"mp4", "apng"});
  const std::string told = test::output_of(
      "ffprobe -v error -show_entries stream=codec_name,pix_fmt,color_range,color_space,color_transfer,color_primaries,"
      "width,height,r_frame_rate,avg_frame_rate -of default=nw=1 " +
      run.path("mp4").string());
  for (const char* line : {"codec_name=h264", "pix_fmt=yuv420p", "color_range=tv", "color_space=bt709",
                           "color_transfer=bt709", "color_primaries=bt709", "r_frame_rate=25/1", "avg_frame_rate=25/1"})
    EXPECT_THAT(told, HasSubstr(line));
  const auto bytes = run.bytes("mp4");
  const std::string text(bytes.begin(), bytes.end());
  EXPECT_LT(text.find("moov"), text.find("mdat"));
  const auto video = run.frames("mp4");
  const auto story = run.frames("apng");
  EXPECT_EQ(video[0].image.width, 2 * story[0].image.width);
  const auto length = video.back().start + video.back().duration;
  const Outputs gif("conv2d -i 4 -k 2 -s 2 --motion step", {"gif"});
  const auto held = gif.frames("gif").back();
  EXPECT_LE(std::chrono::abs(length - (held.start + held.duration)), std::chrono::milliseconds(40));
}

TEST(Captions, AreReadByFfmpegWithACueForEveryBeat) {
  const Outputs run("transpose -i 2 -k 2 -s 2 --motion step", {"vtt", "gif"});
  const std::string cues = test::output_of("ffmpeg -nostdin -v error -i " + run.path("vtt").string() + " -f srt -");
  EXPECT_THAT(cues, HasSubstr("00:00:00,000 --> "));
  EXPECT_THAT(cues, HasSubstr("insert zeros"));
  EXPECT_THAT(cues, HasSubstr("y[3,3] = "));
  std::size_t count = 0;
  for (std::size_t at = 0; (at = cues.find("-->", at)) != std::string::npos; ++at) ++count;
  EXPECT_EQ(count, run.frames("gif").size());
}

TEST(Bytes, AreTheSameTwiceAndForAnyNumberOfJobs) {
  const std::vector<std::string> endings{"gif", "mp4", "webp", "apng", "png", "json"};
  const Outputs one("conv2d -i 4 -k 2 -s 2 -j1", endings), two("conv2d -i 4 -k 2 -s 2 -j2", endings);
  for (const std::string& ending : endings) EXPECT_EQ(one.bytes(ending), two.bytes(ending)) << ending;
}

}  // namespace
}  // namespace convreel
