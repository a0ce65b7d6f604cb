#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/numerics/make.hpp"

namespace convreel::test {
namespace {

using base::Problem;
using numerics::PaddingMode;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

TEST(Check, NamesSpanInputAndRemedies) {
  Layer layer = square(LayerKind::conv, 9, 5, 1, 0, 3);
  EXPECT_THAT(check(layer),
              ElementsAre(Problem{"kernel 5 with dilation 3 spans 13 cells, but the input has 9",
                                  "pad by 2 more, use --dilation 2, use --kernel-size 3, or an input of 13"}));
  layer.input[1] = 20;
  EXPECT_THAT(check(layer).at(0).message, HasSubstr("columns: kernel 5"));
}

TEST(Check, RemediesWork) {
  EXPECT_THAT(check(square(LayerKind::conv, 9, 5, 1, 2, 3)), IsEmpty());
  EXPECT_THAT(check(square(LayerKind::conv, 9, 5, 1, 0, 2)), IsEmpty());
  EXPECT_THAT(check(square(LayerKind::conv, 9, 3, 1, 0, 3)), IsEmpty());
  EXPECT_THAT(check(square(LayerKind::conv, 13, 5, 1, 0, 3)), IsEmpty());
}

TEST(Check, SaysHowMuchACropMayTake) {
  const auto problems = check(square(LayerKind::conv_transpose, 1, 3, 3, 2));
  ASSERT_THAT(problems, SizeIs(1));
  EXPECT_EQ(problems[0].message, "the output size (1 - 1)·3 + 3 - 2·2 = -1 is below 1");
  EXPECT_EQ(problems[0].hint, "use padding at most 1, or an input of 2 or more");
  EXPECT_THAT(check(square(LayerKind::conv_transpose, 1, 3, 3, 1)), IsEmpty());
  EXPECT_THAT(check(square(LayerKind::conv_transpose, 2, 3, 3, 2)), IsEmpty());
}

TEST(Check, ReportsEverythingTogether) {
  Layer layer = square(LayerKind::conv, 2, 3, 1, 2);
  layer.stride[1] = 0;
  layer.padding_mode = PaddingMode::reflect;
  layer.in_channels = 4;
  layer.out_channels = 8;
  layer.groups = 3;
  layer.ceil_mode = true;
  const auto problems = check(layer);
  ASSERT_THAT(problems, SizeIs(4));
  EXPECT_EQ(problems[0].message, "rows: stride 0 is below 1");
  EXPECT_EQ(problems[1].message, "columns: reflect padding 2 must be less than the input size 2");
  EXPECT_EQ(problems[2].message, "ceil mode does not apply to conv");
  EXPECT_EQ(problems[3].message, "groups 3 does not divide the 4 input channels and the 8 output channels");
  EXPECT_EQ(problems[3].hint, "use --groups 2 or 4");
  EXPECT_THROW((void)geometry(layer), base::Error);
}

TEST(Check, RefusesSettingsOfOtherLayers) {
  Layer pool = square(LayerKind::avg_pool, 5, 2);
  pool.dilation[1] = 2;
  pool.groups = 2;
  pool.out_channels = 3;
  pool.divisor_override = 0;
  pool.flip_kernel = true;
  pool.padding_mode = PaddingMode::circular;
  EXPECT_THAT(check(pool), SizeIs(6));
  Layer conv = square(LayerKind::conv, 5, 3);
  conv.output_padding[1] = 1;
  conv.count_include_pad = false;
  conv.divisor_override = 2;
  EXPECT_THAT(check(conv), SizeIs(3));
  conv = square(LayerKind::conv, 5, 3);
  conv.dims = 1;
  EXPECT_THAT(check(conv),
              ElementsAre(Problem{"a 1-D layer has no rows, but sizes are given along it", "use a 2-D layer"}));
  conv.dims = 4;
  EXPECT_THAT(check(conv), SizeIs(1));
}

TEST(Check, BoundsNumbersAndMaps) {
  const std::int64_t most = (std::int64_t{1} << 31) - 1;
  EXPECT_THAT(check(strip(LayerKind::conv, most + 1, 3)), SizeIs(1));
  EXPECT_THAT(check(square(LayerKind::conv, most, 3)).at(0).message, HasSubstr("the input would have"));
  EXPECT_THAT(check(strip(LayerKind::conv_transpose, most, 3, most)).at(0).message, HasSubstr("the output would have"));
  EXPECT_THAT(check(strip(LayerKind::conv, most, 3)), IsEmpty());
}

TEST(Trace, RefusesTensorsOfOtherShapes) {
  const Layer layer = square(LayerKind::conv, 3, 2);
  try {
    Trace(layer, Map(1, {1, 3, 4}), numerics::Kernel(2, 1, {1, 2, 2}), {1, 2, 3});
    FAIL();
  } catch (const base::Error& error) {
    EXPECT_EQ(error.kind(), base::ErrorKind::impossible);
    ASSERT_THAT(error.problems(), SizeIs(3));
    EXPECT_EQ(error.problems()[0].message, "the input has shape [1, 3, 4] (12 values), but the layer takes [1, 3, 3]");
    EXPECT_EQ(error.problems()[2].message, "the bias has 3 values, but the layer has 1 output channels");
  }
  EXPECT_THROW((void)any_trace(layer).step(4), base::Error);
  EXPECT_THROW((void)any_trace(layer).step(-1), base::Error);
}

}  // namespace
}  // namespace convreel::test
