// With groups, what a step does not read stands back.
#include <tuple>

#include "unit/views/view_film.hpp"
#include "views/parts/parts.hpp"

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

Layer many_channels(LayerKind kind, std::int64_t in, std::int64_t out, std::int64_t groups) {
  Layer layer = square(kind, kind == LayerKind::conv_transpose ? 3 : 5, 3, 2, 1);
  layer.in_channels = in, layer.out_channels = out, layer.groups = groups;
  return layer;
}

TEST(Groups, ManyChannelsAreAStackWithACount) {
  const ViewFilm film(filled(many_channels(LayerKind::conv, 16, 8, 1)), "slide");
  const scene::Scene scene = film.last();
  EXPECT_NE(scene::find(scene, "input.2.0.0"), nullptr);
  EXPECT_EQ(scene::find(scene, "input.3.0.0"), nullptr);
  EXPECT_EQ(joined(scene::find(scene, "rest.0")), "13 more");
  EXPECT_EQ(scene::find(scene, "rest.unread"), nullptr) << "all are read";
  EXPECT_GE(scene::find(scene, "output.7.0.0")->box.width, 14) << "large enough for numbers";
  double sum = 0;
  const numerics::Step step = film.trace.step(20);
  for (const Partial& partial : partial_sums(film.trace.layer(), step)) sum += partial.sum;
  EXPECT_EQ(partial_sums(film.trace.layer(), step).size(), 4U);
  EXPECT_EQ(sum, step.sum) << "what is told adds up";
  EXPECT_THAT(joined(scene::find(film.reel->shot(film.reel->stills().at(20)).scene, "arithmetic")),
              testing::HasSubstr("(13 more channels) = "));
}

TEST(Groups, OfManyGroupsTheOneThatActsIsDrawn) {
  const ViewFilm film(filled(many_channels(LayerKind::conv, 16, 16, 16)), "slide");
  const auto drawn = [&](std::int64_t still, int channel) {
    const scene::Scene scene = film.reel->shot(film.reel->stills().at(static_cast<std::size_t>(still))).scene;
    EXPECT_EQ(joined(scene::find(scene, "rest.0")), "15 more");
    EXPECT_EQ(joined(scene::find(scene, "rest.unread")), "not read");
    return scene::find(scene, fmt::format("input.{}.1.1", channel)) != nullptr;
  };
  EXPECT_TRUE(drawn(3, 0));
  EXPECT_FALSE(drawn(3, 1));
  EXPECT_TRUE(drawn(3 + 9, 1));
  EXPECT_FALSE(drawn(3 + 9, 0));
}

TEST(Groups, PicturesOfManyChannelsAreInOrder) {
  for (const LayerKind kind : {LayerKind::conv, LayerKind::conv_transpose, LayerKind::max_pool})
    for (const auto& [in, out, groups] : {std::tuple{16, 8, 1}, {16, 8, 4}, {9, 9, 9}, {6, 1, 1}, {12, 6, 2}})
      for (const std::string view : {"slide", "zero-insertion", "stamp", "overlap"}) {
        Layer layer = many_channels(kind, in, out, groups);
        if (!layer.row().weights) layer.out_channels = in, layer.groups = 1;
        if (view_named(view).refuses(layer)) continue;
        SCOPED_TRACE(view + ": " + explain::layer_title(layer));
        const ViewFilm film(filled(layer, layer.row().weights && groups == 1), view, {}, {true, 10});
        for (std::int64_t shot = 0; shot < film.reel->size(); shot += film.reel->size() / 9) {
          const scene::Scene scene = film.reel->shot(shot).scene;
          EXPECT_THAT(test::layout_faults(scene, film.ruler), testing::IsEmpty()) << "shot " << shot;
          EXPECT_THAT(doubled(scene.live), testing::IsEmpty()) << "shot " << shot;
        }
      }
}

}  // namespace
}  // namespace convreel::views::test_support
