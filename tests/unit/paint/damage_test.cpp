#include "paint/damage.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>

namespace convreel::test {
namespace {

using base::PixelRect;

bool holds(const PixelRect& outer, const PixelRect& inner) { return base::intersected(outer, inner) == inner; }

TEST(Merged, JoinsNeighboursAndKeepsFarOnesApart) {
  EXPECT_EQ(paint::merged({{0, 0, 20, 20}, {22, 0, 20, 20}, {500, 300, 20, 20}}),
            (std::vector<PixelRect>{{0, 0, 42, 20}, {500, 300, 20, 20}}));
  EXPECT_TRUE(paint::merged({}).empty());
}

TEST(Merged, FewBoxesCoverAll) {
  rc::check([] {
    std::vector<PixelRect> boxes;
    for (int i = *rc::gen::inRange(0, 60); i > 0; --i)
      boxes.push_back(
          {*rc::gen::inRange(0, 900), *rc::gen::inRange(0, 500), *rc::gen::inRange(1, 80), *rc::gen::inRange(1, 80)});
    const auto few = paint::merged(boxes);
    RC_ASSERT(few.size() <= 8U);
    for (const PixelRect& box : boxes)
      RC_ASSERT(std::any_of(few.begin(), few.end(), [&](const PixelRect& outer) { return holds(outer, box); }));
  });
}

}  // namespace
}  // namespace convreel::test
