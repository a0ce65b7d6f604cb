#include "unit/views/view_film.hpp"
#include "views/backward/gradients.hpp"

namespace convreel::views::test_support {
namespace {

using scene::Role;

std::string words(const ViewFilm& film, std::int64_t shot) {
  return joined(scene::find(film.reel->shot(shot).scene, "arithmetic"));
}

TEST(BackwardView, AsksOutputsInputsAndWeightsInTurn) {
  const ViewFilm film(filled(square(LayerKind::conv, 3, 2)), "backward");  // w = −2 −1 0 1
  EXPECT_EQ(film.reel->size(), 4 + 9 + 4 + 1);
  EXPECT_EQ(words(film, 0), "y[0,0] reads 4 inputs; ∂L/∂y[0,0] flows back to each, times its weight");
  EXPECT_EQ(words(film, 4 + 4), "∂L/∂x[1,1] = 1·∂L/∂y[0,0] + 0·∂L/∂y[0,1] + (−1)·∂L/∂y[1,0] + (−2)·∂L/∂y[1,1]");
  EXPECT_EQ(words(film, 4 + 9), "∂L/∂w[0,0] = 3·∂L/∂y[0,0] + 0·∂L/∂y[0,1] + 4·∂L/∂y[1,0] + 1·∂L/∂y[1,1]");
}

TEST(BackwardView, LightsTheOtherTwoSides) {
  const ViewFilm film(filled(square(LayerKind::conv, 3, 2)), "backward");
  const scene::Scene output = film.reel->shot(0).scene, input = film.reel->shot(4).scene,
                     weight = film.reel->shot(13).scene;
  EXPECT_EQ(scene::find(output, "output.0.0.0")->role, Role::output_active);
  EXPECT_TRUE(scene::find(output, "input.0.1.1")->veiled);
  EXPECT_EQ(joined(scene::find(output, "input.0.1.1")), "11");  // x = 1 with w = 1 in its corner
  EXPECT_FALSE(scene::find(output, "input.0.2.2")->veiled);
  EXPECT_TRUE(scene::find(input, "output.0.0.0")->veiled);
  EXPECT_TRUE(scene::find(input, "kernel.0.0.0")->veiled);
  EXPECT_FALSE(scene::find(input, "kernel.0.0.1")->veiled);
  EXPECT_TRUE(scene::find(weight, "input.0.1.1")->veiled);
  EXPECT_TRUE(scene::find(weight, "output.0.1.1")->veiled);
  EXPECT_NE(scene::find(weight, "link.0.0"), nullptr);
  EXPECT_EQ(scene::find(film.last(), "link.0.0"), nullptr);
  EXPECT_EQ(scene::find(film.last(), "asked"), nullptr);
}

TEST(BackwardView, LinksStayBetweenInputAndOutput) {
  const ViewFilm film(filled(square(LayerKind::conv_transpose, 3, 3, 2, 1)), "backward");
  for (std::int64_t shot = 0; shot < film.reel->size(); ++shot) {
    const scene::Scene scene = film.reel->shot(shot).scene;
    const scene::Item* link = scene::find(scene, "link.0.0");
    if (!link) continue;
    EXPECT_GE(link->box.x, scene::find(scene, "input.0.0.2")->box.right());
    EXPECT_LE(link->box.right(), scene::find(scene, "output.0.0.0")->box.x);
  }
}

TEST(BackwardView, AMaximumSendsItsGradientToTheWinner) {
  const ViewFilm film(filled(square(LayerKind::max_pool, 4, 2, 2)), "backward");  // 3074 1852 9630 7418
  EXPECT_EQ(words(film, 0), "y[0,0] is the maximum, x[1,1]: all of ∂L/∂y[0,0] flows back to it");
  EXPECT_NE(scene::find(film.reel->shot(0).scene, "winner"), nullptr);
  EXPECT_EQ(words(film, 4), "∂L/∂x[0,0] = 0  (it is no window's maximum)");
  EXPECT_EQ(words(film, 4 + 5), "∂L/∂x[1,1] = ∂L/∂y[0,0]");
}

TEST(BackwardView, AnAverageSharesItsGradient) {
  const ViewFilm film(filled(square(LayerKind::avg_pool, 4, 2, 2)), "backward");
  EXPECT_EQ(words(film, 4), "∂L/∂x[0,0] = ∂L/∂y[0,0] / 4");
}

TEST(BackwardView, WhatNobodyReadsHasNoGradient) {
  const ViewFilm film(filled(square(LayerKind::conv, 4, 3, 2)), "backward");
  EXPECT_EQ(words(film, 1 + 15), "∂L/∂x[3,3] = 0  (no output reads it)");
  EXPECT_EQ(scene::find(film.reel->shot(0).scene, "input.0.3.3")->role, Role::unread);
}

TEST(BackwardView, HidesTheAnswerUntilItIsRevealed) {
  job::Show show;
  show.predict = std::chrono::seconds(1);
  const ViewFilm film(filled(square(LayerKind::conv, 3, 2)), "backward", show);
  EXPECT_THAT(words(film, 0), testing::HasSubstr("reads ? inputs"));
  EXPECT_FALSE(scene::find(film.reel->shot(0).scene, "input.0.0.0")->veiled);
  EXPECT_EQ(words(film, 8), "∂L/∂x[0,0] = ?");
  EXPECT_TRUE(scene::find(film.reel->shot(1).scene, "input.0.0.0")->veiled);
}

/// The sentences' sums are the gradients: L = Σ g·y, nudged at one input and one weight at a time.
TEST(BackwardView, TheSumsAreTheGradients) {
  std::mt19937 random(5);
  for (int tried = 0; tried < 40;) {
    const Layer layer = random_layer(random);
    if (!numerics::check(layer).empty() || !layer.row().weights) continue;
    ++tried;
    const numerics::Trace trace = filled(layer);
    const Questions questions(trace);
    const auto g = [&](const numerics::Place& y) { return static_cast<double>(trace.output().offset(y) % 7) - 3; };
    const auto loss = [&](const numerics::Map& input, const numerics::Kernel& kernel) {
      const numerics::Trace nudged(layer, input, kernel, {});
      double sum = 0;
      for (std::size_t v = 0; v < nudged.output().values.size(); ++v)
        sum += nudged.output().values[v] * (static_cast<double>(v % 7) - 3);
      return sum;
    };
    const double base = loss(trace.input(), trace.kernel());
    for (std::int64_t q = trace.step_count(); q < questions.count(); q += 3) {
      const Question question = questions.at(q);
      double gradient = 0;
      numerics::Map input = trace.input();
      numerics::Kernel kernel = trace.kernel();
      const auto found = questions.contributions(question);
      if (question.side == Side::input) {
        input.at(question.asked) += 1;
        for (const auto& c : found) gradient += questions.weight(c) * g(c.output);
      } else {
        kernel.values[static_cast<std::size_t>(q - trace.step_count()) - input.values.size()] += 1;
        for (const auto& c : found) gradient += trace.input().at(c.input) * g(c.output);
      }
      EXPECT_NEAR(loss(input, kernel) - base, gradient, 1e-9) << q;
    }
  }
}

TEST(BackwardView, RefusesTooManyKernels) {
  Layer layer = square(LayerKind::conv, 4, 3);
  layer.in_channels = layer.out_channels = 5;
  EXPECT_THAT(view_named("backward").refuses(layer).value_or(""), testing::HasSubstr("25 kernels"));
}

TEST(BackwardView, RandomLayersAreSound) { expect_sound_over_random_layers("backward", 90, 14); }

}  // namespace
}  // namespace convreel::views::test_support
