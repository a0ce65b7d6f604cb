// With groups, what a step does not read stands back.
#include "unit/views/view_film.hpp"

namespace convreel::views::test_support {
namespace {

TEST(Groups, ChannelsThatAreNotReadRecedeAndHaveNoSign) {
  Layer layer = square(LayerKind::conv, 5, 3);
  layer.in_channels = layer.out_channels = 4;
  layer.groups = 2;
  const ViewFilm film(filled(layer), "slide");
  const auto opacity = [&](std::int64_t step, int channel) {
    const scene::Scene scene = film.reel->shot(step).scene;
    EXPECT_EQ(scene::find(scene, fmt::format("operator.star.{}", channel)) != nullptr,
              scene::find(scene, fmt::format("kernel.{}.0.0", channel)) != nullptr);
    return scene::find(scene, fmt::format("input.{}.0.0", channel))->opacity;
  };
  EXPECT_EQ(opacity(8, 1), 1);
  EXPECT_LT(opacity(8, 2), 0.5);
  EXPECT_LT(opacity(26, 1), 0.5);
  EXPECT_EQ(opacity(26, 2), 1);
  EXPECT_EQ(scene::find(film.last(), "input.0.0.0")->opacity, 1) << "the result shows all";
}

}  // namespace
}  // namespace convreel::views::test_support
