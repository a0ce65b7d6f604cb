// Vectors whose answer is known from elsewhere: d2l.ai, the convolution-arithmetic guide, PyTorch's and ONNX's threads,
// the article's ten animations; and the mistakes that published tools make.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "unit/numerics/make.hpp"

namespace convreel::test {
namespace {

using numerics::PaddingMode;
using numerics::Place;
using numerics::Sides;
using testing::DoubleNear;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pointwise;

constexpr double kInf = std::numeric_limits<double>::infinity();

std::vector<double> outputs(const Layer& layer, std::vector<double> x, std::vector<double> w = {},
                            std::vector<double> bias = {}) {
  return trace_of(layer, std::move(x), std::move(w), std::move(bias)).output().values;
}

std::int64_t side(const Layer& layer) { return geometry(layer).output[2]; }

TEST(Transposed, GivesTheNumbersOfD2l) {
  const std::vector<double> x{0, 1, 2, 3};
  EXPECT_THAT(outputs(square(LayerKind::conv_transpose, 2, 2), x, x), ElementsAre(0, 0, 1, 0, 4, 6, 4, 12, 9));
  EXPECT_THAT(outputs(square(LayerKind::conv_transpose, 2, 2, 2), x, x),
              ElementsAre(0, 0, 0, 1, 0, 0, 2, 3, 0, 2, 0, 3, 4, 6, 6, 9));
  EXPECT_THAT(outputs(square(LayerKind::conv_transpose, 2, 2, 1, 1), x, x), ElementsAre(4));
}

TEST(Convolution, UsesTheStrideInItsValues) {
  const std::vector<double> x{2, 2, 3, 3, 3, 0, 1, 3, 0, 3, 2, 3, 0, 1, 3, 3, 3, 2, 1, 2, 3, 3, 0, 2, 3};
  EXPECT_THAT(outputs(square(LayerKind::conv, 5, 3, 2, 1), x, {2, 0, 1, 1, 0, 0, 0, 1, 1}),
              ElementsAre(1, 5, 6, 7, 8, 3, 3, 10, 4));
}

TEST(Transposed, ComputesTheRowsOfOutputPadding) {
  EXPECT_THAT(outputs(square(LayerKind::conv_transpose, 1, 3, 2, 1, 1, 1), {2}, ramp(9), {10}),
              ElementsAre(20, 22, 26, 28));
}

struct ArticleRow {
  LayerKind kind;
  std::int64_t i, s, p, z, equivalent, padded, o, frames;
};

class Article : public testing::TestWithParam<ArticleRow> {};

TEST_P(Article, HasTheSizesOfItsAnimation) {
  const ArticleRow row = GetParam();
  const Trace trace = any_trace(square(row.kind, row.i, 3, row.s, row.p));
  EXPECT_EQ(trace.geometry().zeros_inserted[1], row.z);
  EXPECT_EQ(trace.geometry().equivalent_padding[1], (Sides{row.equivalent, row.equivalent}));
  EXPECT_EQ(trace.geometry().stretched, (Cell{1, row.padded, row.padded}));
  EXPECT_EQ(trace.geometry().output, (Cell{1, row.o, row.o}));
  EXPECT_EQ(trace.step_count(), row.frames);
}

constexpr LayerKind kC = LayerKind::conv, kT = LayerKind::conv_transpose;
INSTANTIATE_TEST_SUITE_P(
    Ten, Article,
    testing::Values(ArticleRow{kC, 5, 1, 0, 0, 0, 5, 3, 9}, ArticleRow{kC, 5, 1, 1, 0, 1, 7, 5, 25},
                    ArticleRow{kC, 5, 2, 0, 0, 0, 5, 2, 4}, ArticleRow{kC, 5, 2, 1, 0, 1, 7, 3, 9},
                    ArticleRow{kC, 5, 2, 3, 0, 3, 11, 5, 25}, ArticleRow{kC, 5, 3, 2, 0, 2, 9, 3, 9},
                    ArticleRow{kT, 3, 1, 0, 0, 2, 7, 5, 25}, ArticleRow{kT, 5, 1, 1, 0, 1, 7, 5, 25},
                    ArticleRow{kT, 2, 2, 0, 1, 2, 7, 5, 25}, ArticleRow{kT, 3, 2, 1, 1, 1, 7, 5, 25}));

TEST(RoundTrip, NeedsTheRemainderAsOutputPadding) {
  const Layer conv = square(LayerKind::conv, 6, 3, 2, 1);
  EXPECT_EQ(remainder(conv, 2), 1);
  EXPECT_EQ(side(square(LayerKind::conv_transpose, side(conv), 3, 2, 1)), 5);
  EXPECT_EQ(side(square(LayerKind::conv_transpose, side(conv), 3, 2, 1, 1, 1)), 6);
  // d2l.ai says the shape always comes back; its own k5 p2 s3 gives 16 for 16, 17 and 18.
  for (std::int64_t i : {16, 17, 18}) {
    const std::int64_t o = side(square(LayerKind::conv, i, 5, 3, 2));
    EXPECT_EQ(side(square(LayerKind::conv_transpose, o, 5, 3, 2)), 16);
  }
  EXPECT_THAT(inputs_with_same_output(square(LayerKind::conv, 17, 5, 3, 2), 2), ElementsAre(16, 17, 18));
}

TEST(Convolution, FloorsInsteadOfRefusingOrTruncating) {
  EXPECT_EQ(side(square(LayerKind::conv, 6, 3, 2)), 2);
  EXPECT_FALSE(check(square(LayerKind::conv, 2, 3, 2)).empty());  // -1/2 is no output
  // floor((5 + 2·3 − 3) / 2) + 1, not floor((5 − 3) / 2 + 2·3)
  EXPECT_EQ(side(square(LayerKind::conv, 5, 3, 2, 3)), 5);
}

TEST(Unread, IsExactAtTheEndAndInside) {
  const auto columns = [](const Layer& layer) {
    std::vector<std::int64_t> found;
    for (const Place& place : any_trace(layer).unread()) found.push_back(place.cell[2]);
    return found;
  };
  EXPECT_THAT(columns(strip(LayerKind::conv, 6, 3, 2, 1)), IsEmpty());
  EXPECT_THAT(columns(strip(LayerKind::conv, 6, 3, 2)), ElementsAre(5));
  EXPECT_THAT(columns(strip(LayerKind::conv, 8, 2, 3)), ElementsAre(2, 5));
  EXPECT_THAT(columns(strip(LayerKind::conv, 9, 2, 2, 0, 2)), ElementsAre(1, 3, 5, 7));
}

TEST(SamePadding, SplitsAsEachFrameworkDoes) {
  EXPECT_EQ(numerics::same_padding(4, 1), (Sides{1, 2}));
  EXPECT_EQ(numerics::same_padding(3, 2), (Sides{2, 2}));
  EXPECT_EQ(numerics::same_padding_strided(224, 7, 2, 1, false), (Sides{2, 3}));
  EXPECT_EQ(numerics::same_padding_strided(224, 7, 2, 1, true), (Sides{3, 2}));
  EXPECT_EQ(numerics::same_padding_strided(6, 3, 2, 1, false), (Sides{0, 1}));
  EXPECT_EQ(numerics::same_padding_strided(5, 3, 2, 1, false), (Sides{1, 1}));
  EXPECT_EQ(numerics::same_padding_strided(5, 1, 3, 1, false), (Sides{0, 0}));
  for (std::int64_t i = 1; i < 30; ++i)
    for (std::int64_t k = 1; k < 6; ++k)
      for (std::int64_t s = 1; s < 5; ++s) {
        Layer layer = strip(LayerKind::conv, i, k, s);
        layer.padding[2] = numerics::same_padding_strided(i, k, s, 1, false);
        EXPECT_EQ(side(layer), (i + s - 1) / s) << i << ' ' << k << ' ' << s;
      }
}

TEST(SamePadding, CropsATransposedLayerToInputTimesStride) {
  const auto crop = [](std::int64_t k, std::int64_t s) { return numerics::same_padding_transposed(k, s, 1, false); };
  EXPECT_EQ(crop(3, 2).crop, (Sides{0, 1}));
  EXPECT_EQ(crop(5, 2).crop, (Sides{1, 2}));
  EXPECT_EQ(crop(4, 2).crop, (Sides{1, 1}));
  EXPECT_EQ(numerics::same_padding_transposed(3, 2, 1, true).crop, (Sides{1, 0}));
  EXPECT_EQ(crop(2, 5).output_padding, 3);
  for (std::int64_t k = 1; k < 6; ++k)
    for (std::int64_t s = 1; s < 5; ++s) {
      Layer layer = strip(LayerKind::conv_transpose, 4, k, s);
      layer.padding[2] = crop(k, s).crop;
      layer.output_padding[2] = crop(k, s).output_padding;
      EXPECT_EQ(side(layer), 4 * s) << k << ' ' << s;
    }
}

TEST(Transposed, KeepsTheFirstCellsWhenOnlyTheEndIsCropped) {
  // Keras's torch backend once shifted this by one cell.
  Layer layer = strip(LayerKind::conv_transpose, 2, 3, 2);
  layer.padding[2] = {0, 1};
  EXPECT_THAT(outputs(layer, {1, 10}, {1, 2, 3}), ElementsAre(1, 2, 13, 20));
}

TEST(Transposed, CropsItsOutputAndDoesNotPadItsInput) {
  EXPECT_THAT(outputs(strip(LayerKind::conv_transpose, 2, 3, 1, 1), {1, 10}, {1, 2, 3}), ElementsAre(12, 23));
  // p > ke − 1: inputs fall away
  EXPECT_THAT(outputs(strip(LayerKind::conv_transpose, 5, 1, 1, 2), ramp(5), {3}), ElementsAre(9));
  EXPECT_THAT(outputs(strip(LayerKind::conv_transpose, 3, 1, 2, 1), ramp(3), {5}, {7}), ElementsAre(7, 17, 7));
}

TEST(Transposed, CountsOverlaps) {
  const auto middle = [](std::int64_t k) {
    const auto counts = any_trace(strip(LayerKind::conv_transpose, 5, k, 2)).overlap_before_crop().values;
    return std::vector<double>(counts.begin() + 4, counts.begin() + 8);
  };
  EXPECT_THAT(middle(3), ElementsAre(2, 1, 2, 1));
  EXPECT_THAT(middle(4), ElementsAre(2, 2, 2, 2));
  // k2 s2 makes no checkerboard
  EXPECT_THAT(middle(2), ElementsAre(1, 1, 1, 1));
  EXPECT_EQ(any_trace(square(LayerKind::conv_transpose, 5, 3, 2)).overlap().at({0, {0, 4, 4}}), 4);
  EXPECT_THAT(any_trace(strip(LayerKind::conv_transpose, 3, 2, 3)).overlap().values,
              ElementsAre(1, 1, 0, 1, 1, 0, 1, 1));
}

TEST(Transposed, HolesAreBiasOnly) {
  EXPECT_THAT(outputs(strip(LayerKind::conv_transpose, 2, 1, 3), {1, 2}, {5}, {7}), ElementsAre(12, 7, 7, 17));
  EXPECT_THAT(trace_of(strip(LayerKind::conv_transpose, 2, 1, 3), {1, 2}, {5}, {7}).step(1).terms, IsEmpty());
}

TEST(Transposed, TakesOutputPaddingBelowStrideOrDilation) {
  EXPECT_THAT(check(strip(LayerKind::conv_transpose, 5, 2, 1, 0, 3, 2)), IsEmpty());
  EXPECT_FALSE(check(strip(LayerKind::conv_transpose, 5, 2, 1, 0, 3, 3)).empty());
  EXPECT_THAT(legal_output_paddings(strip(LayerKind::conv_transpose, 5, 2, 1, 0, 3), 2), ElementsAre(0, 1, 2));
}

TEST(Kernel, IsTurnedOnlyWhenAsked) {
  Layer layer = strip(LayerKind::conv, 3, 2);
  EXPECT_THAT(outputs(layer, {1, 2, 3}, {1, 10}), ElementsAre(21, 32));
  layer.flip_kernel = true;
  EXPECT_THAT(outputs(layer, {1, 2, 3}, {1, 10}), ElementsAre(12, 23));
  EXPECT_EQ(trace_of(layer, {1, 2, 3}, {1, 10}).step(0).terms[0].tap, (Cell{0, 0, 1}));
  Layer transposed = strip(LayerKind::conv_transpose, 1, 2);
  EXPECT_THAT(outputs(transposed, {1}, {1, 10}), ElementsAre(1, 10));
  transposed.flip_kernel = true;
  EXPECT_THAT(outputs(transposed, {1}, {1, 10}), ElementsAre(10, 1));
}

TEST(PaddingModes, LookWherePyTorchLooks) {
  const auto padded = [](PaddingMode mode) {
    Layer layer = strip(LayerKind::conv, 4, 1, 1, 3);
    layer.padding_mode = mode;
    return outputs(layer, {1, 2, 3, 4}, {1});
  };
  EXPECT_THAT(padded(PaddingMode::reflect), ElementsAre(4, 3, 2, 1, 2, 3, 4, 3, 2, 1));
  EXPECT_THAT(padded(PaddingMode::replicate), ElementsAre(1, 1, 1, 1, 2, 3, 4, 4, 4, 4));
  EXPECT_THAT(padded(PaddingMode::circular), ElementsAre(2, 3, 4, 1, 2, 3, 4, 1, 2, 3));
  EXPECT_THAT(padded(PaddingMode::zeros), ElementsAre(0, 0, 0, 1, 2, 3, 4, 0, 0, 0));
}

TEST(PaddingModes, HaveTheirLimits) {
  const auto legal = [](PaddingMode mode, std::int64_t i, std::int64_t p) {
    Layer layer = strip(LayerKind::conv, i, 1, 1, p);
    layer.padding_mode = mode;
    return check(layer).empty();
  };
  EXPECT_TRUE(legal(PaddingMode::reflect, 3, 2));
  EXPECT_FALSE(legal(PaddingMode::reflect, 3, 3));
  EXPECT_FALSE(legal(PaddingMode::reflect, 1, 1));
  EXPECT_TRUE(legal(PaddingMode::circular, 3, 3));
  EXPECT_FALSE(legal(PaddingMode::circular, 3, 4));
  EXPECT_TRUE(legal(PaddingMode::replicate, 1, 9));
}

TEST(Padding, BeforeMovesTheValuesAfterDoesNot) {
  Layer layer = strip(LayerKind::conv, 3, 2);
  layer.padding[2] = {1, 0};  // causal
  EXPECT_THAT(outputs(layer, {1, 2, 3}, {1, 10}), ElementsAre(10, 21, 32));
  layer.padding[2] = {0, 1};
  EXPECT_THAT(outputs(layer, {1, 2, 3}, {1, 10}), ElementsAre(21, 32, 3));
}

TEST(Padding, OfAOneByOneKernelLeavesTheBiasAtTheBorder) {
  EXPECT_THAT(outputs(strip(LayerKind::conv, 3, 1, 2, 1), {1, 2, 3}, {5}, {7}), ElementsAre(7, 17, 7));
}

TEST(MaxPool, NeverTakesThePadding) {
  const Trace trace = trace_of(strip(LayerKind::max_pool, 2, 2, 2, 1), {-5, -3});
  EXPECT_THAT(trace.output().values, ElementsAre(-5, -3));
  EXPECT_EQ(trace.step(0).terms[0].x, -kInf);
  EXPECT_EQ(trace.step(0).winner, 1u);
}

TEST(MaxPool, TakesTheFirstOfEqualsAndNaN) {
  EXPECT_EQ(trace_of(strip(LayerKind::max_pool, 3, 3), {1, 4, 4}).step(0).winner, 1u);
  const Trace trace = trace_of(strip(LayerKind::max_pool, 3, 3), {1, std::nan(""), 9});
  EXPECT_TRUE(std::isnan(trace.output().values[0]));
  EXPECT_EQ(trace.step(0).winner, 1u);
  EXPECT_EQ(trace_of(strip(LayerKind::max_pool, 2, 2, 2, 1), {-kInf, 1}).step(0).winner, 1u);
}

TEST(MaxPool, ComparesThePaddingWithTheDilatedKernel) {
  EXPECT_TRUE(check(strip(LayerKind::max_pool, 9, 3, 1, 3, 3)).empty());
  EXPECT_THAT(check(strip(LayerKind::max_pool, 9, 3, 1, 4, 3)).at(0).message,
              testing::HasSubstr("padding 4 is more than half of the dilated kernel's size 7"));
  EXPECT_FALSE(check(strip(LayerKind::max_pool, 9, 3, 1, 2, 1)).empty());
}

TEST(CeilMode, DropsAWindowThatBeginsInThePaddingAtTheEnd) {
  Layer layer = strip(LayerKind::max_pool, 2, 1, 2);
  layer.ceil_mode = true;
  EXPECT_EQ(side(layer), 1);
}

TEST(AveragePool, DividesByWhatItCounts) {
  const auto pooled = [](std::vector<double> x, std::int64_t k, std::int64_t s, std::int64_t p, bool ceil, bool count) {
    Layer layer = strip(LayerKind::avg_pool, static_cast<std::int64_t>(x.size()), k, s, p);
    layer.ceil_mode = ceil;
    layer.count_include_pad = count;
    return outputs(layer, x);
  };
  EXPECT_THAT(pooled(ramp(5), 2, 2, 0, true, true), ElementsAre(1.5, 3.5, 5));
  EXPECT_THAT(pooled(ramp(3), 3, 2, 1, false, true), Pointwise(DoubleNear(1e-12), {1.0, 5.0 / 3}));
  EXPECT_THAT(pooled(ramp(3), 3, 2, 1, false, false), ElementsAre(1.5, 2.5));
  EXPECT_THAT(pooled(ramp(6), 3, 2, 1, true, true), ElementsAre(1, 3, 5, 3));
  EXPECT_THAT(pooled(ramp(6), 3, 2, 1, true, false), ElementsAre(1.5, 3, 5, 6));
}

TEST(AveragePool, TakesADivisorInstead) {
  Layer layer = strip(LayerKind::avg_pool, 4, 2, 2);
  layer.divisor_override = 4;
  layer.count_include_pad = false;
  EXPECT_THAT(outputs(layer, ramp(4)), ElementsAre(0.75, 1.75));
}

TEST(Groups, ReadOnlyTheirOwnChannels) {
  Layer layer = strip(LayerKind::conv, 1, 1);
  layer.in_channels = 4;
  layer.out_channels = 2;
  layer.groups = 2;
  EXPECT_THAT(outputs(layer, {1, 2, 3, 4}, {1, 10, 1, 10}), ElementsAre(21, 43));
  layer.kind = LayerKind::conv_transpose;  // [C_in, C_out/g, ...]
  EXPECT_THAT(outputs(layer, {1, 2, 3, 4}, {1, 10, 100, 1000}), ElementsAre(21, 4300));
}

TEST(Groups, OfOneChannelAreDepthwise) {
  Layer layer = strip(LayerKind::conv, 1, 1);
  layer.in_channels = layer.groups = 2;
  layer.out_channels = 4;
  EXPECT_THAT(outputs(layer, {1, 2}, {1, 2, 3, 4}), ElementsAre(1, 2, 6, 8));
  EXPECT_EQ(numerics::channels_read(layer, 3).first, 1);
}

TEST(Counts, OfParametersAndMultiplications) {
  Layer layer = square(LayerKind::conv, 5, 3);
  layer.in_channels = 4;
  layer.out_channels = 6;
  layer.groups = 2;
  EXPECT_EQ(parameter_count(layer, true), 6 * 2 * 9 + 6);
  EXPECT_EQ(product_count(layer), 9 * 6 * 2 * 9);
  layer.kind = LayerKind::conv_transpose;
  EXPECT_EQ(parameter_count(layer, false), 4 * 3 * 9);
  EXPECT_EQ(product_count(layer), 25 * 4 * 3 * 9);
}

TEST(Values, NaNAndInfinityShow) {
  const auto y = outputs(strip(LayerKind::conv, 3, 1), {1, std::nan(""), kInf}, {2});
  EXPECT_EQ(y[0], 2);
  EXPECT_TRUE(std::isnan(y[1]));
  EXPECT_EQ(y[2], kInf);
  // zero padding times an infinite weight is NaN, in the output as in the step
  const Trace trace = trace_of(strip(LayerKind::conv, 1, 2, 1, 1), {1}, {kInf, 1});
  EXPECT_TRUE(std::isnan(trace.output().values[0]));
  EXPECT_TRUE(std::isnan(trace.step(0).sum));
}

}  // namespace
}  // namespace convreel::test
