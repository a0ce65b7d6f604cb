// Layers of three axes: slices side by side, each with its name, the window in every slice that it covers.
#include <fmt/format.h>

#include <set>

#include "support/dice.hpp"
#include "unit/views/view_film.hpp"

namespace convreel::views::test_support {
namespace depth_test {

Layer cube(LayerKind kind, Cell input, Cell kernel, std::int64_t stride = 1, std::int64_t padding = 0) {
  Layer layer;
  layer.kind = kind;
  layer.dims = 3;
  layer.input = input;
  layer.kernel = kernel;
  layer.stride = {stride, stride, stride};
  layer.padding.fill({padding, padding});
  return layer;
}

Layer random_cube(test::Dice& dice) {
  Layer layer = cube(static_cast<LayerKind>(dice.whole(0, 3)), {1, 1, 1}, {1, 1, 1});
  for (int a = 0; a < numerics::kAxes; ++a) {
    layer.input[a] = dice.whole(1, 3);
    layer.kernel[a] = dice.whole(1, 2);
    layer.stride[a] = dice.whole(1, 2);
    layer.padding[a] = {dice.whole(0, 1), dice.whole(0, 1)};
    if (layer.kind != LayerKind::avg_pool) layer.dilation[a] = dice.whole(1, 2);
    if (layer.transposed()) layer.output_padding[a] = dice.whole(0, 1);
  }
  layer.groups = layer.row().weights ? dice.whole(1, 2) : 1;
  layer.in_channels = layer.groups * dice.whole(1, 2);
  layer.out_channels = layer.row().weights ? layer.groups * dice.whole(1, 2) : layer.in_channels;
  return layer;
}

/// No words overlap or leave their box, ids are unique, nothing leaves the canvas.
void expect_in_order(const ViewFilm& film) {
  const std::int64_t stride = std::max<std::int64_t>(1, film.reel->size() / 7);
  for (std::int64_t i = 0; i < film.reel->size(); i += stride) {
    const scene::Scene scene = film.reel->shot(i).scene;
    EXPECT_THAT(test::layout_faults(scene, film.ruler), testing::IsEmpty()) << "shot " << i;
    EXPECT_THAT(doubled(scene.live), testing::IsEmpty()) << "shot " << i;
    const scene::Rect canvas{0, 0, scene.canvas.width, scene.canvas.height};
    for (const scene::Item* item : scene::visible(scene)) EXPECT_TRUE(within(item->box, canvas)) << item->id;
  }
}

/// The closing picture shows every output.
void expect_outputs(const ViewFilm& film) {
  const scene::Scene last = film.last();
  const numerics::Map& output = film.trace.output();
  const auto style = explain::grid_numbers(output.values);
  for (std::int64_t n = 0; n < film.trace.step_count(); ++n) {
    const Place at = numerics::place_at(n, output.size);
    const std::string id = fmt::format("output.{}.{}.{}.{}", at.channel, at.cell[0], at.cell[1], at.cell[2]);
    const scene::Item* item = scene::find(last, id);
    ASSERT_NE(item, nullptr) << id;
    if (item->font > 0) {
      EXPECT_EQ(item->text.at(0).text, explain::number(output.at(at), style)) << id;
    }
  }
}

void expect_sound_cubes(const std::string& view, unsigned seed, void (*check)(const ViewFilm&)) {
  test::Dice dice(seed);
  const int rounds = test::rounds(40);
  int shown = 0;
  for (int tried = 0; tried < rounds;) {
    const Layer layer = random_cube(dice);
    if (!numerics::check(layer).empty() || view_named(view).refuses(layer)) continue;
    SCOPED_TRACE(explain::layer_title(layer) + " " + explain::size_formula(layer) + " #" + std::to_string(tried));
    job::Show show;
    show.layout = tried % 8 == 6 ? job::Layout::article : tried % 8 == 7 ? job::Layout::plain : job::Layout::full;
    const auto film = film_if_it_fits(filled(layer), view, show, {tried % 2 == 1, 10});
    ++tried;
    if (!film) continue;
    ++shown;
    expect_in_order(*film);
    check(*film);
  }
  EXPECT_GE(shown, rounds * 4 / 5) << view;
}

TEST(Depth, RandomLayersAreSound) {
  expect_sound_cubes("slide", 21, expect_outputs);
  expect_sound_cubes("zero-insertion", 22, expect_outputs);
  expect_sound_cubes("stamp", 23, expect_outputs);
  expect_sound_cubes("iso", 25, expect_outputs);
  expect_sound_cubes("backward", 26, expect_outputs);
  expect_sound_cubes("overlap", 24, [](const ViewFilm& film) {
    for (const double cell : {5.0, 17.0, 40.0}) expect_inside_measure(film, cell);
  });
}

TEST(Depth, TheWindowLiesOnEverySliceThatItReads) {
  const ViewFilm film(filled(cube(LayerKind::conv, {3, 4, 4}, {2, 2, 2})), "slide");
  const scene::Scene scene = film.reel->shot(10).scene;  // z = 1: slices 1 and 2
  const scene::Item *one = scene::find(scene, "window.0"), *two = scene::find(scene, "window.0.1");
  ASSERT_TRUE(one && two);
  EXPECT_EQ(scene::find(scene, "window.0.2"), nullptr);
  for (const auto& [frame, z] : {std::pair(one, 1), std::pair(two, 2)}) {
    const scene::Item* cell = scene::find(scene, fmt::format("input.0.{}.0.1", z));
    ASSERT_NE(cell, nullptr);
    EXPECT_TRUE(cell->veiled);
    EXPECT_EQ(frame->box.x, cell->box.x) << z;
  }
  EXPECT_FALSE(scene::find(scene, "input.0.0.0.1")->veiled);
}

TEST(Depth, ADilatedWindowSkipsSlices) {
  Layer layer = cube(LayerKind::conv, {3, 2, 2}, {2, 1, 1});
  layer.dilation = {2, 1, 1};
  const ViewFilm film(filled(layer), "slide");
  const scene::Scene scene = film.reel->shot(0).scene;
  EXPECT_EQ(scene::find(scene, "window.0.1")->box.x, scene::find(scene, "input.0.2.0.0")->box.x);
  EXPECT_FALSE(scene::find(scene, "input.0.1.0.0")->veiled);
}

TEST(Depth, SlicesHaveNames) {
  const ViewFilm film(filled(cube(LayerKind::conv, {2, 3, 3}, {2, 2, 2}, 1, 1)), "slide");
  const scene::Scene scene = film.last();
  for (const char* map : {"input", "kernel"})
    EXPECT_EQ(joined(scene::find(scene, fmt::format("slice.{}.1", map))), "z = 1") << map;
  const scene::Rect name = scene::find(scene, "slice.input.1")->box, cell = scene::find(scene, "input.0.2.0.2")->box;
  EXPECT_NEAR(name.centre().x, cell.centre().x, 1e-9);  // above the second slice of the input, the third that is drawn
}

TEST(Depth, TheSumIsToldSliceBySlice) {
  const ViewFilm film(filled(cube(LayerKind::conv, {2, 1, 1}, {2, 1, 1})), "slide");  // 3, 0 by -2, -1
  EXPECT_EQ(joined(scene::find(film.reel->shot(0).scene, "arithmetic")), "y[0,0,0] = −6 (z = 0) + 0 (z = 1) = −6");
}

TEST(Depth, AWindowWithoutWeightsIsPartedBySlices) {
  const ViewFilm film(filled(cube(LayerKind::max_pool, {2, 1, 2}, {2, 1, 2}, 1)), "slide");
  EXPECT_EQ(joined(scene::find(film.reel->shot(0).scene, "arithmetic")), "y[0,0,0] = max(3, 0, | 7, 4) = 7");
}

}  // namespace depth_test
}  // namespace convreel::views::test_support
