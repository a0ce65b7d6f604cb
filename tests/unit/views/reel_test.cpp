#include "views/reel/reel.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "base/error.hpp"
#include "explain/formula.hpp"
#include "explain/number.hpp"
#include "explain/title.hpp"
#include "support/scenes.hpp"
#include "support/support.hpp"
#include "views/catalogue.hpp"

namespace convreel::views::reel_test {
namespace {

using numerics::Layer;
using numerics::LayerKind;
using numerics::Trace;
using testing::IsEmpty;

Trace filled(const Layer& layer, bool bias = false) {
  numerics::Map input(layer.in_channels, layer.input);
  for (std::size_t v = 0; v < input.values.size(); ++v) input.values[v] = static_cast<double>((v * 7 + 3) % 10);
  numerics::Kernel kernel;
  if (layer.row().weights) {
    kernel = layer.transposed() ? numerics::Kernel(layer.in_channels, layer.out_channels / layer.groups, layer.kernel)
                                : numerics::Kernel(layer.out_channels, layer.in_channels / layer.groups, layer.kernel);
    for (std::size_t v = 0; v < kernel.values.size(); ++v) kernel.values[v] = static_cast<double>(v % 5) - 2;
  }
  std::vector<double> biases;
  if (bias) biases.assign(static_cast<std::size_t>(layer.out_channels), 1);
  return {layer, input, kernel, biases};
}

Layer transposed_s2p1() {
  Layer layer;
  layer.kind = LayerKind::conv_transpose;
  layer.input = {1, 3, 3};
  layer.stride = {1, 2, 2};
  layer.padding = {{{0, 0}, {1, 1}, {1, 1}}};
  return layer;
}

Layer conv_s2p1() {
  Layer layer;
  layer.stride = {1, 2, 2};
  layer.padding = {{{0, 0}, {1, 1}, {1, 1}}};
  return layer;
}

job::Show show_of(const Layer& layer) {
  job::Show show;
  show.views = {std::string(default_view(layer))};
  return show;
}

/// A reel with everything that it refers to.
struct Film {
  Trace trace;
  job::Show show;
  test::PlainRuler ruler;
  std::unique_ptr<Reel> reel;

