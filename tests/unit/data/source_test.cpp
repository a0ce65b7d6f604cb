#include "data/source.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <numeric>

#include "base/error.hpp"
#include "data/fill.hpp"
#include "data/named_kernel.hpp"
#include "data/picture.hpp"
#include "support/support.hpp"

namespace convreel::data {
namespace {

using numerics::Cell;
using numerics::Kernel;
using numerics::Map;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

Source opened(std::string_view text, Purpose purpose = Purpose::input) {
  base::Limits limits;
  limits.set(base::Limit::values, 1000);
  return open_source(text, {purpose, 2, "--input-values", limits});
}

std::string message_of(std::string_view text, Purpose purpose = Purpose::input) {
  try {
    static_cast<void>(opened(text, purpose));
  } catch (const base::Error& error) {
    return error.problems().front().message + " / " + error.problems().front().hint;
  }
  return "no error";
}

std::vector<double> named(std::string_view name, Cell size, int dims = 2) {
  Kernel kernel(1, 1, size);
  fill(kernel, NamedKernel{std::string(name)}, dims);
  return kernel.values;
}

TEST(OpenSource, TellsTheFormsApart) {
  EXPECT_EQ(std::get<Number>(opened(" -1.5 ")).value, -1.5);
  EXPECT_EQ(std::get<Generator>(opened("ramp")).name, "ramp");
  EXPECT_EQ(std::get<Generator>(opened("random:42")).seed, 42u);
  EXPECT_EQ(std::get<NamedKernel>(opened("sobel-x", Purpose::kernel)).name, "sobel-x");
  EXPECT_EQ(std::get<Array>(opened("1 2; 3 4")).shape, (Shape{2, 2}));
  EXPECT_EQ(std::get<Array>(opened("[[1]]")).shape, (Shape{1, 1}));
  for (std::string_view name : generator_names())
    if (name != "random") {
      EXPECT_TRUE(std::holds_alternative<Generator>(opened(name)));
    }
  for (std::string_view name : kernel_names())
    EXPECT_TRUE(std::holds_alternative<NamedKernel>(opened(name, Purpose::kernel)));
}

TEST(OpenSource, ReadsAListOfNamedKernels) {
  const auto bank = std::get<KernelBank>(opened("sobel-x||sobel-y || laplacian", Purpose::kernel));
  ASSERT_EQ(bank.kernels.size(), 3u);
  EXPECT_EQ(bank.kernels[1].name, "sobel-y");
  EXPECT_EQ(bank.kernels[2].name, "laplacian");
  EXPECT_EQ(std::get<Array>(opened("1 2||3 4", Purpose::kernel)).shape, (Shape{2, 1, 1, 2}));
  EXPECT_THAT(message_of("sobel-x||sobel-z", Purpose::kernel), HasSubstr("did you mean sobel-x?"));
  EXPECT_THAT(message_of("sobel-x||", Purpose::kernel), HasSubstr("a name is missing between ||"));
  EXPECT_THAT(message_of("sobel-x||1 2 3", Purpose::kernel), HasSubstr("\"1 2 3\" in a list of kernels"));
  EXPECT_THAT(message_of("sobel-x||box", Purpose::input), HasSubstr("--input-values"));
}

TEST(OpenSource, ReadsFilesByTheirEnding) {
  const test::TemporaryFolder folder;
  const auto put = [&](const char* name, const char* text) {
    std::ofstream(folder.path() / name) << text;
    return (folder.path() / name).string();
  };
  EXPECT_EQ(std::get<Array>(opened(put("a.CSV", "1,2\n3,4\n"))).values, (std::vector<double>{1, 2, 3, 4}));
  EXPECT_EQ(std::get<Array>(opened(put("a.json", "[1,2]"))).values, (std::vector<double>{1, 2}));
  EXPECT_EQ(std::get<Picture>(opened(put("a.png", "not decoded here"))).bytes.size(), 16u);
  EXPECT_THAT(message_of(put("a.npy", "text")), HasSubstr("not a .npy file"));
  for (const FileKind& kind : file_kinds()) EXPECT_TRUE(names_file("x" + std::string(kind.ending)));
  EXPECT_TRUE(names_file("x.GIF"));
}

TEST(OpenSource, ErrorsHelp) {
  EXPECT_THAT(message_of("rmap"), HasSubstr("did you mean ramp?"));
  EXPECT_THAT(message_of("sobelx", Purpose::kernel), HasSubstr("did you mean sobel-x?"));
  EXPECT_THAT(message_of("sobel-x"), HasSubstr("is a kernel"));
  EXPECT_THAT(message_of("random"), HasSubstr("random:1"));
  EXPECT_THAT(message_of("random:x"), HasSubstr("whole number"));
  EXPECT_THAT(message_of("data.txt"), HasSubstr(".npy .csv .json"));
  EXPECT_THAT(message_of("absent.npy"), HasSubstr("absent.npy: no such file"));
  EXPECT_THAT(message_of(""), HasSubstr("empty"));
  EXPECT_THAT(message_of("3x"), HasSubstr("not a number"));
}

TEST(Fill, GeneratorsDoWhatTheyAreCalled) {
  const auto values = [](const char* name) {
    Map map(2, {1, 2, 3});
    fill(map, Generator{name, 0});
    return map.values;
  };
  EXPECT_THAT(values("ramp"), ElementsAre(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12));
  EXPECT_THAT(values("ones"), Each(1));
  EXPECT_THAT(values("zeros"), Each(0));
  EXPECT_THAT(values("impulse"), ElementsAre(0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0));
  EXPECT_THAT(values("checker"), ElementsAre(1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0));
  EXPECT_THAT(values("gradient"), ElementsAre(0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2));
}

TEST(Fill, RandomDependsOnTheSeedAlone) {
  const auto values = [](std::uint64_t seed) {
    Map map(1, {1, 8, 8});
    fill(map, Generator{"random", seed});
    return map.values;
  };
  EXPECT_EQ(values(1), values(1));
  EXPECT_NE(values(1), values(2));
  EXPECT_THAT(values(3), Each(::testing::AllOf(::testing::Ge(0), ::testing::Le(9))));
  // The same on every machine: what seed 1 begins with, computed outside of this program.
  const std::vector<double> ones = values(1);
  EXPECT_THAT(std::vector<double>(ones.begin(), ones.begin() + 6), ElementsAre(8, 5, 7, 5, 5, 6));
}

TEST(Fill, DefaultsKeepTheirNumbersWhenTheMapGrows) {
  Map small(1, {1, 5, 5}), large(2, {1, 7, 9});
  fill(small, numerics::Sample::small_numbers);
  fill(large, numerics::Sample::small_numbers);
  for (std::int64_t y = 0; y < 5; ++y)
    for (std::int64_t x = 0; x < 5; ++x) EXPECT_EQ(small.at({0, {0, y, x}}), large.at({0, {0, y, x}}));
  const auto half = static_cast<std::ptrdiff_t>(large.values.size() / 2);
  EXPECT_FALSE(std::equal(large.values.begin(), large.values.begin() + half, large.values.begin() + half));
}

TEST(Fill, ALongRampGivesWayToSmallNumbers) {
  Map short_one(1, {1, 9, 11}), long_one(1, {1, 10, 10});
  fill(short_one, numerics::Sample::ramp);
  fill(long_one, numerics::Sample::ramp);
  EXPECT_EQ(short_one.values.back(), 99);
  EXPECT_LE(*std::max_element(long_one.values.begin(), long_one.values.end()), 9);
}

TEST(Fill, SignedNumbersLieOnBothSidesOfZeroAndBeyondSix) {
  Map map(1, {1, 5, 5});
  fill(map, numerics::Sample::signed_numbers);
  const auto [low, high] = std::minmax_element(map.values.begin(), map.values.end());
  EXPECT_LT(*low, 0);
  EXPECT_GT(*high, 6);
}

TEST(Fill, DefaultKernelsHaveEverySize) {
  for (std::int64_t rows = 1; rows <= 6; ++rows)
    for (std::int64_t columns = 1; columns <= 6; ++columns) {
      Kernel conv(2, 2, {1, rows, columns}), transposed(2, 2, {1, rows, columns});
      fill(conv, numerics::Sample::edges);
      fill(transposed, numerics::Sample::corner);
      const auto seen = [](double value) { return value != 0; };
      const auto end = rows * columns;
      EXPECT_TRUE(std::any_of(conv.values.begin(), conv.values.begin() + end, seen)) << rows << columns;
      EXPECT_TRUE(std::any_of(transposed.values.begin(), transposed.values.begin() + end, seen)) << rows << columns;
    }
  Kernel kernel(1, 1, {1, 5, 5});
  fill(kernel, numerics::Sample::edges);
  EXPECT_THAT(std::vector<double>(kernel.values.begin(), kernel.values.begin() + 5), ElementsAre(1, 1, 0, -1, -1));
}

TEST(Fill, ATransposedDefaultIsAnotherKernelWhenItIsTurned) {
  for (const Cell& size : {Cell{1, 3, 3}, Cell{1, 2, 2}, Cell{1, 1, 3}, Cell{1, 3, 1}, Cell{1, 4, 5}}) {
    Kernel kernel(1, 1, size);
    fill(kernel, numerics::Sample::corner);
    std::vector<double> turned = kernel.values;
    std::reverse(turned.begin(), turned.end());
    EXPECT_NE(kernel.values, turned);
    EXPECT_THAT(kernel.values, Each(::testing::AllOf(::testing::Ge(1), ::testing::Le(5))));
  }
}

/// Maxima of the windows of `k` that a step of `k` apart lie on a map of digits.
std::vector<double> digit_maxima(std::int64_t size, std::int64_t k) {
  Map map(1, {1, size, size});
  fill(map, numerics::Sample::digits);
  std::vector<double> maxima;
  for (std::int64_t y = 0; y + k <= size; y += k)
    for (std::int64_t x = 0; x + k <= size; x += k) {
      maxima.push_back(0);
      for (std::int64_t n = 0; n < k * k; ++n)
        maxima.back() = std::max(maxima.back(), map.at({0, {0, y + n / k, x + n % k}}));
    }
  return maxima;
}

TEST(Fill, PoolingsDefaultHasDifferentMaxima) {
  EXPECT_THAT(digit_maxima(6, 2), ElementsAre(8, 5, 4, 1, 2, 4, 9, 4, 3));
  EXPECT_THAT(digit_maxima(6, 3), ElementsAre(8, 5, 9, 4));
}

TEST(NamedKernel, HaveTheirTextbookValues) {
  EXPECT_THAT(named("sobel-x", {1, 3, 3}), ElementsAre(-1, 0, 1, -2, 0, 2, -1, 0, 1));
  EXPECT_THAT(named("sobel-y", {1, 3, 3}), ElementsAre(-1, -2, -1, 0, 0, 0, 1, 2, 1));
  EXPECT_THAT(named("laplacian", {1, 3, 3}), ElementsAre(0, 1, 0, 1, -4, 1, 0, 1, 0));
  EXPECT_THAT(named("box", {1, 2, 2}), Each(0.25));
  EXPECT_THAT(named("identity", {1, 3, 3}), ElementsAre(0, 0, 0, 0, 1, 0, 0, 0, 0));
  EXPECT_THAT(named("bilinear", {1, 1, 4}, 1), ElementsAre(0.25, 0.75, 0.75, 0.25));
  EXPECT_THAT(named("bilinear", {1, 1, 3}, 1), ElementsAre(0.5, 1, 0.5));
  EXPECT_THAT(named("gaussian", {1, 1, 3}, 1), ElementsAre(0.25, 0.5, 0.25));
  const std::vector<double> wide = named("sobel-x", {1, 5, 5});
  EXPECT_THAT(std::vector<double>(wide.begin() + 10, wide.begin() + 15), ElementsAre(-6, -12, 0, 12, 6));
}

TEST(NamedKernel, EveryNameHasSize3AndSaysItsSizes) {
  for (std::string_view name : kernel_names()) {
    EXPECT_EQ(named(name, {1, 3, 3}).size(), 9u) << name;
    EXPECT_FALSE(legal_sizes(name).empty()) << name;
  }
}

TEST(NamedKernel, GoesThroughTheDepthToo) {
  EXPECT_THAT(named("box", {2, 2, 2}, 3), Each(0.125));
  const std::vector<double> laplacian = named("laplacian", {3, 3, 3}, 3), sharpen = named("sharpen", {3, 3, 3}, 3);
  EXPECT_EQ(laplacian[13], -6);
  EXPECT_EQ(sharpen[13], 7);
  EXPECT_EQ(std::accumulate(laplacian.begin(), laplacian.end(), 0.0), 0);
  EXPECT_EQ(std::accumulate(sharpen.begin(), sharpen.end(), 0.0), 1);
  const std::vector<double> sobel = named("sobel-x", {3, 3, 3}, 3);
  EXPECT_THAT(std::vector<double>(sobel.begin() + 9, sobel.begin() + 15), ElementsAre(-2, 0, 2, -4, 0, 4));
}

TEST(NamedKernel, RefusesSizesItDoesNotHave) {
  const auto message = [](std::string_view name, Cell size, int dims) -> std::string {
    try {
      static_cast<void>(named(name, size, dims));
    } catch (const base::Error& error) {
      return error.problems().front().message + " / " + error.problems().front().hint;
    }
    return "no error";
  };
  EXPECT_THAT(message("sobel-x", {1, 4, 4}, 2), HasSubstr("no kernel of size 4x4 / sobel-x has odd sizes"));
  EXPECT_THAT(message("sobel-y", {1, 1, 3}, 1), HasSubstr("no kernel of size 3 /"));
  EXPECT_THAT(message("sharpen", {1, 5, 5}, 2), HasSubstr("size 3"));
  EXPECT_THAT(message("emboss", {1, 1, 3}, 1), HasSubstr("two axes"));
  EXPECT_THAT(message("emboss", {3, 3, 3}, 3), HasSubstr("no kernel of size 3x3x3"));
  EXPECT_THAT(message("box", {1, 32, 32}, 2), HasSubstr("up to 31"));
}

TEST(NamedKernel, IdentityKeepsChannelsApart) {
  Kernel kernel(4, 2, {1, 1, 1});
  fill(kernel, NamedKernel{"identity"}, 2);
  EXPECT_THAT(kernel.values, ElementsAre(1, 0, 0, 1, 1, 0, 0, 1));
}

/// A JPEG's markers alone: a segment with a thumbnail of its own, Exif with an orientation, coded pixels.
std::vector<std::uint8_t> jpeg(int orientation, bool big_endian = true) {
  std::vector<std::uint8_t> bytes{0xFF, 0xD8, 0xFF, 0xE2, 0, 6, 0xFF, 0xD8, 0xFF, 0xD9};
  std::vector<std::uint8_t> tiff{'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 0};
  tiff.back() = static_cast<std::uint8_t>(orientation);
  if (!big_endian) tiff = {'I', 'I', 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, tiff.back(), 0};
  bytes.insert(bytes.end(), {0xFF, 0xE1, 0, 28, 'E', 'x', 'i', 'f', 0, 0});
  bytes.insert(bytes.end(), tiff.begin(), tiff.end());
  bytes.insert(bytes.end(), {0xFF, 0xDA, 0, 3, 1, 0x12, 0xFF, 0, 0xD9, 0xFF, 0xD0, 0x34, 0xFF, 0xFF, 0xD9});
  return bytes;
}

TEST(Picture, AJpegSaysHowItLies) {
  for (int orientation = 1; orientation <= 8; ++orientation)
    for (const bool big : {true, false}) EXPECT_EQ(orientation_of(jpeg(orientation, big), "a.jpg"), orientation);
  for (const int strange : {0, 9}) EXPECT_EQ(orientation_of(jpeg(strange), "a.jpg"), 1);
  const std::vector<std::uint8_t> png{0x89, 'P', 'N', 'G'};
  EXPECT_EQ(orientation_of(png, "a.png"), 1);
}

TEST(Picture, AJpegWithoutItsEndIsRefused) {
  std::vector<std::uint8_t> bytes = jpeg(6);
  bytes.push_back('x');  // what follows the end is nobody's
  EXPECT_EQ(orientation_of(bytes, "a.jpg"), 6);
  for (bytes.resize(bytes.size() - 2); bytes.size() >= 3; bytes.pop_back()) try {
      static_cast<void>(orientation_of(bytes, "a.jpg"));
      ADD_FAILURE() << bytes.size();
    } catch (const base::Error& error) {
      EXPECT_THAT(error.what(), HasSubstr("a.jpg: the JPEG is cut short"));
    }
}

TEST(Picture, IsMadeUpright) {
  // An upright picture as a camera holds it that notes 1 to 8.
  const std::vector<std::vector<std::uint32_t>> held{{1, 2, 3, 4, 5, 6}, {3, 2, 1, 6, 5, 4}, {6, 5, 4, 3, 2, 1},
                                                     {4, 5, 6, 1, 2, 3}, {1, 4, 2, 5, 3, 6}, {3, 6, 2, 5, 1, 4},
                                                     {6, 3, 5, 2, 4, 1}, {4, 1, 5, 2, 6, 3}};
  for (int orientation = 1; orientation <= 8; ++orientation) {
    base::Image image = lies(orientation) ? base::Image(2, 3) : base::Image(3, 2);
    image.pixels = held[static_cast<std::size_t>(orientation) - 1];
    const base::Image turned = upright(image, orientation);
    EXPECT_EQ(turned.width, 3) << orientation;
    EXPECT_THAT(turned.pixels, ElementsAre(1, 2, 3, 4, 5, 6)) << orientation;
  }
}

TEST(Picture, TransparentShowsWhitePaper) {
  base::Image image(3, 1);
  image.pixels = {0xFFFF0000, 0x00000000, 0x80800000};
  EXPECT_THAT(map_of(image, 1).values, ElementsAre(76, 255, 165));
  EXPECT_THAT(map_of(image, 3).values, ElementsAre(255, 255, 255, 0, 255, 127, 0, 255, 127));
}

}  // namespace
}  // namespace convreel::data
