// Only what changed is converted, in bands; the file is that of converting everything, and bands that of no bands.
#include <gtest/gtest.h>

#include "encode/media.hpp"
#include "support/pictures.hpp"
#include "support/support.hpp"

namespace convreel::bands_test {
namespace {

constexpr int kWidth = 150;

encode::VideoSettings lossless(const char* pixel_format, int height) {
  encode::VideoSettings settings;
  settings.muxer = "matroska";
  settings.codec = "ffv1";
  settings.pixel_format = pixel_format;
  settings.width = kWidth;
  settings.height = height;
  return settings;
}

std::uint32_t noise(std::uint32_t& seed) {
  seed = seed * 1664525 + 1013904223;
  return 0xFF000000 | seed >> 8;
}

void scatter(base::Image& image, const base::PixelRect& rect, std::uint32_t seed) {
  for (int y = rect.y; y < rect.y + rect.height; ++y)
    for (int x = rect.x; x < rect.x + rect.width; ++x)
      image.pixels[static_cast<std::size_t>(y * image.width + x)] = noise(seed);
}

base::Image noise_of(int height) {
  base::Image image(kWidth, height);
  scatter(image, {0, 0, kWidth, height}, 1);
  return image;
}

/// Rectangles at and across the bands' edges, one row high and all rows.
const std::vector<std::vector<base::PixelRect>> kChanges{
    {{3, 63, 9, 1}}, {{0, 64, 4, 1}}, {{70, 60, 1, 1}, {20, 131, 5, 2}}, {{0, 0, kWidth, 300}}, {}, {{149, 299, 1, 1}}};

std::vector<std::uint8_t> film(const char* pixel_format, bool told) {
  const auto writer = encode::media().open_video(lossless(pixel_format, 300));
  base::Image image = noise_of(300);
  writer->add({image.view()}, 1, true);
  for (std::uint32_t n = 0; n < kChanges.size(); ++n) {
    for (const base::PixelRect& rect : kChanges[n]) scatter(image, rect, 100 + n);
    writer->add({image.view(), told ? &kChanges[n] : nullptr}, 1, false);
  }
  base::MemorySink sink;
  writer->finish(sink);
  return sink.bytes();
}

std::vector<encode::DecodedFrame> decoded(const std::vector<std::uint8_t>& file) {
  return encode::media().decode_video(file, "film.mkv", 1 << 22);
}

TEST(Bands, OfWhatChangedGiveTheFileOfEverything) {
  for (const char* format : {"yuv420p", "yuv422p", "yuv444p", "yuva420p"})
    EXPECT_EQ(film(format, true), film(format, false)) << format;
}

TEST(Bands, TrustWhatTheyAreTold) {
  const auto writer = encode::media().open_video(lossless("yuv420p", 300));
  base::Image image = noise_of(300);
  writer->add({image.view()}, 1, true);
  scatter(image, {0, 200, kWidth, 1}, 7);
  const std::vector<base::PixelRect> nothing;
  writer->add({image.view(), &nothing}, 1, false);
  base::MemorySink sink;
  writer->finish(sink);
  const auto frames = decoded(sink.bytes());
  EXPECT_TRUE(frames[0].image == frames[1].image);
}

/// swscale over the whole picture, asked by the ffmpeg program.
TEST(Bands, AreTheRowsOfTheWholePicture) {
  const test::TemporaryFolder folder;
  const base::Image image = noise_of(300);
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(image.pixels.data());
  test::write_bytes(folder.path() / "image.raw", {bytes, image.pixels.size() * 4});
  const auto writer = encode::media().open_video(lossless("yuv420p", 300));
  writer->add({image.view()}, 1, true);
  base::MemorySink sink;
  writer->finish(sink);
  test::write_bytes(folder.path() / "ours.mkv", sink.bytes());
  EXPECT_EQ(
      test::output_of("cd '" + folder.path().string() +
                      "' && ffmpeg -v error -f rawvideo -pix_fmt bgr0 -s 150x300 -i image.raw -vf "
                      "scale=flags=bicubic+accurate_rnd+full_chroma_int+bitexact:out_color_matrix=bt709:out_range=tv "
                      "-pix_fmt yuv420p -f rawvideo whole.raw && ffmpeg -v error -i ours.mkv -f rawvideo ours.raw && "
                      "cmp whole.raw ours.raw && stat -c %s ours.raw"),
      "67500\n");
}

}  // namespace
}  // namespace convreel::bands_test
