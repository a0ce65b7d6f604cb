// Items as SVG elements, words as XML, lives over shots.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "output/markup/cast.hpp"
#include "output/markup/figure.hpp"
#include "output/markup/page.hpp"
#include "output/markup/text.hpp"
#include "support/scenes.hpp"

namespace convreel::output {
namespace {

using scene::Form;
using scene::Item;
using scene::Role;
using testing::HasSubstr;
using testing::Not;

Item item_of(std::string id, Form form, Role role, scene::Rect box) {
  Item item;
  item.id = std::move(id), item.form = form, item.role = role, item.box = box;
  return item;
}

scene::Scene scene_of(scene::Items items) {
  scene::Scene scene{{400, 300}, {}, {}, std::move(items)};
  return scene;
}

TEST(MarkupText, EscapesAndMendsWhatXmlForbids) {
  EXPECT_EQ(markup_text("a<b & \"c\""), "a&lt;b &amp; &quot;c&quot;");
  EXPECT_EQ(markup_text("3×3 −1"), "3×3 −1");
  EXPECT_EQ(markup_text(std::string("\x01\xFF\xC0\x80", 4)), "\uFFFD\uFFFD\uFFFD\uFFFD");
  EXPECT_EQ(markup_text("\xED\xA0\x80"), "\uFFFD\uFFFD\uFFFD");
}

TEST(MarkupText, NumbersAreShort) {
  EXPECT_EQ(short_number(3), "3");
  EXPECT_EQ(short_number(-0.001), "0");
  EXPECT_EQ(short_number(2.5), "2.5");
  EXPECT_EQ(short_number(-12.345), "-12.35");
}

TEST(Markup, CellStandsInItsSlotWithTheThemesGap) {
  const theme::Theme light = theme::load("light");
  Markup markup(light, MarkupText::words);
  Item cell = item_of("output.0.0.0", Form::cell, Role::output_done, {100, 50, 46, 46});
  cell.font = 20;
  cell.text = {{"5", Role::output_done, scene::Weight::medium}};
  const Figure figure = markup.figure(cell);
  EXPECT_EQ(figure.classes, "output-done");
  EXPECT_EQ(figure.at, (scene::Point{100, 50}));
  EXPECT_THAT(figure.body, HasSubstr(R"(class="fill edge")"));
  EXPECT_THAT(figure.body, HasSubstr(R"(<text class="output-done-ink" x="23")"));
  EXPECT_THAT(figure.body, HasSubstr(">5</text>"));
  EXPECT_TRUE(markup.used().has(Role::output_done, Class::ink, false));
  EXPECT_FALSE(markup.used().has(Role::output_done, Class::fill, true));
}

TEST(Markup, WordsFromRightToLeftDirectTheirLine) {
  const theme::Theme light = theme::load("light");
  Markup markup(light, MarkupText::words);
  Item title = item_of("title", Form::text, Role::ink, {40, 20, 300, 40});
  title.font = 26;
  title.text = {{"קונבולוציה (stride 2)", Role::ink}};
  EXPECT_THAT(markup.figure(title).body, HasSubstr(">\u2068קונבולוציה (stride 2)\u2069</text>"));
  title.text = {{"Faltung (畳み込み)", Role::ink}};
  EXPECT_THAT(markup.figure(title).body, HasSubstr(">Faltung (畳み込み)</text>"));
}

TEST(Markup, VeiledCellsHaveTheirOwnColours) {
  const theme::Theme light = theme::load("light");
  Markup markup(light, MarkupText::words);
  Item cell = item_of("input.0.0.0", Form::cell, Role::input, {0, 0, 46, 46});
  cell.veiled = true;
  EXPECT_EQ(markup.figure(cell).classes, "input veiled");
  EXPECT_THAT(style_sheet("x", markup.used(), light, nullptr), HasSubstr("#x .input.veiled>.fill{fill:#d0d0d9;"));
}

TEST(Markup, EveryFormIsDrawnInEveryRole) {
  const theme::Theme light = theme::load("light");
  Markup markup(light, MarkupText::outlines);
  for (std::size_t r = 0; r < scene::kRoleCount; ++r)
    for (int f = 0; f <= static_cast<int>(Form::bar); ++f) {
      Item item = item_of("a", static_cast<Form>(f), static_cast<Role>(r), {10, 10, 40, 40});
      item.font = 12, item.text = {{"a", Role::ink}}, item.points = {{0, 0}, {30, 0}, {30, 30}}, item.arrow = true;
      EXPECT_FALSE(markup.figure(item).body.empty()) << r << " " << f;
    }
}

TEST(Markup, DegenerateItemsAreEmptyNotBroken) {
  const theme::Theme light = theme::load("light");
  Markup markup(light, MarkupText::words);
  for (int f = 0; f <= static_cast<int>(Form::bar); ++f) {
    const Item item = item_of("a", static_cast<Form>(f), Role::window, {});
    EXPECT_THAT(markup.figure(item).body, Not(HasSubstr("nan")));
  }
}

TEST(Page, SizeWidensTheViewNotTheScene) {
  const ViewBox wide = view_box({100, 100}, job::PixelSize{400, 200});
  EXPECT_EQ(wide.box, (scene::Rect{-50, 0, 200, 100}));
  EXPECT_EQ(wide.width, 400);
}

class CastTest : public testing::Test {
 protected:
  theme::Theme theme_ = theme::load("light");
  Markup markup_{theme_, MarkupText::words};
  Cast cast_{markup_};
};

TEST_F(CastTest, WhatMovesIsOneLookAtSeveralPlaces) {
  for (const double x : {0, 50, 50, 100})
    cast_.add(scene_of({item_of("window.0", Form::frame, Role::window, {x, 0, 40, 40})}));
  const auto actors = cast_.actors();
  ASSERT_EQ(actors.size(), 1u);
  ASSERT_EQ(actors[0]->looks.size(), 1u);
  const auto& stays = actors[0]->looks[0].stays;
  ASSERT_EQ(stays.size(), 3u);
  EXPECT_EQ(stays[1].from, 1);
  EXPECT_EQ(stays[1].to, 3);
  EXPECT_EQ(stays[2].at, (scene::Point{100, 0}));
}

TEST_F(CastTest, WhatChangesIsOneActorWithSeveralLooks) {
  for (const Role role : {Role::output_pending, Role::output_active, Role::output_pending})
    cast_.add(scene_of({item_of("output.0.0.0", Form::cell, role, {0, 0, 40, 40})}));
  const auto actors = cast_.actors();
  ASSERT_EQ(actors.size(), 1u);
  ASSERT_EQ(actors[0]->looks.size(), 2u);
  EXPECT_EQ(actors[0]->looks[0].stays.size(), 2u);
}

TEST_F(CastTest, PaintOrderHoldsInEveryShot) {
  const Item below = item_of("a", Form::cell, Role::input, {0, 0, 40, 40});
  const Item above = item_of("b", Form::veil, Role::window, {10, 10, 40, 40});
  cast_.add(scene_of({below, above}));
  cast_.add(scene_of({above, below}));  // the other way round: one of them needs an understudy
  const auto actors = cast_.actors();
  ASSERT_EQ(actors.size(), 3u);
  EXPECT_EQ(actors[0]->id, "a");
  EXPECT_EQ(actors[1]->id, "b");
  EXPECT_EQ(actors[2]->id, "a");
  EXPECT_EQ(actors[2]->looks[0].stays[0].from, 1);
}

TEST_F(CastTest, OrderMayChangeWhereNothingOverlaps) {
  const Item left = item_of("a", Form::cell, Role::input, {0, 0, 40, 40});
  const Item right = item_of("b", Form::cell, Role::input, {40, 0, 40, 40});
  cast_.add(scene_of({left, right}));
  cast_.add(scene_of({right, left}));
  EXPECT_EQ(cast_.actors().size(), 2u);
}

}  // namespace
}  // namespace convreel::output
