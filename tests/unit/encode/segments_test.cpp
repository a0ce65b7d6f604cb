// Videos coded in segments side by side: the file does not depend on how many.
#include <gtest/gtest.h>

#include <map>
#include <string>

#include "encode/media.hpp"
#include "support/pictures.hpp"

namespace convreel::segments_test {
namespace {

constexpr int kWidth = 160, kHeight = 96, kPictures = 90;

struct Coder {
  const char *muxer, *codec;
  std::map<std::string, std::string> options;
};

const Coder kCoders[] = {
    {"mp4", "libx264", {{"preset", "veryfast"}, {"crf", "17"}, {"rc-lookahead", "0"}}},
    {"webm", "libvpx-vp9", {{"deadline", "realtime"}, {"cpu-used", "5"}, {"crf", "20"}, {"lag-in-frames", "0"}}},
    {"webm", "libsvtav1", {{"preset", "10"}, {"crf", "20"}, {"svtav1-params", "hierarchical-levels=4"}}}};

encode::VideoSettings settings_of(const Coder& coder, int threads) {
  encode::VideoSettings settings;
  settings.muxer = coder.muxer;
  settings.codec = coder.codec;
  settings.pixel_format = "yuv420p";
  settings.width = kWidth;
  settings.height = kHeight;
  settings.threads = threads;
  settings.codec_options = coder.options;
  if (settings.codec == "libsvtav1") settings.codec_options["svtav1-params"] += ":lp=" + std::to_string(threads);
  return settings;
}

base::Image picture(int n) {
  base::Image image = test::flat(kWidth, kHeight, 0xFFFFFFFF);
  test::fill(image, {(7 * n) % 140, 32, 16, 16}, 0xFF0B6B43);
  return image;
}

std::vector<std::uint8_t> film(const Coder& coder, int threads, std::int64_t hold) {
  const auto writer = encode::media().open_video(settings_of(coder, threads));
  for (int n = 0; n < kPictures; ++n) writer->add({picture(n).view()}, hold, n % 9 == 0);
  base::MemorySink sink;
  writer->finish(sink);
  return sink.bytes();
}

TEST(Segments, GiveTheSameBytesOnAnyNumberOfThreads) {
  for (const Coder& coder : kCoders) {
    for (const std::int64_t hold : {1, 4}) {
      const auto one = film(coder, 1, hold);
      for (const int threads : {2, 3, 8})
        EXPECT_EQ(film(coder, threads, hold), one) << coder.codec << ": " << threads << " threads, hold " << hold;
    }
  }
}

TEST(Segments, TheComparisonCanFail) { EXPECT_NE(film(kCoders[0], 1, 1), film(kCoders[0], 1, 4)); }

TEST(Segments, ShowEveryPictureAtItsTime) {
  for (const Coder& coder : kCoders) {
    const auto decoded = encode::media().decode_video(film(coder, 4, 4), std::string("film.") + coder.muxer, 1 << 22);
    ASSERT_EQ(decoded.size(), static_cast<std::size_t>(kPictures * 4)) << coder.codec;
    for (std::size_t n = 0; n < decoded.size(); ++n)
      EXPECT_GT(test::difference(decoded[n].image.view(), picture(static_cast<int>(n / 4)).view()).psnr, 30)
          << coder.codec << " " << n;
  }
}

TEST(Segments, MayBeAbandonedHalfway) {
  const auto writer = encode::media().open_video(settings_of(kCoders[0], 4));
  for (int n = 0; n < 40; ++n) writer->add({picture(n).view()}, 3, n % 9 == 0);
}

}  // namespace
}  // namespace convreel::segments_test
