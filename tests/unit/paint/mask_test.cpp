#include <gtest/gtest.h>

#include <set>

#include "base/image.hpp"
#include "paint/painter.hpp"
#include "unit/paint/example_scenes.hpp"

namespace convreel::test {
namespace {

/// Distinct shades that one black letter on white leaves.
std::size_t shades(int levels) {
  paint::Raster raster = paint::raster_for({100, 100}, 1);
  raster.aa_levels = levels;
  paint::Painter painter(theme::load("print"), raster);
  const base::Image image(painter.paint(
      {{100, 100}, stratum({make("t", Form::text, Role::ink, {0, 0, 100, 100}, 90, {{"Sg8", Role::ink}})}), {}, {}}));
  return std::set<std::uint32_t>(image.pixels.begin(), image.pixels.end()).size();
}

TEST(Levels, BoundTheShadesOfText) {
  EXPECT_EQ(shades(2), 2U);
  EXPECT_LE(shades(16), 12U);
  EXPECT_GT(shades(16), 8U);
  EXPECT_GT(shades(256), 60U);
}

TEST(Levels, OutOfRangeIsClamped) {
  EXPECT_EQ(shades(-5), 2U);
  EXPECT_GT(shades(100000), 60U);
}

}  // namespace
}  // namespace convreel::test
