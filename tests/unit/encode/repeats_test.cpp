// Pictures that stand are repeated without being coded: the stream stays one that decoders accept, and shows the same.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "encode/media.hpp"
#include "support/dice.hpp"
#include "support/pictures.hpp"
#include "support/support.hpp"

namespace convreel::repeats_test {
namespace {

constexpr int kWidth = 160, kHeight = 96, kPictures = 12, kLong = 60;
constexpr const char* kPlain = "scenecut=0:sync-lookahead=0:ref=1:weightp=0";

encode::VideoSettings video(const char* muxer, const char* codec) {
  encode::VideoSettings settings;
  settings.muxer = muxer;
  settings.codec = codec;
  settings.pixel_format = "yuv420p";
  settings.width = kWidth;
  settings.height = kHeight;
  return settings;
}

encode::VideoSettings h264(const char* preset, const char* pixel_format, const char* parameters) {
  encode::VideoSettings settings = video("mp4", "libx264");
  settings.pixel_format = pixel_format;
  settings.codec_options = {{"preset", preset}, {"qp", "0"}, {"rc-lookahead", "0"}, {"x264-params", parameters}};
  return settings;
}

encode::VideoSettings vp9(const char* deadline, const char* cpu_used) {
  encode::VideoSettings settings = video("webm", "libvpx-vp9");
  settings.codec_options = {
      {"deadline", deadline}, {"cpu-used", cpu_used}, {"crf", "10"}, {"lag-in-frames", "0"}, {"auto-alt-ref", "0"}};
  return settings;
}

encode::VideoSettings av1(const char* preset, const char* parameters) {
  encode::VideoSettings settings = video("webm", "libsvtav1");
  settings.codec_options = {{"preset", preset}, {"crf", "10"}, {"svtav1-params", parameters}};
  return settings;
}

base::Image picture(int n) {
  base::Image image = test::flat(kWidth, kHeight, 0xFFFFFFFF);
  test::fill(image, {(8 * n) % 128, 32, 16, 16}, 0xFF0B6B43);
  return image;
}

std::vector<std::uint8_t> film(const encode::VideoSettings& settings, std::int64_t hold) {
  const auto writer = encode::media().open_video(settings);
  for (int n = 0; n < kPictures; ++n) writer->add({picture(n).view()}, hold, n % 5 == 0);
  base::MemorySink sink;
  writer->finish(sink);
  return sink.bytes();
}

std::vector<encode::DecodedFrame> decoded(const std::vector<std::uint8_t>& file) {
  return encode::media().decode_video(file, "film", 1 << 22);
}

struct Form {
  const char* name;
  encode::VideoSettings settings;
};

class Repeats : public testing::TestWithParam<Form> {};

/// x264 codes without loss here. The others lose: more key frames stand in what lasts longer, and AV1 codes copies.
bool alike(const base::Image& a, const base::Image& b, const std::string& codec) {
  return codec != "libx264" ? test::difference(a.view(), b.view()).psnr > 38 : a == b;
}

TEST_P(Repeats, AreThePictureBefore) {
  const auto& settings = GetParam().settings;
  const auto once = decoded(film(settings, 1)), held = decoded(film(settings, kLong));
  ASSERT_EQ(once.size(), std::size_t{kPictures});
  ASSERT_EQ(held.size(), std::size_t{kPictures * kLong});
  EXPECT_FALSE(alike(once[0].image, once[1].image, settings.codec)) << "the comparison must be able to fail";
  for (std::size_t n = 0; n < held.size(); ++n)
    EXPECT_TRUE(alike(held[n].image, once[n / kLong].image, settings.codec)) << n;
  const std::size_t copies = settings.codec == "libsvtav1" ? 33 : 2;  // at most, after a key frame
  for (std::size_t n = 2; n < held.size(); ++n) {
    if (n % kLong < copies) continue;
    EXPECT_TRUE(held[n].image == held[n - 1].image) << n;
  }
}

TEST_P(Repeats, CostNextToNothing) {
  const std::size_t repeated = kPictures * (80 - 40);
  EXPECT_LT(film(GetParam().settings, 80).size() - film(GetParam().settings, 40).size(), repeated * 30);
}

// Arithmetic and variable-length codes, both kinds of parameter sets; encoders that keep pictures in different places,
// and with and without what only screens have.
INSTANTIATE_TEST_SUITE_P(Forms, Repeats,
                         testing::Values(Form{"x264_veryfast", h264("veryfast", "yuv420p", kPlain)},
                                         Form{"x264_444", h264("veryfast", "yuv444p", kPlain)},
                                         Form{"x264_ultrafast", h264("ultrafast", "yuv420p", kPlain)},
                                         Form{"x264_slow", h264("slow", "yuv420p", kPlain)},
                                         Form{"vp9_fast", vp9("realtime", "8")}, Form{"vp9_slow", vp9("realtime", "3")},
                                         Form{"vp9_good", vp9("good", "4")},
                                         Form{"av1_fast", av1("10", "hierarchical-levels=4")},
                                         Form{"av1_slow", av1("7", "hierarchical-levels=4:enable-tf=0")}),
                         [](const auto& form) { return std::string(form.param.name); });

/// A square that moves over nothing.
base::Image see_through(int n) {
  base::Image image = test::flat(kWidth, kHeight, 0);
  test::fill(image, {(8 * n) % 128, 32, 16, 16}, 0xFF0B6B43);
  return image;
}

std::vector<std::uint8_t> see_through_film(std::int64_t hold) {
  auto settings = vp9("realtime", "5");
  settings.pixel_format = "yuva420p";
  const auto writer = encode::media().open_video(settings);
  for (int n = 0; n < kPictures; ++n) writer->add({see_through(n).view()}, hold, n == 0);
  base::MemorySink sink;
  writer->finish(sink);
  return sink.bytes();
}

TEST(RepeatsOf, ATransparentVp9RepeatItsTransparency) {
  const auto film = see_through_film(20);
  EXPECT_LT(film.size() - see_through_film(10).size(), kPictures * 10 * 40);
  const auto held = decoded(film);
  ASSERT_EQ(held.size(), std::size_t{kPictures * 20});
  for (std::size_t n = 0; n < held.size(); ++n) {
    const auto alpha = [&](int x) { return held[n].image.pixels[static_cast<std::size_t>(40 * kWidth + x)] >> 24; };
    const int x = 8 * static_cast<int>(n / 20) % 128 + 8;
    EXPECT_GT(alpha(x), 240u) << n;
    EXPECT_LT(alpha((x + 60) % kWidth), 15u) << n;
  }
}

TEST(RepeatsOf, AStreamWithWeightsAreCoded) {
  const auto settings = h264("slow", "yuv420p", "scenecut=0:sync-lookahead=0:ref=3:weightp=2");
  const auto once = decoded(film(settings, 1)), held = decoded(film(settings, 3));
  ASSERT_EQ(held.size(), std::size_t{kPictures * 3});
  for (std::size_t n = 0; n < held.size(); ++n) EXPECT_TRUE(held[n].image == once[n / 3].image) << n;
}

/// Three pictures of noise that come again and again: each is told best by the one three pictures ago.
base::Image noise(int n) {
  base::Image image = test::flat(kWidth, kHeight, 0xFFFFFFFF);
  test::Dice dice(static_cast<unsigned>(n % 3 + 1));
  for (std::uint32_t& pixel : image.pixels) pixel = 0xFF000000u | 0x10101u * static_cast<unsigned>(dice.whole(0, 255));
  return image;
}

std::vector<std::uint8_t> noisy_film(int references, std::int64_t hold) {
  const auto writer = encode::media().open_video(
      h264("fast", "yuv420p", fmt::format("scenecut=0:sync-lookahead=0:weightp=0:ref={}", references).c_str()));
  for (int n = 0; n < kPictures; ++n) writer->add({noise(n).view()}, hold, n == 0);
  base::MemorySink sink;
  writer->finish(sink);
  return sink.bytes();
}

TEST(RepeatsOf, APictureLeaveOlderOnesToRefersTo) {
  const auto one = noisy_film(1, 1), three = noisy_film(3, 1), held = noisy_film(3, 7);
  ASSERT_LT(three.size() * 3, one.size()) << "the older pictures must be worth something";
  EXPECT_LT(held.size(), three.size() + kPictures * 6 * 60);
  const auto shown = decoded(three), stood = decoded(held);
  ASSERT_EQ(stood.size(), std::size_t{kPictures * 7});
  for (std::size_t n = 0; n < stood.size(); ++n) EXPECT_TRUE(stood[n].image == shown[n / 7].image) << n;
}

TEST(RepeatsOf, APictureThatStandsLongIsInterruptedByKeyFrames) {
  const auto writer = encode::media().open_video(h264("veryfast", "yuv420p", kPlain));
  writer->add({picture(0).view()}, 600, true);
  writer->add({picture(1).view()}, 10, false);
  base::MemorySink sink;
  writer->finish(sink);
  const test::TemporaryFolder folder;
  test::write_bytes(folder.path() / "a.mp4", sink.bytes());
  const std::string keys =
      test::output_of("ffprobe -v error -skip_frame nokey -show_entries frame=pts_time -of csv=p=0 '" +
                      (folder.path() / "a.mp4").string() + "' | grep -o '^[0-9.]*[0-9]'");
  EXPECT_EQ(keys, "0.000000\n12.000000\n24.000000\n");
}

}  // namespace
}  // namespace convreel::repeats_test
