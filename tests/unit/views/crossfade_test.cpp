#include "views/reel/crossfade.hpp"

#include <gtest/gtest.h>

#include "views/parts/grid.hpp"

namespace convreel::views {
namespace {

using scene::Item;
using scene::Role;
using scene::Scene;

Item cell(std::string id, Role role, double x = 0) { return text_cell(std::move(id), {x, 0, 10, 10}, role, "1", 5); }
Item words(std::string id, std::string text) {
  return label(std::move(id), {0, 20, 100, 10}, {{std::move(text), Role::ink}}, 8);
}

Scene of(scene::Items live) { return {{100, 100}, {}, {}, std::move(live)}; }

double opacity(const Scene& scene, std::string_view id) {
  const Item* item = find(scene, id);
  return item ? item->opacity : 0;
}

TEST(Crossfade, WhatOnlyOneHasComesAndGoes) {
  const Scene half = crossfaded(of({cell("a", Role::input)}), of({cell("b", Role::kernel)}), 0.25);
  EXPECT_DOUBLE_EQ(opacity(half, "a.leaving"), 0.75);
  EXPECT_DOUBLE_EQ(opacity(half, "b"), 0.25);
}

TEST(Crossfade, WordsNeverStandInEachOther) {
  const Scene from = of({words("arithmetic", "one")}), to = of({words("arithmetic", "two")});
  for (const double share : {0.1, 0.4, 0.5, 0.6, 0.9}) {
    const Scene scene = crossfaded(from, to, share);
    EXPECT_TRUE(opacity(scene, "arithmetic") == 0 || opacity(scene, "arithmetic.leaving") == 0) << share;
  }
  EXPECT_GT(opacity(crossfaded(from, to, 0.9), "arithmetic"), 0.7);
  EXPECT_GT(opacity(crossfaded(from, to, 0.1), "arithmetic.leaving"), 0.7);
}

TEST(Crossfade, WhatMovesOrStaysDoesNotFade) {
  const Scene scene = crossfaded(of({cell("a", Role::input), cell("b", Role::input)}),
                                 of({cell("a", Role::input, 30), cell("b", Role::input)}), 0.5);
  EXPECT_DOUBLE_EQ(opacity(scene, "a"), 1);
  EXPECT_DOUBLE_EQ(find(scene, "a")->box.x, 30);
  EXPECT_DOUBLE_EQ(opacity(scene, "b"), 1);
  EXPECT_EQ(find(scene, "a.leaving"), nullptr);
}

TEST(Crossfade, AChangedCellComesOverTheOld) {
  const Scene scene = crossfaded(of({cell("a", Role::output_pending)}), of({cell("a", Role::output_active)}), 0.3);
  ASSERT_EQ(scene.live.size(), 2u);
  EXPECT_EQ(scene.live[0].id, "a.leaving");
  EXPECT_DOUBLE_EQ(scene.live[0].opacity, 1);
  EXPECT_DOUBLE_EQ(scene.live[1].opacity, 0.3);
}

TEST(Crossfade, AFrameOfAnotherRoleFadesWhereItWas) {
  Item from = cell("source", Role::window), to = cell("source", Role::output_active, 40);
  from.form = to.form = scene::Form::frame;
  const Scene scene = crossfaded(of({from}), of({to}), 0.25);
  EXPECT_DOUBLE_EQ(find(scene, "source.leaving")->box.x, 0);
  EXPECT_DOUBLE_EQ(opacity(scene, "source.leaving"), 0.75);
  EXPECT_DOUBLE_EQ(opacity(scene, "source"), 0.25);
}

TEST(Crossfade, KeepsTheLowerStrata) {
  const auto fixed = std::make_shared<const scene::Items>(scene::Items{cell("a", Role::input)});
  Scene from = of({});
  from.backdrop = {fixed, 1};
  const Scene scene = crossfaded(from, from, 0.5);
  EXPECT_EQ(scene.backdrop.items, fixed);
  EXPECT_TRUE(scene.live.empty());
}

}  // namespace
}  // namespace convreel::views
