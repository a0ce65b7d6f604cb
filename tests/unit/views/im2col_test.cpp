#include "unit/views/view_film.hpp"

namespace convreel::views::test_support {
namespace {

using scene::Role;

TEST(Im2colView, AWindowIsARow) {
  const ViewFilm film(filled(square(LayerKind::conv, 5, 3, 2, 1)), "im2col");
  const scene::Scene scene = film.reel->shot(4).scene;
  const numerics::Step step = film.trace.step(4);
  for (std::size_t t = 0; t < step.terms.size(); ++t) {
    EXPECT_EQ(test::text_of(scene, fmt::format("windows.0.4.{}", t)), explain::number(step.terms[t].x));
    EXPECT_EQ(test::text_of(scene, fmt::format("weights.0.{}.0", t)), explain::number(step.terms[t].w));
  }
  EXPECT_EQ(scene::find(scene, "windows.0.0.0")->role, Role::padding);
  EXPECT_EQ(scene::find(scene, "windows.0.5.0")->role, Role::output_pending);
  EXPECT_EQ(scene::find(scene, "output.0.1.1")->role, Role::output_active);
}

TEST(Im2colView, ATransposedLayersRowsHoldInsertedZeros) {
  const ViewFilm film(filled(square(LayerKind::conv_transpose, 3, 3, 2, 1)), "im2col");
  EXPECT_EQ(scene::find(film.last(), "windows.0.6.1")->role, Role::inserted_zero);
}

TEST(Im2colView, ChannelsStandSideBySideInARow) {
  Layer layer = square(LayerKind::conv, 3, 2);
  layer.in_channels = 2;
  const ViewFilm film(filled(layer), "im2col");
  EXPECT_EQ(scene::find(film.last(), "windows.0.0.0")->role, Role::group0);
  EXPECT_EQ(scene::find(film.last(), "windows.0.0.4")->role, Role::group1);
}

TEST(Im2colView, AnotherGroupStartsWithAnEmptyMatrix) {
  Layer layer = square(LayerKind::conv, 3, 2);
  layer.in_channels = layer.out_channels = layer.groups = 2;
  const ViewFilm film(filled(layer), "im2col");
  const scene::Scene before = film.reel->shot(3).scene, after = film.reel->shot(4).scene;
  EXPECT_EQ(scene::find(before, "windows.0.2.0")->role, Role::group0);
  EXPECT_EQ(scene::find(after, "windows.0.0.0")->role, Role::group1);
  EXPECT_EQ(scene::find(after, "windows.0.2.0")->role, Role::output_pending);
}

TEST(Im2colView, TheWindowStretchesIntoItsRow) {
  const ViewFilm film(filled(square(LayerKind::conv, 4, 3)), "im2col", {}, {true, 25});
  bool stretched = false;
  for (std::int64_t i = 0; i < film.reel->size(); ++i)
    stretched = stretched || scene::find(film.reel->shot(i).scene, "unrolling.0") != nullptr;
  EXPECT_TRUE(stretched);
}

TEST(Im2colView, RefusesPoolingAndWhatCannotBeSeen) {
  const auto why = [](const Layer& layer) { return view_named("im2col").refuses(layer).value_or(""); };
  EXPECT_THAT(why(square(LayerKind::avg_pool, 4, 2)), testing::HasSubstr("use slide"));
  EXPECT_THAT(why(square(LayerKind::conv, 14, 3)), testing::HasSubstr("144×9"));
  EXPECT_EQ(why(square(LayerKind::conv, 5, 3)), "");
}

TEST(Im2colView, RandomLayersAreSound) { expect_sound_over_random_layers("im2col", 90, 2); }

}  // namespace
}  // namespace convreel::views::test_support
