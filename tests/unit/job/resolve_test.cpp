#include "job/resolve.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "base/error.hpp"
#include "job/fields.hpp"
#include "support/support.hpp"

namespace convreel::job {
namespace {

using base::ErrorKind;
using numerics::Cell;
using numerics::Sides;
using ::testing::HasSubstr;
using Words = std::vector<std::pair<std::string, std::string>>;

JobSpec flags(const Words& words) {
  JobSpec spec;
  for (const auto& [name, text] : words) field_named(name)->parse(spec, text);
  return spec;
}

/// A picture of one colour, of the wanted size or 4x3.
Tools tools() {
  return {[](std::span<const std::uint8_t>, std::string_view, int width, int height, const base::Limits&) {
            base::Image image(width > 0 ? width : 4, height > 0 ? height : 3);
            for (auto& pixel : image.pixels) pixel = 0xFF0000FF;  // blue
            return image;
          },
          {},
          {}};
}

Job made(const Words& words) { return resolve(flags(words), tools()); }

std::string refused(ErrorKind kind, const Words& words) {
  try {
    static_cast<void>(made(words));
  } catch (const base::Error& error) {
    EXPECT_EQ(error.kind(), kind) << error.what();
    std::string text;
    for (const auto& problem : error.problems()) text += problem.message + " / " + problem.hint + "\n";
    return text;
  }
  return "no error";
}
std::string impossible(const Words& words) { return refused(ErrorKind::impossible, words); }
std::string misused(const Words& words) { return refused(ErrorKind::usage, words); }

TEST(Resolve, DefaultsAreTheTeachingNumbers) {
  const Job conv = made({{"layer", "conv2d"}});
  EXPECT_EQ(conv.name, "conv2d");
  EXPECT_EQ(conv.chain.only().layer().input, (Cell{1, 5, 5}));
  EXPECT_EQ(conv.chain.only().input().values,
            (std::vector<double>{1, 2, 0, 1, 3, 0, 1, 2, 3, 1, 2, 1, 0, 0, 2, 3, 0, 1, 2, 1, 1, 1, 0, 2, 0}));
  EXPECT_EQ(conv.chain.only().kernel().values, (std::vector<double>{1, 0, -1, 2, 0, -2, 1, 0, -1}));
  EXPECT_TRUE(conv.chain.only().bias().empty());
  const Job transposed = made({{"layer", "transpose"}});
  EXPECT_EQ(transposed.chain.only().input().values, (std::vector<double>{1, 2, 3, 4, 5, 6, 7, 8, 9}));
  EXPECT_EQ(transposed.chain.only().kernel().values, (std::vector<double>{1, 2, 3, 1, 1, 2, 1, 1, 1}));
  const Job pool = made({{"layer", "max-pool2d"}, {"input-size", "6"}});
  EXPECT_EQ(pool.chain.only().layer().stride, (Cell{1, 3, 3}));
  EXPECT_EQ(pool.chain.only().output().size, (Cell{1, 2, 2}));
  const Job strip = made({{"layer", "conv1d"}});
  EXPECT_EQ(strip.chain.only().layer().input, (Cell{1, 1, 5}));
  EXPECT_EQ(strip.chain.only().kernel().values, (std::vector<double>{1, 0, -1}));
  EXPECT_TRUE(strip.show.views.empty());
}

TEST(Resolve, ARaisedLimitHoldsForTheKernelsPlanes) {
  JobSpec spec = flags({{"layer", "conv1d"}, {"input-size", "1"}, {"kernel-size", "1"}});
  spec.in_channels = (1 << 24) + 1;
  spec.out_channels = 2;
  spec.limits.set(base::Limit::values, 30'000'000);
  try {
    static_cast<void>(resolve(spec, tools()));
    FAIL() << "33,554,434 weights where 30,000,000 values are allowed";
  } catch (const base::Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("a kernel"));
    EXPECT_THAT(error.what(), HasSubstr("33554434"));
  }
}

TEST(Resolve, AStackThatWantsTooManyChannelsIsRefused) {
  for (const char* const factor : {"2", "70000", "9223372036854775807"}) {
    JobSpec spec;
    spec.stack = {fmt::format("PixelShuffle({})", factor), "Conv2d(9223372036854775807, 1, 1)"};
    spec.limits.set(base::Limit::axis, std::int64_t{1} << 31);
    EXPECT_THROW(static_cast<void>(resolve(spec, tools())), base::Error);
  }
}

TEST(Resolve, AListOfKernelsMakesAsManyOutputs) {
  const Job conv = made({{"layer", "conv1d"}, {"kernel-values", "identity||box"}, {"in-channels", "2"}});
  EXPECT_EQ(conv.chain.only().layer().out_channels, 2);
  EXPECT_EQ(conv.show.kernel_names, (std::vector<std::string>{"identity", "box"}));
  const double third = 1.0 / 3;
  EXPECT_EQ(conv.chain.only().kernel().values,
            (std::vector<double>{0, 1, 0, 0, 0, 0, third, third, third, third, third, third}));
  const Job grouped = made({{"layer", "conv-transpose1d"},
                            {"kernel-values", "identity||box||sharpen||laplacian"},
                            {"in-channels", "2"},
                            {"groups", "2"}});
  // [in, out / groups]: the first input's planes are the first group's outputs.
  EXPECT_EQ(grouped.chain.only().kernel().values,
            (std::vector<double>{0, 1, 0, third, third, third, -1, 3, -1, 1, -2, 1}));
  EXPECT_THAT(impossible({{"layer", "conv2d"}, {"kernel-values", "box||box"}, {"out-channels", "3"}}),
              HasSubstr("--out-channels is 3, but the kernels' names make 2"));
  EXPECT_THAT(impossible({{"layer", "conv2d"}, {"kernel-values", "box||sobel-x"}, {"kernel-size", "4"}}),
              HasSubstr("sobel-x has no kernel of size 4x4"));
}

TEST(Resolve, SizesFollowFromValues) {
  const Job job = made({{"layer", "conv2d"}, {"input-values", "1 2 3 4; 5 6 7 8"}, {"kernel-values", "1 1; 1 1"}});
  EXPECT_EQ(job.chain.only().layer().input, (Cell{1, 2, 4}));
  EXPECT_EQ(job.chain.only().output().values, (std::vector<double>{14, 18, 22}));
  const Job grouped = made(
      {{"layer", "conv1d"}, {"input-values", "1 2 3; 4 5 6"}, {"kernel-values", "1 || 2 || 3 || 4"}, {"groups", "2"}});
  EXPECT_EQ(grouped.chain.only().layer().in_channels, 2);
  EXPECT_EQ(grouped.chain.only().layer().out_channels, 4);
  const Job transposed = made({{"layer", "conv-transpose1d"}, {"kernel-values", "1 2 | 3 4 | 5 6"}});
  EXPECT_EQ(transposed.chain.only().layer().in_channels, 1);
  EXPECT_EQ(transposed.chain.only().layer().out_channels, 3);
}

TEST(Resolve, ChannelsDefaultToTheGroups) {
  const Job job = made({{"layer", "conv2d"}, {"groups", "3"}});
  EXPECT_EQ(job.chain.only().layer().in_channels, 3);
  EXPECT_EQ(job.chain.only().layer().out_channels, 3);
  EXPECT_EQ(made({{"layer", "max-pool2d"}, {"in-channels", "2"}}).chain.only().layer().out_channels, 2);
}

TEST(Resolve, ContradictionsNameBothNumbers) {
  EXPECT_THAT(impossible({{"layer", "conv2d"}, {"input-size", "5"}, {"input-values", "1 2; 3 4"}}),
              HasSubstr("input size: --input-size is 5x5, but the values are 2x2"));
  EXPECT_THAT(impossible({{"layer", "conv2d"}, {"in-channels", "2"}, {"kernel-values", "1 2; 3 4"}}),
              HasSubstr("--in-channels is 2, but the kernel values and groups ask for 1"));
  const std::string both = impossible({{"layer", "conv2d"},
                                       {"kernel-size", "3"},
                                       {"kernel-values", "1"},
                                       {"input-size", "5"},
                                       {"input-values", "1 2; 3 4"}});
  EXPECT_THAT(both, HasSubstr("input size"));
  EXPECT_THAT(impossible({{"layer", "conv2d"}, {"input-values", "1 2 | 3 4 || 5 6 | 7 8"}}),
              HasSubstr("shape [2, 2, 1, 2]"));
  EXPECT_THAT(impossible({{"layer", "conv2d"}, {"bias", "1 2 3"}}), HasSubstr("3 values, but the layer has 1"));
}

TEST(Resolve, PaddingFollowsItsNames) {
  const auto padding = [](const Words& words) { return made(words).chain.only().layer().padding[2]; };
  EXPECT_EQ(padding({{"layer", "conv2d"}, {"kernel-size", "4"}, {"padding", "same"}}), (Sides{1, 2}));
  EXPECT_EQ(padding({{"layer", "conv2d"}, {"padding", "full"}, {"dilation", "2"}}), (Sides{4, 4}));
  EXPECT_EQ(padding({{"layer", "conv2d"}, {"padding", "valid"}}), (Sides{0, 0}));
  EXPECT_EQ(padding({{"layer", "conv2d"}, {"input-size", "6"}, {"stride", "2"}, {"padding", "same-upper"}}),
            (Sides{0, 1}));
  EXPECT_EQ(padding({{"layer", "conv2d"}, {"input-size", "6"}, {"stride", "2"}, {"padding", "same-lower"}}),
            (Sides{1, 0}));
  EXPECT_EQ(padding({{"layer", "conv2d"}, {"padding", "1x2"}}), (Sides{2, 2}));
  EXPECT_EQ(padding({{"layer", "conv1d"}, {"padding", "2,0"}}), (Sides{2, 0}));
  const auto sides = made({{"layer", "conv2d"}, {"padding", "1,2,3,4"}}).chain.only().layer().padding;
  EXPECT_EQ(sides[1], (Sides{1, 2}));
  EXPECT_EQ(sides[2], (Sides{3, 4}));
  EXPECT_EQ(sides[0], (Sides{0, 0}));
}

TEST(Resolve, TransposedSameAndValidAreTensorFlows) {
  const auto output = [](const char* kernel, const char* stride, const char* padding) {
    return made({{"layer", "transpose"},
                 {"input-size", "4"},
                 {"kernel-size", kernel},
                 {"stride", stride},
                 {"padding", padding}})
        .chain.only()
        .output()
        .size[2];
  };
  for (const char* kernel : {"1", "2", "3", "4", "5"})
    for (const char* stride : {"1", "2", "3"}) {
      const std::int64_t k = kernel[0] - '0', s = stride[0] - '0';
      EXPECT_EQ(output(kernel, stride, "same-upper"), 4 * s) << kernel << stride;
      EXPECT_EQ(output(kernel, stride, "same-lower"), 4 * s) << kernel << stride;
      EXPECT_EQ(output(kernel, stride, "valid"), 3 * s + std::max(k, s)) << kernel << stride;
    }
}

TEST(Resolve, OutputSizeDecidesOutputPadding) {
  const Job job = made({{"layer", "transpose"}, {"stride", "2"}, {"padding", "1"}, {"output-size", "6x5"}});
  EXPECT_EQ(job.chain.only().layer().output_padding, (Cell{0, 1, 0}));
  EXPECT_EQ(job.chain.only().output().size, (Cell{1, 6, 5}));
  EXPECT_THAT(impossible({{"layer", "transpose"}, {"stride", "2"}, {"padding", "1"}, {"output-size", "9"}}),
              HasSubstr("output size 9 along rows is out of reach: stride 2 allows 5 to 6"));
}

TEST(Resolve, RefusesImpossibleLayers) {
  EXPECT_THAT(impossible({{"layer", "conv2d"}, {"kernel-size", "7"}}), HasSubstr("7"));
  EXPECT_THAT(impossible({{"layer", "conv2d"}, {"stride", "2"}, {"padding", "same"}}), HasSubstr("needs stride 1"));
  EXPECT_THAT(impossible({{"layer", "max-pool2d"}, {"padding", "same"}}), HasSubstr("same-upper"));
  EXPECT_THAT(impossible({{"layer", "transpose"}, {"padding", "same"}}), HasSubstr("ConvTranspose2d"));
  EXPECT_THAT(impossible({{"layer", "transpose"}, {"stride", "2"}, {"output-padding", "2"}}), HasSubstr("2"));
  EXPECT_THAT(impossible({{"layer", "conv2d"}, {"padding", "5"}, {"padding-mode", "reflect"}}), HasSubstr("reflect"));
  EXPECT_THAT(impossible({{"layer", "conv2d"}, {"in-channels", "3"}, {"groups", "2"}}), HasSubstr("group"));
  EXPECT_THAT(impossible({{"layer", "transpose"}, {"input-size", "1"}, {"kernel-size", "1"}, {"padding", "1"}}),
              HasSubstr("output"));
  EXPECT_THAT(impossible({{"layer", "conv2d"}, {"kernel-size", "4"}, {"kernel-values", "sobel-x"}}),
              HasSubstr("sobel-x has no kernel of size 4x4"));
}

TEST(Resolve, RefusesForeignOptionsTogether) {
  const std::string text = misused({{"layer", "max-pool2d"}, {"bias", "1"}, {"groups", "2"}, {"kernel-values", "1"}});
  EXPECT_THAT(text, HasSubstr("max-pool2d has no --bias"));
  EXPECT_THAT(text, HasSubstr("max-pool2d has no --groups"));
  EXPECT_THAT(text, HasSubstr("max-pool2d has no --kernel-values"));
  EXPECT_THAT(misused({{"layer", "conv2d"}, {"output-padding", "1"}}), HasSubstr("conv2d has no --output-padding"));
  EXPECT_THAT(misused({{"layer", "conv2d"}, {"ceil-mode", "true"}}), HasSubstr("--ceil-mode"));
  EXPECT_THAT(misused({{"layer", "avg-pool2d"}, {"dilation", "2"}}), HasSubstr("no dilation"));
  EXPECT_THAT(misused({{"layer", "transpose"}, {"output-padding", "1"}, {"output-size", "6"}}),
              HasSubstr("both decide"));
  EXPECT_THAT(misused({{"layer", "conv1d"}, {"stride", "2x2"}}), HasSubstr("2 numbers, but conv1d has one axis"));
  EXPECT_THAT(misused({{"layer", "conv2d"}, {"padding", "1,2"}}), HasSubstr("2 sides, but conv2d has 4"));
  EXPECT_THAT(misused({}), HasSubstr("no layer"));
}

TEST(Resolve, LimitsComeBeforeMemory) {
  EXPECT_THAT(
      impossible({{"layer", "conv2d"}, {"input-size", "99999999"}}),
      HasSubstr("an input of 99999999x99999999 cells has 9999999800000000 values and would take 80 PB of memory"));
  EXPECT_THAT(impossible({{"layer", "conv2d"}, {"input-size", "9223372036854775807"}}), HasSubstr("memory"));
  EXPECT_THAT(impossible({{"layer", "conv2d"}, {"input-size", "60000"}}), HasSubstr("29 GB"));
  EXPECT_THAT(impossible({{"layer", "conv2d"}, {"out-channels", "99999999999"}}), HasSubstr("planes"));
  EXPECT_THAT(impossible({{"layer", "conv2d"}, {"in-channels", "9999999"}, {"out-channels", "9999999"}}),
              HasSubstr("planes"));
  EXPECT_THAT(impossible({{"layer", "conv2d"}, {"stride", "9223372036854775807"}}), HasSubstr("stride"));
  EXPECT_THAT(impossible({{"layer", "conv2d"}, {"padding", "99999999999"}}), HasSubstr("padding"));
  EXPECT_THAT(impossible({{"layer", "conv2d"}, {"padding", "60000"}}), HasSubstr("limit"));
  EXPECT_THAT(impossible({{"layer", "conv2d"}, {"padding", "full"}, {"dilation", "60000"}}), HasSubstr("limit"));
  EXPECT_THAT(impossible({{"layer", "transpose"}, {"input-size", "60000x2"}, {"stride", "60000"}}), HasSubstr("limit"));
  EXPECT_THAT(impossible({{"layer", "conv2d"}, {"input-size", "4096"}, {"kernel-size", "2000"}}),
              HasSubstr("products"));
}

TEST(Resolve, PicturesBecomeGreyOrThreeChannels) {
  const test::TemporaryFolder folder;
  const std::string path = (folder.path() / "blue.PNG").string();
  { std::ofstream(path) << "stand-in"; }
  const Job grey = made({{"layer", "conv2d"}, {"input-values", path}});
  EXPECT_EQ(grey.chain.only().input().size, (Cell{1, 3, 4}));
  EXPECT_EQ(grey.chain.only().input().values[0], 29);
  EXPECT_TRUE(grey.show.photo);
  EXPECT_FALSE(made({{"layer", "conv2d"}}).show.photo);
  const Job colour = made({{"layer", "conv2d"}, {"input-values", path}, {"in-channels", "3"}, {"input-size", "5x6"}});
  EXPECT_EQ(colour.chain.only().input().size, (Cell{1, 5, 6}));
  EXPECT_EQ(colour.chain.only().input().channels, 3);
  EXPECT_EQ(colour.chain.only().input().values[0], 0);
  EXPECT_EQ(colour.chain.only().input().values[60], 255);
  EXPECT_THAT(impossible({{"layer", "conv1d"}, {"input-values", path}}), HasSubstr("two axes"));
  EXPECT_THAT(impossible({{"layer", "conv2d"}, {"input-values", path}, {"in-channels", "2"}}), HasSubstr("1 channel"));
  EXPECT_THAT(impossible({{"layer", "conv2d"}, {"kernel-values", path}}), HasSubstr("cannot be a kernel"));
  EXPECT_THAT(impossible({{"layer", "conv2d"}, {"input-values", "absent.png"}}), HasSubstr("no such file"));
}

TEST(Resolve, BiasIsOneNumberOrOneAChannel) {
  EXPECT_EQ(made({{"layer", "conv2d"}, {"out-channels", "2"}, {"bias", "-1"}}).chain.only().bias(),
            (std::vector<double>{-1, -1}));
  EXPECT_EQ(made({{"layer", "conv2d"}, {"out-channels", "2"}, {"bias", "1 2"}}).chain.only().bias(),
            (std::vector<double>{1, 2}));
  EXPECT_EQ(made({{"layer", "conv2d"}, {"out-channels", "2"}, {"bias", "ramp"}}).chain.only().bias(),
            (std::vector<double>{1, 2}));
}

TEST(Resolve, SpeedDividesEveryTime) {
  const Show show = made({{"layer", "conv2d"}, {"speed", "2"}, {"hold-start", "1s"}, {"predict", "3s"}}).show;
  EXPECT_EQ(show.step, std::chrono::milliseconds(300));
  EXPECT_EQ(show.hold_start, std::chrono::milliseconds(500));
  EXPECT_EQ(show.hold_end, std::chrono::seconds(1));
  EXPECT_EQ(show.predict, std::chrono::milliseconds(1500));
}

TEST(Resolve, ShowIsPassedOn) {
  const Show show = made({{"layer", "conv2d"},
                          {"view", "slide+matrix"},
                          {"theme", "dark"},
                          {"numbers", "false"},
                          {"loop", "once"},
                          {"steps", "3..7"},
                          {"set", "a=b"},
                          {"layout", "plain"},
                          {"aa-levels", "8"}})
                        .show;
  EXPECT_EQ(show.views, (std::vector<std::string>{"slide", "matrix"}));
  EXPECT_EQ(show.theme, "dark");
  EXPECT_FALSE(show.numbers);
  EXPECT_EQ(show.loop, 1);
  EXPECT_EQ(show.steps, (StepRange{3, 7}));
  EXPECT_EQ(show.theme_overrides.size(), 1u);
  EXPECT_EQ(show.layout, Layout::plain);
  EXPECT_EQ(show.aa_levels, 8);
}

}  // namespace
}  // namespace convreel::job
