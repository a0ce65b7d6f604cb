#include "numerics/matrix.hpp"

#include "unit/views/view_film.hpp"

namespace convreel::views::test_support {
namespace {

using scene::Role;

TEST(MatrixView, EntriesAreTheMatrixAndItsZerosAreDots) {
  const ViewFilm film(filled(square(LayerKind::conv, 4, 3)), "matrix");
  const scene::Scene scene = film.reel->shot(2).scene;
  const numerics::Matrix matrix(film.trace);
  for (std::int64_t row = 0; row < 4; ++row)
    for (std::int64_t column = 0; column < 16; ++column) {
      const scene::Item* item = scene::find(scene, fmt::format("matrix.0.{}.{}", row, column));
      ASSERT_NE(item, nullptr);
      const auto entry = matrix.entry(row, column);
      EXPECT_EQ(item->form, entry ? scene::Form::cell : scene::Form::bar);
      EXPECT_EQ(joined(item), entry ? explain::number(entry->w) : "");
    }
}

TEST(MatrixView, TheActiveRowMeetsTheWindowsEntriesOfX) {
  const ViewFilm film(filled(square(LayerKind::conv, 4, 3)), "matrix");
  const scene::Scene scene = film.reel->shot(2).scene;
  const scene::Rect row = scene::find(scene, "row")->box, entry = scene::find(scene, "matrix.0.2.4")->box;
  EXPECT_EQ(scene::united(row, entry), row);
  EXPECT_NE(scene::find(scene, "link.4"), nullptr);
  EXPECT_EQ(scene::find(scene, "link.3"), nullptr);
  EXPECT_EQ(scene::find(scene, "link.4")->box, scene::find(scene, "vector.0.1.0")->box);
  EXPECT_EQ(scene::find(scene, "output.0.1.0")->role, Role::output_active);
  EXPECT_THAT(joined(scene::find(scene, "arithmetic")), testing::StartsWith("y[1,0] = row 2 · x = "));
}

TEST(MatrixView, ATransposedLayerMultipliesByTheTranspose) {
  Layer layer = square(LayerKind::conv_transpose, 3, 3, 2, 1);
  EXPECT_THAT(joined(scene::find(ViewFilm(filled(layer), "matrix").last(), "caption.matrix")),
              testing::StartsWith("Cᵀ  25×9"));
  // With output padding from dilation alone no convolution gives the input's size back.
  layer.stride = {1, 1, 1};
  layer.dilation = {1, 3, 3};
  layer.output_padding = {0, 2, 2};
  EXPECT_THAT(joined(scene::find(ViewFilm(filled(layer), "matrix").last(), "caption.matrix")),
              testing::StartsWith("M  "));
}

TEST(MatrixView, AnAveragePoolsEntriesAreOneOverItsDivisor) {
  const ViewFilm film(filled(square(LayerKind::avg_pool, 4, 2, 2)), "matrix");
  EXPECT_EQ(test::text_of(film.last(), "matrix.0.0.0"), "0.25");
  EXPECT_EQ(test::text_of(film.last(), "matrix.0.3.15"), "0.25");
}

TEST(MatrixView, HidesTheResultUntilItIsRevealed) {
  job::Show show;
  show.predict = std::chrono::seconds(1);
  const ViewFilm film(filled(square(LayerKind::conv, 4, 3)), "matrix", show);
  EXPECT_EQ(test::text_of(film.reel->shot(0).scene, "output.0.0.0"), "?");
  EXPECT_NE(test::text_of(film.reel->shot(1).scene, "output.0.0.0"), "?");
}

TEST(MatrixView, AVectorsCellsAreAsLargeAsTheMatrixsWhereThePageIsHighEnough) {
  const ViewFilm film(filled(square(LayerKind::conv, 5, 3)), "matrix");
  const scene::Scene scene = film.reel->shot(0).scene;
  EXPECT_EQ(scene::find(scene, "vector.0.4.4")->box.width, scene::find(scene, "matrix.0.0.0")->box.width);
}

TEST(MatrixView, LongMatricesTurnIntoRampsWithLegends) {
  const ViewFilm film(filled(square(LayerKind::conv, 8, 3, 1, 1)), "matrix");
  const scene::Scene scene = film.last();
  EXPECT_EQ(scene::find(scene, "matrix.0.0.0")->font, 0);
  EXPECT_NE(scene::find(scene, "legend.x.low"), nullptr);
  EXPECT_NE(scene::find(scene, "legend.C.high"), nullptr);
}

TEST(MatrixView, RefusesWhatIsNoMatrixOrCannotBeSeen) {
  const auto why = [](const Layer& layer) { return view_named("matrix").refuses(layer).value_or(""); };
  EXPECT_THAT(why(square(LayerKind::max_pool, 4, 2)), testing::HasSubstr("use slide"));
  EXPECT_THAT(why(square(LayerKind::conv, 30, 3)), testing::HasSubstr("784×900"));
  Layer reflecting = square(LayerKind::conv, 4, 3, 1, 1);
  reflecting.padding_mode = numerics::PaddingMode::reflect;
  EXPECT_THAT(why(reflecting), testing::HasSubstr("zero padding"));
}

TEST(ViewFilm, ItsChecksCanFail) {
  scene::Item item;
  item.id = "twice";
  EXPECT_THAT(doubled({item, item}), testing::ElementsAre("twice"));
  EXPECT_FALSE(within({0, 0, 10, 11}, {0, 0, 10, 10}));
  EXPECT_TRUE(within({0, 0, 10, 10}, {0, 0, 10, 10}));
}

TEST(MatrixView, RandomLayersAreSound) { expect_sound_over_random_layers("matrix", 90, 1); }

}  // namespace
}  // namespace convreel::views::test_support
