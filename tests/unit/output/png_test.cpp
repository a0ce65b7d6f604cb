// PNG and APNG, read back by libav and by the ffmpeg program.
#include "output/png/png.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.hpp"
#include "encode/media.hpp"
#include "output/apng/apng.hpp"
#include "support/clips.hpp"
#include "support/support.hpp"
#include "unit/output/drive.hpp"

namespace convreel::png_test {
namespace {

using std::chrono::milliseconds;
using test::Picture;
using testing::HasSubstr;

constexpr std::int64_t kPixels = 1 << 22;

base::Image gradient(bool alpha) {
  base::Image image(64, 48);
  for (int y = 0; y < 48; ++y)
    for (int x = 0; x < 64; ++x) {
      const auto a = static_cast<std::uint32_t>(alpha ? x * 4 : 255);
      const std::uint32_t red = static_cast<std::uint32_t>(y * 5) * a / 255,
                          green = static_cast<std::uint32_t>(x * 3) * a / 255;
      image.pixels[static_cast<std::size_t>(y * 64 + x)] = a << 24 | red << 16 | green << 8;
    }
  return image;
}

std::vector<std::uint8_t> png(const base::Image& image, bool alpha, output::PngText text = {}) {
  base::MemorySink sink;
  output::write_png(image.view(), alpha, text, sink);
  return sink.bytes();
}

std::vector<std::string> chunk_names(std::span<const std::uint8_t> file) {
  std::vector<std::string> names;
  for (const output::PngChunk& chunk : output::png_chunks(file)) names.emplace_back(chunk.name);
  return names;
}

TEST(Png, IsExactWithAPalette) {
  for (const int colours : {1, 2, 3, 5, 17, 200}) {
    const base::Image image = test::random_clip(7, 50, 40, 60, colours, false).back();
    const auto file = png(image, false);
    EXPECT_TRUE(test::difference(encode::media().decode_image(file, "a", kPixels).view(), image.view()).none())
        << colours;
    EXPECT_THAT(chunk_names(file), testing::Contains("PLTE"));
    EXPECT_THAT(chunk_names(file), testing::Contains("sRGB"));
  }
}

TEST(Png, IsExactInTrueColour) {
  const auto file = png(gradient(false), false);
  EXPECT_TRUE(test::difference(encode::media().decode_image(file, "a", kPixels).view(), gradient(false).view()).none());
  EXPECT_THAT(chunk_names(file), testing::Not(testing::Contains("PLTE")));
}

TEST(Png, KeepsAlpha) {
  // Division and multiplication by alpha round, so faint colours may come back one off.
  const auto decoded = encode::media().decode_image(png(gradient(true), true), "a", kPixels);
  EXPECT_LE(test::difference(decoded.view(), gradient(true).view()).largest, 1);
  base::Image half = test::flat(9, 9, 0);
  test::fill(half, {2, 2, 3, 3}, 0x80400000);
  const auto file = png(half, true);
  EXPECT_THAT(chunk_names(file), testing::Contains("tRNS"));
  EXPECT_TRUE(test::difference(encode::media().decode_image(file, "a", kPixels).view(), half.view()).none());
}

TEST(Png, SaysWhatItShows) {
  const auto file = png(gradient(false), false, {"Faltung 3×3", "a 3×3 kernel over a 5×5 input"});
  std::vector<std::string> words;
  for (const output::PngChunk& chunk : output::png_chunks(file))
    if (chunk.name == "iTXt") words.emplace_back(chunk.content.begin(), chunk.content.end());
  // Keyword, a zero, not compressed, two zeros for language and translated keyword, then the text.
  const std::string between(5, '\0');
  EXPECT_EQ(words, (std::vector{"Title" + between + "Faltung 3×3",
                                "Description" + between + "a 3×3 kernel over a 5×5 input"}));
}

TEST(Png, GivesTheSameBytesTwice) { EXPECT_EQ(png(gradient(true), true), png(gradient(true), true)); }

TEST(Png, ExportsTheLastPicture) {
  const auto images = test::walking_window(60, 60, 3);
  std::vector<Picture> pictures;
  for (const base::Image& image : images) pictures.push_back({image, milliseconds(100)});
  const auto file = test::exported(output::png_exporter(false, {}), pictures);
  EXPECT_TRUE(test::difference(encode::media().decode_image(file, "a", kPixels).view(), images.back().view()).none());
}

/// As many pictures as seen ones, each exact and as long.
void expect_apng_shows(const std::vector<std::uint8_t>& file, const std::vector<Picture>& pictures) {
  const std::vector<Picture> wanted = test::merged(pictures);
  const auto decoded = encode::media().decode_video(file, "a.apng", kPixels);
  ASSERT_EQ(decoded.size(), wanted.size());
  base::Duration start{};
  for (std::size_t n = 0; n < wanted.size(); ++n) {
    EXPECT_TRUE(test::difference(decoded[n].image.view(), wanted[n].image.view()).none()) << n;
    EXPECT_EQ(decoded[n].start, start) << n;
    start += wanted[n].duration;
  }
}

std::vector<std::uint8_t> apng(const std::vector<Picture>& pictures, bool alpha, int plays = 0) {
  return test::exported(
      output::apng_exporter({pictures[0].image.width, pictures[0].image.height, alpha, plays, {"t", "d"}}), pictures);
}

TEST(Apng, IsExactForRandomClips) {
  for (std::uint32_t seed = 0; seed < 30; ++seed) {
    const bool alpha = seed % 2;
    std::vector<Picture> pictures;
    for (const base::Image& image : test::random_clip(seed, 31, 19, 8, 1 + static_cast<int>(seed) * 3, alpha))
      pictures.push_back({image, milliseconds(40 + 10 * seed)});
    SCOPED_TRACE(seed);
    expect_apng_shows(apng(pictures, alpha), pictures);
  }
}

TEST(Apng, IsExactInTrueColour) {
  std::vector<Picture> pictures{{gradient(false), milliseconds(100)},
                                {test::flat(64, 48, 0xFF123456), milliseconds(250)},
                                {gradient(false), milliseconds(2000)}};
  expect_apng_shows(apng(pictures, false), pictures);
}

std::uint32_t number(std::span<const std::uint8_t> bytes, std::size_t at, std::size_t size) {
  std::uint32_t value = 0;
  for (std::size_t n = 0; n < size; ++n) value = value << 8 | bytes[at + n];
  return value;
}

TEST(Apng, StatesPlaysAndTrueDelays) {
  auto pictures = std::vector<Picture>{{test::flat(8, 8, 0xFF000000), milliseconds(600)},
                                       {test::flat(8, 8, 0xFFFFFFFF), milliseconds(2600)},
                                       {test::flat(8, 8, 0xFF00FF00), std::chrono::seconds(90)}};
  const auto file = apng(pictures, false, 3);
  std::vector<double> seconds;
  for (const output::PngChunk& chunk : output::png_chunks(file)) {
    if (chunk.name == "acTL") {
      EXPECT_EQ(number(chunk.content, 0, 4), 3u);
      EXPECT_EQ(number(chunk.content, 4, 4), 3u) << "plays";
    }
    if (chunk.name == "fcTL") seconds.push_back(number(chunk.content, 20, 2) / double(number(chunk.content, 22, 2)));
  }
  EXPECT_EQ(seconds, (std::vector{0.6, 2.6, 90.0}));
}

TEST(Apng, StopsWhereTheDiskIsFull) {
  std::vector<Picture> pictures{{gradient(false), milliseconds(100)}};
  auto exporter = output::apng_exporter({64, 48, false, 0, {}});
  test::FullDisk disk(100);
  test::drive(*exporter, pictures, disk);
  EXPECT_THROW(exporter->finish(disk), base::Error);
}

}  // namespace
}  // namespace convreel::png_test
