// Whatever way a painter came to a scene, the pixels are those of painting it from nothing.
#include "paint/painter.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <set>
#include <vector>

#include "base/error.hpp"
#include "unit/paint/example_scenes.hpp"

namespace convreel::test {
namespace {

using base::Image;
using base::PixelRect;
using paint::Painter;
using paint::Raster;

Image fresh(const Scene& scene, const theme::Theme& theme, const Raster& raster) {
  Painter painter(theme, raster);
  return Image(painter.paint(scene));
}

bool inside(const std::vector<PixelRect>& boxes, int x, int y) {
  return std::any_of(boxes.begin(), boxes.end(), [&](const PixelRect& b) {
    return x >= b.x && y >= b.y && x < b.x + b.width && y < b.y + b.height;
  });
}

/// Pixels that differ although no box says so.
int silent_changes(const Image& a, const Image& b, const std::vector<PixelRect>& boxes) {
  int count = 0;
  for (int y = 0; y < a.height; ++y)
    for (int x = 0; x < a.width; ++x)
      if (a.view().row(y)[x] != b.view().row(y)[x] && !inside(boxes, x, y)) ++count;
  return count;
}

std::int64_t area(const std::vector<PixelRect>& boxes) {
  std::int64_t sum = 0;
  for (const PixelRect& box : boxes) sum += std::int64_t{box.width} * box.height;
  return sum;
}

Item random_item(int number) {
  const auto n = [](int from, int to) { return *rc::gen::inRange(from, to); };
  Item item = make("i" + std::to_string(number), static_cast<Form>(n(0, 9)), static_cast<Role>(n(0, scene::kRoleCount)),
                   {n(-20, 110) + 0.25 * n(0, 4), n(-20, 80) + 0.3 * n(0, 3), 1.0 * n(0, 60), 1.0 * n(0, 50)});
  static const char* const kTexts[] = {"",         "7",     "−12.5", "ключ", "a long caption that does not fit",
                                       "\xff\xfe", "ab\ncd"};
  item.font = n(0, 3) * 7.5;
  for (int i = n(0, 3); i > 0; --i)
    item.text.push_back({kTexts[n(0, 7)], static_cast<Role>(n(0, scene::kRoleCount)), static_cast<Weight>(n(0, 3))});
  item.align = static_cast<Align>(n(0, 3));
  item.corner = n(0, 2), item.veiled = n(0, 2), item.dashed = n(0, 2), item.arrow = n(0, 2),
  item.heading = n(0, 4) == 0;
  item.opacity = n(0, 3) ? 1 : 0.25 * n(0, 5);
  item.stroke = n(0, 4) * 0.8;
  for (int i = n(0, 5); i > 0; --i) item.points.push_back({1.0 * n(-10, 130), 0.7 * n(-10, 130)});
  return item;
}

Items random_items(int most) {
  Items items;
  for (int i = *rc::gen::inRange(0, most + 1); i > 0; --i) items.push_back(random_item(i));
  return items;
}

Raster random_raster() {
  Raster raster;
  raster.width = 2 * *rc::gen::inRange(20, 90), raster.height = 2 * *rc::gen::inRange(20, 70);
  raster.scale = 0.5 + 0.17 * *rc::gen::inRange(0, 10);
  raster.offset_x = *rc::gen::inRange(0, 10), raster.offset_y = *rc::gen::inRange(0, 10);
  raster.transparent = *rc::gen::inRange(0, 2);
  raster.aa_levels = *rc::gen::inRange(2, 257);
  return raster;
}

TEST(Painter, RandomScenesInAnyOrderEqualFreshOnes) {
  const auto theme = theme::load("light");
  rc::check([&] {
    const Raster raster = random_raster();
    std::vector<std::pair<Stratum, Stratum>> chapters;
    for (int i = 0; i < 2; ++i) chapters.push_back({stratum(random_items(5)), stratum(random_items(6))});
    Painter painter(theme, raster);
    Image before(raster.width, raster.height);
    for (int frame = 0; frame < 6; ++frame) {
      auto [backdrop, settled] = chapters[*rc::gen::inRange<std::size_t>(0, 2)];
      settled.count = *rc::gen::inRange<std::size_t>(0, settled.count + 1);
      const Scene scene{{120, 90}, backdrop, settled, random_items(4)};
      if (*rc::gen::inRange(0, 6) == 0) painter.forget();
      const Image shown(painter.paint(scene));
      RC_ASSERT(shown == fresh(scene, theme, raster));
      if (frame > 0) RC_ASSERT(silent_changes(before, shown, painter.damage()) == 0);
      before = shown;
    }
  });
}

TEST(Painter, StoryForwardsBackwardsAndRepeatedEqualsFreshOnes) {
  const Story story;
  for (const double scale : {1.0, 1.37, 2.0}) {
    const auto theme = theme::load("dark");
    const Raster raster = paint::raster_for({960, 580}, scale);
    Painter painter(theme, raster);
    for (const int n : {0, 1, 2, 3, 3, 7, 2, 8, 0})
      EXPECT_EQ(Image(painter.paint(story.step(n))), fresh(story.step(n), theme, raster)) << n;
  }
}

TEST(Painter, SharedAndCopiedStrataPaintTheSame) {
  const Story one, other;
  const auto theme = theme::load("light");
  const Raster raster = paint::raster_for({960, 580}, 1);
  Painter painter(theme, raster);
  (void)painter.paint(one.step(3));
  EXPECT_EQ(Image(painter.paint(other.step(4))), fresh(one.step(4), theme, raster));
  EXPECT_LT(area(painter.damage()), 960 * 580 / 2);
}

TEST(Painter, ComparisonSeesOneStepsDifference) {
  const Story story;
  const auto theme = theme::load("light");
  const Raster raster = paint::raster_for({960, 580}, 1);
  const Image a = fresh(story.step(3), theme, raster), b = fresh(story.step(4), theme, raster);
  EXPECT_NE(a, b);
  EXPECT_GT(silent_changes(a, b, {}), 0);
}

TEST(Damage, IsWholeAtFirstThenSmallAndFew) {
  const Story story;
  const auto theme = theme::load("light");
  Painter painter(theme, paint::raster_for({960, 580}, 1));
  (void)painter.paint(story.step(0));
  EXPECT_EQ(painter.damage(), (std::vector<PixelRect>{{0, 0, 960, 580}}));
  (void)painter.paint(story.step(1));
  EXPECT_LE(painter.damage().size(), 8U);
  EXPECT_LT(area(painter.damage()), 960 * 580 / 4);
  painter.forget();
  (void)painter.paint(story.step(2));
  EXPECT_EQ(painter.damage(), (std::vector<PixelRect>{{0, 0, 960, 580}}));
}

std::set<std::uint32_t> colours(const Image& image) {
  std::vector<std::uint32_t> runs;
  std::ranges::unique_copy(image.pixels, std::back_inserter(runs));
  return {runs.begin(), runs.end()};
}

TEST(Colours, AStoryNeedsAtMost256) {
  for (const std::string& name : theme::names()) {
    const auto theme = theme::load(name);
    const Story story;
    Painter painter(theme, paint::raster_for({960, 580}, 1));
    std::set<std::uint32_t> all;
    for (int n = 0; n < 9; ++n) all.merge(colours(Image(painter.paint(story.step(n)))));
    EXPECT_LE(all.size(), 256U) << name;
  }
}

TEST(Colours, FewerLevelsGiveFewerColours) {
  const auto theme = theme::load("light");
  Raster raster = paint::raster_for({960, 580}, 1);
  const Scene scene = Story().step(4);
  const std::size_t at_16 = colours(fresh(scene, theme, raster)).size();
  raster.aa_levels = 256;
  EXPECT_GT(colours(fresh(scene, theme, raster)).size(), at_16);
  raster.aa_levels = 2;
  EXPECT_LT(colours(fresh(scene, theme, raster)).size(), 40U);
}

TEST(Rasters, AreEvenAndFit) {
  const Raster raster = paint::raster_for({961, 579.5}, 1.5);
  EXPECT_EQ(raster.width, 1442);
  EXPECT_EQ(raster.height, 870);
  EXPECT_EQ(paint::raster_for({960, 580}, 1.1).width, 1056);
  const Raster fitted = paint::raster_fitted({960, 580}, 1920, 1080);
  EXPECT_EQ(fitted.width, 1920);
  EXPECT_EQ(fitted.height, 1080);
  EXPECT_NEAR(fitted.scale, 1080.0 / 580, 1e-12);
  EXPECT_EQ(fitted.offset_y, 0);
  EXPECT_NEAR(fitted.offset_x, (1920 - 960 * fitted.scale) / 2, 1);
}

TEST(Rasters, RefuseWhatCannotBePainted) {
  EXPECT_THROW((void)paint::raster_for({960, 580}, 0), base::Error);
  EXPECT_THROW((void)paint::raster_for({960, 580}, 1000), base::Error);
  EXPECT_THROW((void)paint::raster_for({960, 580}, std::nan("")), base::Error);
  EXPECT_THROW((void)paint::raster_fitted({960, 580}, 0, 10), base::Error);
  EXPECT_THROW((void)paint::raster_fitted({0, 580}, 10, 10), base::Error);
}

}  // namespace
}  // namespace convreel::test
