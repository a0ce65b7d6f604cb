#include "views/reel/wording.hpp"

#include <gtest/gtest.h>

namespace convreel::views {
namespace {

using numerics::Layer;
using numerics::LayerKind;

std::string title_of(const Layer& a, const Layer& b, job::Layout layout = job::Layout::full) {
  return comparison_title({&a, &b}, layout);
}

TEST(ComparisonTitle, NamesWhatAllAre) {
  const Layer conv;
  Layer strided;
  strided.stride = {1, 2, 2};
  EXPECT_EQ(title_of(conv, strided), "Convolution");
  Layer colour;
  colour.in_channels = 3;
  EXPECT_EQ(title_of(colour, colour), "Convolution, 3 channels");
  EXPECT_EQ(title_of(colour, conv), "Convolution") << "the channels of one are not the other's";
}

TEST(ComparisonTitle, NamesEachKindOnce) {
  const Layer conv;
  Layer pool;
  pool.kind = LayerKind::max_pool;
  Layer transposed;
  transposed.kind = LayerKind::conv_transpose;
  EXPECT_EQ(title_of(conv, pool), "Convolution and max pooling");
  EXPECT_EQ(comparison_title({&pool, &conv, &pool, &transposed}, job::Layout::full),
            "Max pooling, convolution and transposed convolution");
}

TEST(ComparisonTitle, KeepsTheArticlesHeadingWhereAllShareIt) {
  const Layer conv;
  EXPECT_EQ(title_of(conv, conv, job::Layout::article), "Type: conv - Stride: 1 Padding: 0");
  Layer pool;
  pool.kind = LayerKind::max_pool;
  EXPECT_EQ(title_of(conv, pool, job::Layout::article), "Convolution and max pooling");
}

}  // namespace
}  // namespace convreel::views
