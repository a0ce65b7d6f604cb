#include "scene/scene.hpp"

#include <gtest/gtest.h>

namespace convreel::scene {
namespace {

Item cell(std::string id, Role role) {
  Item item;
  item.id = std::move(id);
  item.role = role;
  return item;
}

Scene sample() {
  Scene scene;
  scene.canvas = {100, 50};
  scene.backdrop = {
      std::make_shared<const Items>(Items{cell("output.0.0.0", Role::output_pending), cell("title", Role::ink)}), 2};
  scene.settled = {std::make_shared<const Items>(
                       Items{cell("output.0.0.0", Role::output_done), cell("output.0.0.1", Role::output_done)}),
                   1};
  scene.live = {cell("window", Role::window)};
  return scene;
}

TEST(Scene, ALaterItemReplacesTheEarlierOfItsId) {
  const Scene scene = sample();
  const auto items = visible(scene);
  ASSERT_EQ(items.size(), 3u);
  EXPECT_EQ(items[0]->id, "title");
  EXPECT_EQ(items[1]->role, Role::output_done);
  EXPECT_EQ(find(scene, "output.0.0.0")->role, Role::output_done);
}

TEST(Scene, ItemsBeyondTheCountAreNotThere) { EXPECT_EQ(find(sample(), "output.0.0.1"), nullptr); }

TEST(Scene, EqualityLooksIntoTheLists) {
  Scene a = sample(), b = sample();
  EXPECT_EQ(a, b);
  b.settled.count = 2;
  EXPECT_FALSE(a == b);
  b = sample();
  b.live.front().opacity = 0.5;
  EXPECT_FALSE(a == b);
}

TEST(Role, EveryRoleHasAnameThatReadsBack) {
  for (std::size_t r = 0; r < kRoleCount; ++r) {
    const auto role = static_cast<Role>(r);
    EXPECT_EQ(role_named(name(role)), role);
  }
  EXPECT_FALSE(role_named("inputs"));
}

TEST(Role, RampCoversItsEnds) {
  EXPECT_EQ(ramp_role(Ramp::output, 0), Role::heat0);
  EXPECT_EQ(ramp_role(Ramp::output, 1), Role::heat7);
  EXPECT_EQ(name(ramp_role(Ramp::grey, 1)), "grey-shade15");
  EXPECT_EQ(share_of(ramp_role(Ramp::below, 1)), 1);
  EXPECT_EQ(share_of(Role::bad), std::nullopt);
  EXPECT_EQ(ramp_of(Role::group2), Ramp::group2);
  EXPECT_EQ(group_role(6), Role::group0);
}

}  // namespace
}  // namespace convreel::scene
