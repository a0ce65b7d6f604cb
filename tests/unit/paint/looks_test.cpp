// What single items look like in pixels.
#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <set>

#include "paint/painter.hpp"
#include "unit/paint/example_scenes.hpp"
#include "unit/theme/vision.hpp"

namespace convreel::test {
namespace {

using base::Image;
using paint::Raster;

Image painted(Items items, scene::Size canvas, double scale = 1, const theme::Theme& theme = theme::load("light"),
              bool transparent = false) {
  Raster raster = paint::raster_for(canvas, scale);
  raster.transparent = transparent;
  paint::Painter painter(theme, raster);
  return Image(painter.paint({canvas, stratum(std::move(items)), {}, {}}));
}

std::uint32_t at(const Image& image, int x, int y) { return image.view().row(y)[x]; }

Colour colour(std::uint32_t pixel) {
  return {static_cast<std::uint8_t>(pixel >> 16), static_cast<std::uint8_t>(pixel >> 8),
          static_cast<std::uint8_t>(pixel), static_cast<std::uint8_t>(pixel >> 24)};
}

/// Pixels unlike the light background, outside of the box.
int strays(const Image& image, const Rect& box) {
  int count = 0;
  for (int y = 0; y < image.height; ++y)
    for (int x = 0; x < image.width; ++x)
      if (at(image, x, y) != 0xFFFFFFFF && (x < box.x || y < box.y || x >= box.right() || y >= box.bottom())) ++count;
  return count;
}

int marks(const Image& image) { return strays(image, {}); }

TEST(Cell, CentreIsTheRolesFill) {
  for (const std::string& name : theme::names()) {
    const auto theme = theme::load(name);
    for (const Role role : {Role::input, Role::padding, Role::kernel, Role::output_pending, Role::output_done,
                            Role::output_active, Role::heat4}) {
      const Image image = painted({make("c", Form::cell, role, {3, 3, 40, 40})}, {46, 46}, 1, theme);
      EXPECT_EQ(to_text(colour(at(image, 23, 23))), to_text(*theme.of(role).fill)) << name << ' ' << scene::name(role);
      EXPECT_EQ(to_text(colour(at(image, 1, 1))), to_text(*theme.of(Role::background).fill));
    }
  }
}

TEST(Cell, VeiledFillIsTheWindowsColourOverIt) {
  const auto light = theme::load("light"), article = theme::load("article");
  Item item = make("c", Form::cell, Role::input, {0, 0, 40, 40});
  item.veiled = true;
  const auto fill = theme::blended(*light.of(Role::input).fill, *light.of(Role::window).stroke, light.veil);
  EXPECT_EQ(colour(at(painted({item}, {40, 40}), 20, 20)), fill);
  EXPECT_EQ(to_text(colour(at(painted({item}, {40, 40}, 1, article), 20, 20))), "#CD8B67");
  item.role = Role::padding;
  EXPECT_EQ(to_text(colour(at(painted({item}, {40, 40}, 1, article), 20, 20))), "#DD8047");
}

TEST(Cell, NumbersThatNobodyReadsAreLeftOut) {
  Item full = make("c", Form::cell, Role::input, {0, 0, 40, 40}, 14, {{"8", Role::ink}, {"2", Role::kernel}});
  full.corner = true;
  Item first = full, none = full;
  first.text.pop_back(), none.text.clear();
  const scene::Scene scene{{40, 40}, stratum({full}), {}, {}};
  EXPECT_NE(painted({full}, {40, 40}), painted({none}, {40, 40}));
  EXPECT_FALSE(paint::leaves_numbers_out(scene, paint::raster_for({40, 40}, 1)));
  EXPECT_NE(painted({full}, {40, 40}, 0.5), painted({none}, {40, 40}, 0.5)) << "7 pixels; the corner's has 4.55";
  EXPECT_TRUE(paint::leaves_numbers_out(scene, paint::raster_for({40, 40}, 0.5)));
  EXPECT_EQ(painted({first}, {40, 40}, 0.4), painted({none}, {40, 40}, 0.4)) << "5.6 pixels";
}

TEST(Cell, ReplacesAllOfWhatWasInItsSlot) {
  const Item under = make("c", Form::cell, Role::unread, {5.3, 7.1, 37, 37}, 20, {{"88", Role::ink}});
  const Item over = make("c", Form::cell, Role::output_pending, {5.3, 7.1, 37, 37});
  for (const double scale : {0.7, 1.0, 1.33, 2.0})
    EXPECT_EQ(painted({under, over}, {50, 50}, scale), painted({over}, {50, 50}, scale));
}

TEST(Cell, NeighboursKeepOneGapAtEveryScale) {
  for (double scale = 0.6; scale < 2.5; scale += 0.13) {
    Items row;
    for (int i = 0; i < 9; ++i)
      row.push_back(make("c" + std::to_string(i), Form::cell, Role::heat6, {10.0 + 21 * i, 5, 21, 21}));
    const Image image = painted(row, {210, 30}, scale);
    const int y = static_cast<int>(15 * scale);
    std::set<int> gaps;
    int blank = 0;
    bool started = false;
    for (int x = 0; x < image.width; ++x) {
      if (at(image, x, y) == 0xFFFFFFFF) {
        ++blank;
        continue;
      }
      if (started && blank > 0) gaps.insert(blank);
      started = true, blank = 0;
    }
    EXPECT_EQ(gaps.size(), 1U) << scale;
  }
}

TEST(Text, StandsOutInPaintedPixelsAsTheThemeSays) {
  for (const std::string& name : theme::names()) {
    const auto theme = theme::load(name);
    for (const Role role : {Role::input, Role::padding, Role::kernel, Role::output_done, Role::output_active}) {
      const Image image =
          painted({make("c", Form::cell, role, {0, 0, 60, 60}, 34, {{"8", role, Weight::bold}})}, {60, 60}, 1, theme);
      const Colour fill = *theme.of(role).fill;
      double most = 1;
      for (int y = 15; y < 45; ++y)
        for (int x = 20; x < 40; ++x) most = std::max(most, contrast(colour(at(image, x, y)), fill));
      EXPECT_GE(most, 4.5) << name << ' ' << scene::name(role);
    }
  }
}

TEST(Text, DigitsSitInTheMiddleOfTheirCell) {
  const Image image = painted({make("t", Form::text, Role::ink, {0, 0, 60, 60}, 30, {{"0", Role::ink}})}, {60, 60});
  int left = 60, right = 0, top = 60, bottom = 0;
  for (int y = 0; y < 60; ++y)
    for (int x = 0; x < 60; ++x)
      if (at(image, x, y) != 0xFFFFFFFF)
        left = std::min(left, x), right = std::max(right, x), top = std::min(top, y), bottom = std::max(bottom, y);
  EXPECT_NEAR(left + right, 59, 2);
  EXPECT_NEAR(top + bottom, 59, 2);
}

TEST(Text, NeverRunsOverItsBox) {
  const std::string lengthy = "a title that is far too long for the place it was given, in every way that counts";
  for (const Align align : {Align::left, Align::centre, Align::right})
    for (const double width : {300.0, 120.0, 40.0}) {
      const Rect box{50, 10, width, 30};
      const Image image = painted({make("t", Form::text, Role::ink, box, 18,
                                        {{"y = ", Role::muted}, {lengthy, Role::ink}, {" end", Role::muted}}, align)},
                                  {500, 50});
      EXPECT_GT(marks(image), 20);
      EXPECT_EQ(strays(image, {box.x - 1, 0, width + 2, 50}), 0) << width;
    }
}

TEST(Text, DrawsOddScriptsAndBrokenOnes) {
  for (const char* text : {"مرحبا", "卷积", "свёртка", "∑ ⌊x⌋", "\xff\xfe\xfd", "a\xc3", "line\nbreak\ttab", "🙂"})
    EXPECT_GT(marks(painted({make("t", Form::text, Role::ink, {5, 5, 190, 40}, 20, {{text, Role::ink}})}, {200, 50})),
              10)
        << text;
  EXPECT_EQ(marks(painted({make("t", Form::text, Role::ink, {5, 5, 190, 40}, 20,
                                {{std::string(1, '\0') + " ", Role::ink}, {"", Role::ink}})},
                          {200, 50})) >= 0,
            true);
}

TEST(Text, MissingFamiliesFallBack) {
  const auto theme = theme::load("light", {{"font.sans", "No Such Family At All"}});
  EXPECT_GT(marks(painted({make("t", Form::text, Role::ink, {5, 5, 190, 40}, 20, {{"fallback", Role::ink}})}, {200, 50},
                          1, theme)),
            50);
}

TEST(Hostile, SizesAndNumbersDoNotHurt) {
  const double inf = std::numeric_limits<double>::infinity(), nan = std::numeric_limits<double>::quiet_NaN();
  for (int form = 0; form < 9; ++form)
    for (const double bad : {inf, -inf, nan, 1e300, -1e9, 1e7}) {
      Item item =
          make("x", static_cast<Form>(form), Role::unread, {bad, 5, 20, 20}, 12, {{"x", Role::ink}, {"y", Role::ink}});
      item.points = {{0, 0}, {bad, 20}, {20, bad}}, item.arrow = item.dashed = true;
      Item large = item;
      large.box = {5, 5, bad, bad}, large.stroke = bad, large.opacity = bad;
      Item font = item;
      font.box = {0, 0, 40, 40}, font.font = bad, font.corner = true;
      (void)painted({item, large, font}, {50, 50});
    }
  (void)painted({make("t", Form::text, Role::ink, {0, 0, 40, 20}, 12, {{std::string(3 << 20, 'x'), Role::ink}})},
                {50, 50});
}

TEST(Transparent, LeavesTheBackgroundOut) {
  const Image image =
      painted({make("c", Form::cell, Role::input, {10, 10, 20, 20})}, {40, 40}, 1, theme::load("light"), true);
  EXPECT_EQ(at(image, 2, 2), 0U);
  EXPECT_EQ(at(image, 20, 20), 0xFFCFE4F7);
}

TEST(Opacity, MixesTheWholeItem) {
  Item item = make("c", Form::cell, Role::heat7, {0, 0, 40, 40});
  item.opacity = 0.5;
  const auto theme = theme::load("light");
  const Colour half = theme::blended({255, 255, 255, 255}, *theme.of(Role::heat7).fill, 128 / 255.0);
  EXPECT_EQ(colour(at(painted({item}, {40, 40}), 20, 20)), half);
  item.opacity = 0;
  EXPECT_EQ(marks(painted({item}, {40, 40})), 0);
}

TEST(Shapes, StayCrispOnThePixelGrid) {
  Item line = make("l", Form::line, Role::ink, {});
  line.points = {{5, 10}, {35, 10}}, line.stroke = 2;
  const Image image = painted({line}, {40, 20});
  for (const int y : {8, 11}) EXPECT_EQ(at(image, 20, y), 0xFFFFFFFF);
  for (const int y : {9, 10}) EXPECT_EQ(at(image, 20, y), 0xFF1B2430);
}

TEST(Shapes, FrameLeavesTheInsideAlone) {
  const Image image = painted({make("f", Form::frame, Role::window, {20, 20, 40, 40})}, {80, 80});
  EXPECT_EQ(at(image, 40, 40), 0xFFFFFFFF);
  EXPECT_EQ(at(image, 40, 20), 0xFFD9480F);
  EXPECT_EQ(strays(image, {17, 17, 46, 46}), 0);
}

}  // namespace
}  // namespace convreel::test