  Film(Trace t, job::Show s, story::Pace pace = {}) : trace(std::move(t)), show(std::move(s)) {
    reel = make_reel({{&trace, &show, ""}}, show, pace, ruler);
  }
};

void expect_sound(const Film& film) {
  const std::int64_t stride = std::max<std::int64_t>(1, film.reel->size() / 12);
  for (std::int64_t i = 0; i < film.reel->size(); i += stride) {
    const Shot shot = film.reel->shot(i);
    EXPECT_THAT(test::layout_faults(shot.scene, film.ruler), IsEmpty()) << "shot " << i;
    EXPECT_EQ(shot.scene.canvas, film.reel->canvas());
  }
}

void expect_final_output(const Film& film) {
  const scene::Scene last = film.reel->shot(film.reel->size() - 1).scene;
  const numerics::Map& output = film.trace.output();
  const auto style = explain::grid_numbers(output.values);
  for (std::int64_t c = 0; c < output.channels; ++c)
    for (std::int64_t y = 0; y < output.size[1]; ++y)
      for (std::int64_t x = 0; x < output.size[2]; ++x)
        EXPECT_EQ(test::text_of(last, fmt::format("output.{}.{}.{}", c, y, x)),
                  explain::number(output.at({c, {0, y, x}}), style));
}

TEST(Reel, StripsOfSeveralChannelsKeepTheirNumbers) {
  Layer layer;
  layer.dims = 1;
  layer.input = {1, 1, 12};
  layer.kernel = {1, 1, 3};
  layer.in_channels = 2;
  layer.out_channels = 2;
  const Film film(filled(layer), show_of(layer));
  const scene::Scene last = film.reel->shot(film.reel->size() - 1).scene;
  const scene::Item* input = scene::find(last, "input.1.0.11");
  const scene::Item* output = scene::find(last, "output.1.0.9");
  ASSERT_TRUE(input != nullptr && output != nullptr);
  EXPECT_FALSE(input->text.empty());
  EXPECT_FALSE(output->text.empty());
  EXPECT_GT(output->box.y, input->box.bottom()) << "the outputs stand below";
}

TEST(Reel, SlideHasPadAndSlide) {
  const Film film(filled(conv_s2p1()), show_of(conv_s2p1()));
  EXPECT_EQ(film.reel->size(), 2 + 9 + 1);
  expect_sound(film);
  expect_final_output(film);
}

TEST(Reel, ZeroInsertionHasTheArticlesFourSteps) {
  const Film film(filled(transposed_s2p1()), show_of(transposed_s2p1()));
  EXPECT_EQ(film.reel->size(), 4 + 25 + 1);
  expect_sound(film);
  expect_final_output(film);
  EXPECT_EQ(test::text_of(film.reel->shot(0).scene, "chapter.derive.title"), "derive z, p′");
  EXPECT_EQ(scene::find(film.reel->shot(1).scene, "chapter.insert")->role, scene::Role::accent);
}

TEST(Reel, ChaptersOffLeavesTheStepsOnly) {
  job::Show show = show_of(transposed_s2p1());
  show.chapters = job::Chapters::none;
  show.hold_end = {};
  EXPECT_EQ(Film(filled(transposed_s2p1()), show).reel->size(), 25);
}

TEST(Reel, ShotsAreAPureFunctionOfTheirIndex) {
  const Film film(filled(transposed_s2p1()), show_of(transposed_s2p1()), {true, 25});
  for (std::int64_t i = film.reel->size() - 1; i >= 0; i -= 7)
    EXPECT_EQ(film.reel->shot(i).scene, film.reel->shot(i).scene);
}

TEST(Reel, EqualNeighboursAreMerged) {
  const Film film(filled(transposed_s2p1()), show_of(transposed_s2p1()), {true, 25});
  base::Duration sum{};
  for (std::int64_t i = 0; i < film.reel->size(); ++i) {
    if (i > 0) {
      EXPECT_FALSE(film.reel->shot(i).scene == film.reel->shot(i - 1).scene) << i;
    }
    EXPECT_EQ(film.reel->shot(i).start, sum);
    sum += film.reel->shot(i).duration;
  }
  EXPECT_EQ(sum, film.reel->length());
}

TEST(Reel, SettledIsAGrowingPrefixOfOneList) {
  const Film film(filled(conv_s2p1()), show_of(conv_s2p1()));
  const Shot early = film.reel->shot(5), late = film.reel->shot(9);
  EXPECT_EQ(early.scene.settled.items, late.scene.settled.items);
  EXPECT_LT(early.scene.settled.count, late.scene.settled.count);
  EXPECT_EQ(early.scene.backdrop.items, late.scene.backdrop.items);
}

TEST(Reel, PredictShowsAQuestionMarkFirst) {
  job::Show show = show_of(conv_s2p1());
  show.predict = std::chrono::seconds(1);
  const Film film(filled(conv_s2p1()), show);
  EXPECT_EQ(test::text_of(film.reel->shot(2).scene, "output.0.0.0"), "?");
  EXPECT_NE(test::text_of(film.reel->shot(3).scene, "output.0.0.0"), "?");
}

TEST(Reel, StepsCutTheMainChapter) {
  job::Show show = show_of(conv_s2p1());
  show.steps = job::StepRange{3, 7};
  show.chapters = job::Chapters::none;
  const Film film(filled(conv_s2p1()), show);
  EXPECT_EQ(film.reel->size(), 5 + 1);
  EXPECT_EQ(test::text_of(film.reel->shot(0).scene, "counter"), "step 3 of 9");
  show.steps = job::StepRange{3, 17};
  EXPECT_THROW(Film(filled(conv_s2p1()), show), base::Error);
}

TEST(Reel, TheCounterCountsTheStepThatTheSumTellsOf) {
  const Film film(filled(conv_s2p1()), show_of(conv_s2p1()), {true, 25});
  for (std::int64_t i = 0; i + 1 < film.reel->size(); ++i) {
    const scene::Scene scene = film.reel->shot(i).scene;
    if (film.reel->moment(i).cursor.chapter == 0 || scene::find(scene, "counter") == nullptr) continue;
    std::string sum = test::text_of(scene, "arithmetic");
    const int row = sum.at(2) - '0', column = sum.at(4) - '0';  // "y[1,2]"
    EXPECT_EQ(test::text_of(scene, "counter"), fmt::format("step {} of 9", row * 3 + column + 1)) << "shot " << i;
  }
}

TEST(Reel, ArticleLayoutIsTheArticles) {
  job::Show show = show_of(transposed_s2p1());
  show.layout = job::Layout::article;
  show.chapters = job::Chapters::none;
  show.numbers = false;
  const Film film(filled(transposed_s2p1()), show);
  EXPECT_EQ(film.reel->canvas(), (scene::Size{1000, 500}));
  EXPECT_EQ(test::text_of(film.reel->shot(0).scene, "title"), "Type: transposed_conv - Stride: 2 Padding: 1");
  expect_sound(film);
}

/// Three maps of 5x5 below each other would have cells of 21.
TEST(Reel, ArticlePanelsHoldChannelsWithTheLargestCells) {
  Layer layer = conv_s2p1();
  layer.padding = {};
  layer.in_channels = 3;
  job::Show show = show_of(layer);
  show.layout = job::Layout::article;
  const Film film(filled(layer), show);
  const scene::Scene scene = film.reel->shot(0).scene;
  EXPECT_EQ(scene::find(scene, "input.0.0.0")->box.y, scene::find(scene, "input.1.0.0")->box.y);
  EXPECT_GT(scene::find(scene, "input.0.0.0")->box.width, 30);
  expect_sound(film);
}

TEST(Reel, RandomLayersAreSoundAndEndWithPytorchsNumbers) {
  std::mt19937 random(7);
  const auto pick = [&](std::int64_t low, std::int64_t high) {
    return low + static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(high - low + 1));
  };
  int tried = 0;
  while (tried < test::rounds(120)) {
    Layer layer;
    layer.kind = static_cast<LayerKind>(pick(0, 3));
    layer.dims = static_cast<int>(pick(1, 2));
    for (int a = numerics::first_axis(layer.dims); a < numerics::kAxes; ++a) {
      layer.input[a] = pick(1, 9);
      layer.kernel[a] = pick(1, 4);
      layer.stride[a] = pick(1, 3);
      layer.dilation[a] = layer.kind == LayerKind::avg_pool ? 1 : pick(1, 2);
      layer.padding[a] = {pick(0, 4), pick(0, 4)};
      if (layer.transposed()) layer.output_padding[a] = pick(0, 1);
    }
    if (layer.dims == 1) layer.input[1] = layer.kernel[1] = 1;
    layer.groups = !layer.row().weights ? 1 : pick(1, 2);
    layer.in_channels = layer.groups * pick(1, 2);
    layer.out_channels = !layer.row().weights ? layer.in_channels : layer.groups * pick(1, 2);
    if (!numerics::check(layer).empty()) continue;
    ++tried;
    const Film film(filled(layer, layer.row().weights && tried % 2 == 0), show_of(layer), {tried % 3 == 0, 25});
    SCOPED_TRACE(explain::layer_title(layer) + " " + explain::size_formula(layer));
    expect_sound(film);
    if (scene::find(film.reel->shot(film.reel->size() - 1).scene, "output.0.0.0")->font > 0) expect_final_output(film);
  }
}

TEST(Layout, TheCheckCanFail) {
  const Film film(filled(conv_s2p1()), show_of(conv_s2p1()));
  scene::Scene broken = film.reel->shot(3).scene;
  scene::Item twice = *scene::find(broken, "title");
  twice.id = "again";
  broken.live.push_back(twice);
  EXPECT_FALSE(test::layout_faults(broken, film.ruler).empty());
}

}  // namespace
}  // namespace convreel::views::reel_test
