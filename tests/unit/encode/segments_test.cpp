// H.264 coded in segments side by side: the file does not depend on how many.
#include <gtest/gtest.h>

#include "encode/media.hpp"
#include "support/pictures.hpp"

namespace convreel::segments_test {
namespace {

constexpr int kWidth = 160, kHeight = 96, kPictures = 90;

encode::VideoSettings h264(int threads) {
  encode::VideoSettings settings;
  settings.muxer = "mp4";
  settings.codec = "libx264";
  settings.pixel_format = "yuv420p";
  settings.width = kWidth;
  settings.height = kHeight;
  settings.threads = threads;
  settings.codec_options = {{"preset", "veryfast"}, {"crf", "17"}, {"forced-idr", "1"}, {"rc-lookahead", "0"}};
  return settings;
}

base::Image picture(int n) {
  base::Image image = test::flat(kWidth, kHeight, 0xFFFFFFFF);
  test::fill(image, {(7 * n) % 140, 32, 16, 16}, 0xFF0B6B43);
  return image;
}

std::vector<std::uint8_t> film(int threads, std::int64_t hold) {
  const auto writer = encode::media().open_video(h264(threads));
  for (int n = 0; n < kPictures; ++n) writer->add({picture(n).view()}, hold, n % 9 == 0);
  base::MemorySink sink;
  writer->finish(sink);
  return sink.bytes();
}

TEST(Segments, GiveTheSameBytesOnAnyNumberOfThreads) {
  for (const std::int64_t hold : {1, 4}) {
    const auto one = film(1, hold);
    for (const int threads : {2, 3, 8}) EXPECT_EQ(film(threads, hold), one) << threads << " threads, hold " << hold;
  }
}

TEST(Segments, TheComparisonCanFail) { EXPECT_NE(film(1, 1), film(1, 4)); }

TEST(Segments, ShowEveryPictureAtItsTime) {
  const auto decoded = encode::media().decode_video(film(4, 4), "film.mp4", 1 << 22);
  ASSERT_EQ(decoded.size(), static_cast<std::size_t>(kPictures * 4));
  for (std::size_t n = 0; n < decoded.size(); ++n)
    EXPECT_GT(test::difference(decoded[n].image.view(), picture(static_cast<int>(n / 4)).view()).psnr, 30) << n;
}

TEST(Segments, MayBeAbandonedHalfway) {
  const auto writer = encode::media().open_video(h264(4));
  for (int n = 0; n < 40; ++n) writer->add({picture(n).view()}, 3, n % 9 == 0);
}

}  // namespace
}  // namespace convreel::segments_test
