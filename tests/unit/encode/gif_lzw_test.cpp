// giflib, which is not ours, decodes what the coder wrote.
#include "encode/gif_lzw.hpp"

#include <gif_lib.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <random>

namespace convreel::gif_lzw_test {
namespace {

using encode::GifPixels;
using encode::GifRun;

constexpr int kWidth = 97;

/// The pixels of the only image of a GIF of the given image data.
std::vector<std::uint8_t> decoded(const std::vector<std::uint8_t>& data, int height) {
  const auto two = [](std::vector<std::uint8_t>& to, int value) {
    to.push_back(static_cast<std::uint8_t>(value & 255)), to.push_back(static_cast<std::uint8_t>(value >> 8));
  };
  std::vector<std::uint8_t> file{'G', 'I', 'F', '8', '9', 'a'};
  two(file, kWidth), two(file, height);
  file.insert(file.end(), {0xF7, 0, 0});
  file.resize(file.size() + 768);
  file.push_back(0x2C);
  two(file, 0), two(file, 0), two(file, kWidth), two(file, height);
  file.push_back(0);
  file.insert(file.end(), data.begin(), data.end());
  file.push_back(0x3B);
  struct Source {
    const std::vector<std::uint8_t>& bytes;
    std::size_t at = 0;
  } source{file};
  int code = 0;
  GifFileType* gif = DGifOpen(
      &source,
      [](GifFileType* from, GifByteType* to, int size) {
        auto* bytes = static_cast<Source*>(from->UserData);
        const auto take = std::min(static_cast<std::size_t>(size), bytes->bytes.size() - bytes->at);
        std::memcpy(to, bytes->bytes.data() + bytes->at, take);
        bytes->at += take;
        return static_cast<int>(take);
      },
      &code);
  EXPECT_NE(gif, nullptr);
  std::vector<std::uint8_t> pixels;
  if (gif && DGifSlurp(gif) == GIF_OK && gif->ImageCount == 1)
    pixels.assign(gif->SavedImages[0].RasterBits,
                  gif->SavedImages[0].RasterBits + static_cast<std::ptrdiff_t>(kWidth) * height);
  if (gif) DGifCloseFile(gif, &code);
  return pixels;
}

/// Runs that fill kWidth x height pixels: lengths up to `longest`, `colours` colours, a share of them free.
std::vector<GifRun> runs_of(std::uint32_t seed, int height, std::uint32_t longest, int colours, double clear) {
  std::mt19937 random(seed);
  std::vector<GifRun> runs;
  for (std::uint32_t left = kWidth * static_cast<std::uint32_t>(height); left > 0;) {
    const std::uint32_t length = std::min(left, 1 + static_cast<std::uint32_t>(random() % longest));
    runs.push_back({length, static_cast<std::uint8_t>(static_cast<int>(random()) & (colours - 1)),
                    static_cast<double>(random() % 1000) < clear * 1000});
    left -= length;
  }
  return runs;
}

/// Every pixel has its run's colour, or the transparent index where that is allowed.
bool shows(const std::vector<std::uint8_t>& pixels, const std::vector<GifRun>& runs, int transparent) {
  std::size_t at = 0;
  for (const GifRun& run : runs)
    for (std::uint32_t n = 0; n < run.length; ++n, ++at)
      if (at >= pixels.size() || (pixels[at] != run.colour && !(run.clear && pixels[at] == transparent))) return false;
  return at == pixels.size();
}

TEST(GifLzw, GiflibDecodesNoise) {
  for (const int colours : {2, 4, 16, 128, 256}) {
    const std::vector<GifRun> runs = runs_of(1, 600, 3, colours, 0);
    const int size = encode::gif_code_size(colours - 1);
    EXPECT_TRUE(shows(decoded(encode::gif_image_data({runs, -1, size}), 600), runs, -1)) << colours;
  }
}

TEST(GifLzw, GiflibDecodesChoices) {
  for (std::uint32_t seed = 0; seed < 60; ++seed) {
    const std::uint32_t longest = seed % 3 == 0 ? 2 : seed % 3 == 1 ? 20 : 900;
    const std::vector<GifRun> runs = runs_of(seed, 300, longest, seed % 2 ? 128 : 4, 0.6);
    const int transparent = seed % 2 ? 128 : 3;
    const int size = encode::gif_code_size(transparent);
    EXPECT_TRUE(shows(decoded(encode::gif_image_data({runs, transparent, size}), 300), runs, transparent)) << seed;
  }
}

TEST(GifLzw, GiflibDecodesOneRunOnly) {
  for (const int height : {1, 2, 1000}) {
    const std::vector<GifRun> runs{{static_cast<std::uint32_t>(kWidth * height), 1, false}};
    EXPECT_TRUE(shows(decoded(encode::gif_image_data({runs, -1, 2}), height), runs, -1)) << height;
  }
}

TEST(GifLzw, TheCheckCanFail) {
  std::vector<GifRun> runs = runs_of(7, 20, 9, 16, 0);
  const std::vector<std::uint8_t> pixels = decoded(encode::gif_image_data({runs, -1, 4}), 20);
  runs[3].colour ^= 1;
  EXPECT_FALSE(shows(pixels, runs, -1));
}

TEST(GifLzw, ChoosesWhatIsSmaller) {
  // Noise that may be left out altogether costs next to nothing.
  std::vector<GifRun> runs = runs_of(5, 300, 2, 16, 0);
  const std::size_t fixed = encode::gif_image_data({runs, -1, 5}).size();
  for (GifRun& run : runs) run.clear = true;
  EXPECT_LT(encode::gif_image_data({runs, 16, 5}).size(), fixed / 20);
}

TEST(GifLzw, CodeSizes) {
  EXPECT_EQ(encode::gif_code_size(0), 2);
  EXPECT_EQ(encode::gif_code_size(3), 2);
  EXPECT_EQ(encode::gif_code_size(4), 3);
  EXPECT_EQ(encode::gif_code_size(255), 8);
}

}  // namespace
}  // namespace convreel::gif_lzw_test
