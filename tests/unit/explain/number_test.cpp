#include "explain/number.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace convreel::test {
namespace {

using explain::grid_numbers;
using explain::number;
using explain::operand;
using explain::shown_exactly;

constexpr double kInf = std::numeric_limits<double>::infinity();

TEST(Number, IsWrittenForPeople) {
  EXPECT_EQ(number(3), "3");
  EXPECT_EQ(number(-2), "−2");
  EXPECT_EQ(number(-0.0), "0");
  EXPECT_EQ(number(1.50), "1.5");
  EXPECT_EQ(number(5.0 / 3), "1.67");
  EXPECT_EQ(number(100), "100");
  EXPECT_EQ(number(std::nan("")), "NaN");
  EXPECT_EQ(number(kInf), "∞");
  EXPECT_EQ(number(-kInf), "−∞");
  EXPECT_EQ(number(-1.25e300), "−1.25e300");
  EXPECT_EQ(number(1e20), "1e20");
}

TEST(Number, IsAFractionWhereDecimalsWouldRoundOne) {
  EXPECT_EQ(number(1.0 / 9), "1/9");
  EXPECT_EQ(number(-3.0 / 16), "−3/16");
  EXPECT_EQ(number(0.25), "0.25");
  EXPECT_EQ(number(0.12345), "0.12");
  EXPECT_TRUE(shown_exactly(1.0 / 9));
  EXPECT_EQ(number(0.0625, {.decimals = 4}), "0.0625");
}

TEST(Number, ReadsAsZeroOnlyWhenItIs) {
  EXPECT_EQ(number(-0.001), "−1e−3");
  EXPECT_EQ(number(1.25e-10), "1.25e−10");
  EXPECT_EQ(number(0.1 + 0.2 - 0.3), "0") << "what adding doubles leaves";
  EXPECT_EQ(number(0.3 - 0.1 - 0.2), "0") << "never -0";
  EXPECT_FALSE(shown_exactly(0.1 + 0.2 - 0.3));
  EXPECT_TRUE(shown_exactly(-0.001));
}

TEST(Number, StandsInParenthesesBehindAnOperatorWhenNegative) {
  EXPECT_EQ(operand(-2), "(−2)");
  EXPECT_EQ(operand(2), "2");
  EXPECT_EQ(operand(-0.0), "0");
}

TEST(Number, KnowsWhenDigitsAreMissing) {
  EXPECT_TRUE(shown_exactly(1.25));
  EXPECT_FALSE(shown_exactly(1.251));
  EXPECT_TRUE(shown_exactly(1e15));
  EXPECT_FALSE(shown_exactly(1e15 + 8e12));
  EXPECT_FALSE(shown_exactly(5.0 / 3));
  EXPECT_TRUE(shown_exactly(-kInf));
  EXPECT_TRUE(shown_exactly(std::nan("")));
}

TEST(GridNumbers, ShareTheMostDecimals) {
  const auto style = grid_numbers({0.5, 1.25, 2, 0, 0.1234567});
  EXPECT_EQ(number(0.5, style), "0.5");
  EXPECT_EQ(number(1.25, style), "1.25");
  EXPECT_EQ(number(2, style), "2");
  EXPECT_EQ(number(0, style), "0");
  EXPECT_EQ(number(0.1234567, style), "0.12");
  EXPECT_EQ(grid_numbers({1, -2, 3, kInf, std::nan("")}).decimals, 0);
  EXPECT_EQ(grid_numbers({1, 0.5}).decimals, 1);
  EXPECT_EQ(grid_numbers({1, 5.0 / 3}).decimals, 2);
}

TEST(GridNumbers, AreFractionsWhereAllCanBe) {
  const auto kernel = grid_numbers({1.0 / 16, 0.125, 0.25, 1});
  EXPECT_EQ(number(1.0 / 16, kernel), "1/16");
  EXPECT_EQ(number(1, kernel), "1");
  EXPECT_EQ(number(0.25, kernel), "1/4");
  EXPECT_EQ(number(1.0 / 9, grid_numbers({1.0 / 9, 0.1234567})), "0.11");
}

TEST(GridNumbers, KeepLargeAndSmallOnesShort) {
  EXPECT_EQ(number(1e8, grid_numbers({1e8, 1})), "1e8");
  EXPECT_EQ(number(1, grid_numbers({1e8, 1})), "1");
  EXPECT_EQ(number(2e-5, grid_numbers({1e-5, 2e-5})), "2e−5");
  EXPECT_EQ(number(0, grid_numbers({0, 0})), "0");
}

}  // namespace
}  // namespace convreel::test
