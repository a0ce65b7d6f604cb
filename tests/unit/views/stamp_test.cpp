#include "unit/views/view_film.hpp"

namespace convreel::views::test_support {
namespace {

using scene::Role;

/// x = 1..9, w = [1 2 1; 2 4 2; 1 2 1], stride 2, padding 1: every number by hand.
numerics::Trace smooth_kernel() {
  numerics::Map input(1, {1, 3, 3});
  for (std::size_t v = 0; v < 9; ++v) input.values[v] = static_cast<double>(v + 1);
  numerics::Kernel kernel(1, 1, {1, 3, 3});
  kernel.values = {1, 2, 1, 2, 4, 2, 1, 2, 1};
  return {square(LayerKind::conv_transpose, 3, 3, 2, 1), input, kernel, {}};
}

TEST(StampView, SumsRunAndProductsStandInTheCorners) {
  const ViewFilm film(smooth_kernel(), "stamp");
  const scene::Scene scene = film.reel->shot(4).scene;  // x[1,1] = 5
  const scene::Item* middle = scene::find(scene, "output.0.2.2");
  ASSERT_NE(middle, nullptr);
  EXPECT_TRUE(middle->veiled);
  EXPECT_TRUE(middle->corner);
  EXPECT_EQ(joined(middle), "20+20");
  EXPECT_EQ(joined(scene::find(scene, "output.0.1.1")), "12+5");
  EXPECT_EQ(joined(scene::find(scene, "output.0.0.0")), "4");
  EXPECT_EQ(joined(scene::find(scene, "output.0.4.4")), "");
  EXPECT_EQ(joined(scene::find(scene, "cropped.0.0.6")), "3");
  EXPECT_THAT(joined(scene::find(scene, "arithmetic")),
              testing::StartsWith("x[1,1] = 5 stamps 5 · kernel onto rows 2–4, columns 2–4"));
}

TEST(StampView, TheClosingPictureIsTheCrop) {
  const ViewFilm film(smooth_kernel(), "stamp");
  expect_final_output(film);
  const scene::Scene last = film.last();
  EXPECT_EQ(scene::find(last, "cropped.0.0.6")->role, Role::cropped);
  EXPECT_EQ(scene::find(last, "output.0.4.4")->role, Role::output_done);
  EXPECT_EQ(joined(scene::find(last, "arithmetic")), "padding 1 crops the border: 7×7 → 5×5");
}

TEST(StampView, AGlideIsBetweenTwoStamps) {
  const ViewFilm film(smooth_kernel(), "stamp", {}, {true, 25});
  const scene::Rect first = scene::find(film.reel->shot(0).scene, "stamp.0")->box;
  const scene::Rect gliding = scene::find(film.reel->shot(3).scene, "stamp.0")->box;
  EXPECT_GT(gliding.x, first.x);
  EXPECT_LT(gliding.x, first.x + 2 * first.width / 3);
}

TEST(StampView, OutputPaddingIsOutlined) {
  Layer layer = square(LayerKind::conv_transpose, 3, 3, 2, 1);
  layer.output_padding = {0, 1, 1};
  const ViewFilm film(filled(layer), "stamp");
  const scene::Scene scene = film.reel->shot(0).scene;
  EXPECT_EQ(scene::find(scene, "output.0.5.0")->role, Role::extra);
  EXPECT_TRUE(scene::find(scene, "extra.0.rows")->dashed);
  expect_final_output(film);
}

TEST(StampView, TheBiasComesFirst) {
  const ViewFilm film(filled(square(LayerKind::conv_transpose, 2, 1, 3), true), "stamp");
  const scene::Scene opening = film.reel->shot(0).scene;
  EXPECT_EQ(joined(scene::find(opening, "output.0.0.1")), "1");
  EXPECT_EQ(scene::find(opening, "output.0.0.1")->role, Role::output_pending);
  expect_final_output(film);
}

TEST(StampView, AStampFeedsEveryOutputChannelOfItsGroup) {
  Layer layer = square(LayerKind::conv_transpose, 2, 2);
  layer.groups = 2;
  layer.in_channels = 2;
  layer.out_channels = 4;
  const ViewFilm film(filled(layer), "stamp");
  const scene::Scene first = film.reel->shot(0).scene, last_channel = film.reel->shot(5).scene;
  EXPECT_NE(scene::find(first, "stamp.1"), nullptr);
  EXPECT_EQ(scene::find(first, "stamp.2"), nullptr);
  EXPECT_NE(scene::find(first, "kernel.3.unfed"), nullptr);
  EXPECT_NE(scene::find(last_channel, "stamp.2"), nullptr);
  EXPECT_NE(scene::find(last_channel, "kernel.0.unfed"), nullptr);
}

TEST(StampView, HidesSumsUntilTheyAreRevealed) {
  job::Show show;
  show.predict = std::chrono::seconds(1);
  const ViewFilm film(smooth_kernel(), "stamp", show);
  EXPECT_EQ(joined(scene::find(film.reel->shot(8).scene, "output.0.1.1")), "7+?");
  EXPECT_EQ(joined(scene::find(film.reel->shot(8).scene, "output.0.3.3")), "?");
  EXPECT_EQ(joined(scene::find(film.reel->shot(9).scene, "output.0.1.1")), "12+5");
}

TEST(StampView, DilationSpreadsTheTaps) {
  Layer layer = square(LayerKind::conv_transpose, 2, 2);
  layer.dilation = {1, 2, 2};
  const ViewFilm film(filled(layer), "stamp");
  const scene::Scene scene = film.reel->shot(0).scene;
  EXPECT_TRUE(scene::find(scene, "output.0.0.2")->veiled);
  EXPECT_FALSE(scene::find(scene, "output.0.0.1")->veiled);
  EXPECT_THAT(joined(scene::find(scene, "arithmetic")), testing::HasSubstr("rows 0–2 (every 2nd)"));
}

TEST(StampView, OfManyChannelsTheOneThatIsStampedStandsBeforeAStack) {
  Layer layer = square(LayerKind::conv_transpose, 4, 3);
  layer.in_channels = 16, layer.out_channels = 8;
  const ViewFilm film(filled(layer, true), "stamp");
  expect_sound(film);
  const scene::Scene first = film.reel->shot(1).scene, later = film.reel->shot(1 + 16 * 5).scene;
  EXPECT_NE(scene::find(first, "input.0.0.0"), nullptr);
  EXPECT_EQ(scene::find(first, "input.5.0.0"), nullptr);
  EXPECT_EQ(scene::find(later, "input.0.0.0"), nullptr);
  EXPECT_EQ(scene::find(later, "input.5.0.0")->box, scene::find(first, "input.0.0.0")->box);
  EXPECT_EQ(joined(scene::find(later, "rest.0")), "15 more");
}

TEST(StampView, RefusesWhatGathersAndWhatIsTooMuch) {
  const auto why = [](const Layer& layer) { return view_named("stamp").refuses(layer).value_or(""); };
  EXPECT_THAT(why(square(LayerKind::conv, 4, 3)), testing::HasSubstr("use slide"));
  EXPECT_THAT(why(square(LayerKind::conv_transpose, 200, 3)), testing::HasSubstr("360000 products"));
}

TEST(StampView, RandomLayersAreSound) { expect_sound_over_random_layers("stamp", 90, 11); }

}  // namespace
}  // namespace convreel::views::test_support
