#include "unit/views/view_film.hpp"

namespace convreel::views::test_support {
namespace {

using scene::Role;

std::string words(const ViewFilm& film, std::int64_t shot) {
  return joined(scene::find(film.reel->shot(shot).scene, "arithmetic"));
}

TEST(BackwardView, GathersInputsThenWeightsThenBias) {
  const ViewFilm film(filled(square(LayerKind::conv, 3, 2), true), "backward");  // w = −2 −1 0 1, g = 1 2 0 3
  EXPECT_EQ(film.reel->size(), 9 + 4 + 1 + 1);
  EXPECT_EQ(words(film, 0), "∂L/∂x[0,0] = −2·1 = −2");
  EXPECT_EQ(words(film, 4), "∂L/∂x[1,1] = 1·1 + 0·2 + (−1)·0 + (−2)·3 = −5");
  EXPECT_EQ(words(film, 9), "∂L/∂w[0,0] = 3·1 + 0·2 + 4·0 + 1·3 = 6");
  EXPECT_EQ(words(film, 13), "∂L/∂b = 1 + 2 + 0 + 3 = 6");
}

TEST(BackwardView, LightsTheOtherTwoSidesAndKeepsWhatIsDone) {
  const ViewFilm film(filled(square(LayerKind::conv, 3, 2)), "backward");
  const scene::Scene input = film.reel->shot(4).scene, weight = film.reel->shot(9).scene;
  EXPECT_TRUE(scene::find(input, "output-gradient.0.0.0")->veiled);
  EXPECT_EQ(joined(scene::find(input, "output-gradient.0.0.1")), "20");  // g = 2 with w = 0 in its corner
  EXPECT_TRUE(scene::find(input, "kernel.0.0.0")->veiled);
  EXPECT_FALSE(scene::find(input, "input.0.0.0")->veiled);
  EXPECT_EQ(joined(scene::find(input, "input-gradient.0.0.0")), "−2");
  EXPECT_EQ(joined(scene::find(input, "input-gradient.0.1.1")), "−5");
  EXPECT_EQ(joined(scene::find(input, "input-gradient.0.1.2")), "");
  EXPECT_EQ(joined(scene::find(input, "kernel-gradient.0.0.0")), "");
  EXPECT_TRUE(scene::find(weight, "input.0.1.1")->veiled);
  EXPECT_FALSE(scene::find(weight, "input.0.2.2")->veiled);
  EXPECT_TRUE(scene::find(weight, "output-gradient.0.1.1")->veiled);
  EXPECT_NE(scene::find(input, "link.0"), nullptr);
  EXPECT_EQ(scene::find(weight, "link.0"), nullptr);
  EXPECT_EQ(scene::find(film.last(), "asked"), nullptr);
}

TEST(BackwardView, AGradientStandsBelowWhatItBelongsTo) {
  const ViewFilm film(filled(square(LayerKind::conv, 3, 2), true), "backward");
  for (const char* tensor : {"bias", "kernel", "input", "output"}) {
    const scene::Item* above = scene::find(film.last(), fmt::format("{}.0.0.0", tensor));
    const scene::Item* below = scene::find(film.last(), fmt::format("{}-gradient.0.0.0", tensor));
    ASSERT_TRUE(above && below) << tensor;
    EXPECT_EQ(above->box.x, below->box.x) << tensor;
    EXPECT_LT(above->box.bottom(), below->box.y) << tensor;
  }
}

TEST(BackwardView, LinksStayBetweenInputAndOutput) {
  const ViewFilm film(filled(square(LayerKind::conv_transpose, 3, 3, 2, 1)), "backward");
  int seen = 0;
  for (std::int64_t shot = 0; shot < film.reel->size(); ++shot) {
    const scene::Scene scene = film.reel->shot(shot).scene;
    const scene::Item* link = scene::find(scene, "link.0");
    if (!link) continue;
    ++seen;
    EXPECT_GE(link->box.x, scene::find(scene, "input-gradient.0.0.2")->box.right());
    EXPECT_LE(link->box.right(), scene::find(scene, "output-gradient.0.0.0")->box.x);
  }
  EXPECT_EQ(seen, 9);
}

TEST(BackwardView, AMaximumSendsItsGradientToTheWinner) {
  const ViewFilm film(filled(square(LayerKind::max_pool, 4, 2, 2)), "backward");  // 3074 1852 9630 7418
  EXPECT_EQ(words(film, 0), "∂L/∂x[0,0] = 0  (it is no window's maximum)");
  EXPECT_EQ(words(film, 5), "∂L/∂x[1,1] = 1");
}

TEST(BackwardView, AnAverageSharesItsGradient) {
  const ViewFilm film(filled(square(LayerKind::avg_pool, 4, 2, 2)), "backward");
  EXPECT_EQ(words(film, 15), "∂L/∂x[3,3] = 3 / 4 = 0.75");
}

TEST(BackwardView, WhatNobodyReadsHasNoGradient) {
  const ViewFilm film(filled(square(LayerKind::conv, 4, 3, 2)), "backward");
  EXPECT_EQ(words(film, 15), "∂L/∂x[3,3] = 0  (no output reads it)");
  EXPECT_EQ(scene::find(film.reel->shot(0).scene, "input.0.3.3")->role, Role::unread);
}

TEST(BackwardView, HidesTheAnswerUntilItIsRevealed) {
  job::Show show;
  show.predict = std::chrono::seconds(1);
  const ViewFilm film(filled(square(LayerKind::conv, 3, 2)), "backward", show);
  EXPECT_EQ(words(film, 0), "∂L/∂x[0,0] = ?");
  EXPECT_FALSE(scene::find(film.reel->shot(0).scene, "output-gradient.0.0.0")->veiled);
  EXPECT_EQ(joined(scene::find(film.reel->shot(0).scene, "input-gradient.0.0.0")), "");
  EXPECT_TRUE(scene::find(film.reel->shot(1).scene, "output-gradient.0.0.0")->veiled);
}

TEST(BackwardView, EndsWithTheAdjointIdentity) {
  const ViewFilm film(filled(square(LayerKind::conv, 3, 2)), "backward");
  EXPECT_THAT(words(film, film.reel->size() - 1), testing::StartsWith("⟨A x, g⟩ = −6 and ⟨x, Aᵀ g⟩ = −6"));
}

TEST(BackwardView, ItsTranscriptIsTheBackwardPass) {
  const ViewFilm film(filled(square(LayerKind::conv, 3, 2)), "backward");
  EXPECT_THAT(film.reel->transcript(), testing::HasSubstr("step 5: ∂L/∂x[1,1] = 1·1 + 0·2 + (−1)·0 + (−2)·3 = −5\n"));
  EXPECT_THAT(film.reel->transcript(), testing::Not(testing::HasSubstr("y[0,0] =")));
}

TEST(BackwardView, TheArticlesLayoutNamesItsGridsToo) {
  job::Show show;
  show.layout = job::Layout::article;
  const ViewFilm film(filled(square(LayerKind::conv, 4, 3)), "backward", show);
  EXPECT_NE(scene::find(film.last(), "caption.input-gradient"), nullptr);
  show.layout = job::Layout::plain;
  const ViewFilm plain(filled(square(LayerKind::conv, 4, 3)), "backward", show);
  EXPECT_EQ(scene::find(plain.last(), "caption.input-gradient"), nullptr);
}

TEST(BackwardView, RefusesTooManyKernels) {
  Layer layer = square(LayerKind::conv, 4, 3);
  layer.in_channels = layer.out_channels = 5;
  EXPECT_THAT(view_named("backward").refuses(layer).value_or(""), testing::HasSubstr("25 kernels"));
}

TEST(BackwardView, RandomLayersAreSound) { expect_sound_over_random_layers("backward", 90, 14); }

}  // namespace
}  // namespace convreel::views::test_support
