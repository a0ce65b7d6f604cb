#include "views/parts/grid.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "support/scenes.hpp"

namespace convreel::views {
namespace {

const test::PlainRuler kRuler;

TEST(Figures, ShortNumbersStayDownToTheSmallestCell) {
  const Figures digits({1, 2, 9}, true, kRuler);
  EXPECT_FALSE(digits.ramp(kSmallestNumberedCell));
  EXPECT_GE(digits.at(kSmallestNumberedCell).font(), kSmallestNumberFont);
  EXPECT_TRUE(digits.ramp(kSmallestNumberedCell - 1));
}

TEST(Figures, NumbersTooSmallToReadGiveWayToARamp) {
  const Figures wide({-12345, 3}, true, kRuler);
  for (double cell = 4; cell <= 60; ++cell) {
    const Numbers numbers = wide.at(cell);
    EXPECT_NE(numbers.shown(), numbers.ramp()) << cell;
    if (numbers.shown()) {
      EXPECT_GE(numbers.font(), kSmallestNumberFont) << cell;
      EXPECT_LE(kRuler.width(numbers.text(-12345), numbers.font(), scene::Weight::medium, false), cell) << cell;
    }
  }
  EXPECT_TRUE(wide.ramp(22));
  EXPECT_FALSE(wide.ramp(46));
}

TEST(Figures, NumbersStayOffTheBordersOfLargeCells) {
  const Figures fractions({0.0625, 0.25}, true, kRuler);
  for (const double cell : {40.0, kLargestCell})
    EXPECT_LE(kRuler.width("1/16", fractions.at(cell).font(), scene::Weight::bold, false), 0.8 * cell);
}

TEST(Figures, ARampRunsFromTheLowestToTheHighestFiniteValue) {
  const double infinity = std::numeric_limits<double>::infinity();
  const Numbers numbers = Figures({4, -2, infinity, std::nan("")}, true, kRuler).at(8);
  EXPECT_EQ(numbers.low(), -2);
  EXPECT_EQ(numbers.high(), 4);
  EXPECT_EQ(numbers.role(4, scene::Role::output_done), scene::Role::heat7);
  EXPECT_EQ(numbers.role(infinity, scene::Role::input), scene::Role::input);
}

TEST(Figures, ARampKeepsTheHueOfItsGrid) {
  const Numbers numbers = Figures({0, 1, 3}, true, kRuler).at(8);
  EXPECT_EQ(scene::name(numbers.role(3, scene::Role::input)), "input-shade15");
  EXPECT_EQ(scene::name(numbers.role(0, scene::Role::kernel)), "kernel-shade0");
  EXPECT_EQ(scene::name(numbers.role(3, scene::Role::group2)), "group2-shade15");
}

TEST(Figures, ARampWithNegativeValuesPartsAtZero) {
  const Numbers numbers = Figures({-4, 0, 2}, true, kRuler).at(8);
  EXPECT_EQ(scene::name(numbers.role(-4, scene::Role::input)), "below-shade15");
  EXPECT_EQ(scene::name(numbers.role(-1, scene::Role::input)), "below-shade4");
  EXPECT_EQ(scene::name(numbers.role(0, scene::Role::input)), "input-shade0");
  EXPECT_EQ(scene::name(numbers.role(2, scene::Role::input)), "input-shade8");
}

TEST(Figures, APhotoIsLight) {
  const Numbers photo = Figures({0, 128, 255}, true, kRuler, true).at(8);
  EXPECT_EQ(scene::name(photo.role(255, scene::Role::input)), "grey-shade15");
  EXPECT_EQ(scene::name(photo.role(0, scene::Role::output_done)), "grey-shade0");
  EXPECT_EQ(scene::name(photo.role(255, scene::Role::group1)), "green-shade15");
  const Numbers edges = Figures({-255, 255}, true, kRuler, true).at(8);
  EXPECT_EQ(scene::name(edges.role(-255, scene::Role::output_done)), "below-shade15");
}

TEST(Figures, NobodyWhoWantsNoNumbersGetsARamp) {
  const Figures none({1, 2}, false, kRuler);
  EXPECT_FALSE(none.ramp(4));
  EXPECT_FALSE(none.at(40).shown());
  EXPECT_EQ(none.at(4).role(2, scene::Role::output_done), scene::Role::output_done);
}

}  // namespace
}  // namespace convreel::views
