#include "unit/views/view_film.hpp"
#include "views/iso/plate.hpp"

namespace convreel::views::test_support {
namespace {

using scene::Form;
using scene::Role;

TEST(IsoView, CellsAreParallelogramsWithTheirRolesAndNumbers) {
  const ViewFilm film(filled(square(LayerKind::conv, 5, 3, 2, 1)), "iso");
  const scene::Scene scene = film.reel->shot(4).scene;
  const scene::Item* corner = scene::find(scene, "input.0.0.0");
  EXPECT_EQ(corner->form, Form::polygon);
  EXPECT_EQ(corner->role, Role::padding);
  EXPECT_EQ(corner->points.size(), 4u);
  EXPECT_EQ(test::text_of(scene, "input.0.1.1"), "3");
  EXPECT_EQ(scene::find(scene, "output.0.1.1")->role, Role::output_active);
  EXPECT_EQ(scene::find(scene, "output.0.2.2")->role, Role::output_pending);
}

TEST(IsoView, SightLinesJoinTheOutputsCornersToTheWindows) {
  const ViewFilm film(filled(square(LayerKind::conv, 5, 3)), "iso");
  const scene::Scene scene = film.reel->shot(8).scene;
  const scene::Item *output = scene::find(scene, "output.0.2.2"), *window = scene::find(scene, "window.0");
  EXPECT_EQ(scene::find(scene, "sight.0.0.0")->points.front(), output->points[0]);
  EXPECT_EQ(scene::find(scene, "sight.0.0.2")->points.back(), window->points[0]);
  EXPECT_LT(scene::find(scene, "sight.0.0.0")->opacity, 1) << "behind the output";
  EXPECT_EQ(scene::find(scene, "sight.0.0.1")->opacity, 1);
  EXPECT_LT(scene::find(scene, "sight.0.0.2")->opacity, 1) << "over the map's digits";
}

TEST(IsoView, TheKernelStandsBesideThePlates) {
  const ViewFilm film(filled(square(LayerKind::conv_transpose, 3, 3, 2, 1)), "iso");
  const scene::Scene scene = film.reel->shot(4).scene;
  EXPECT_EQ(test::text_of(scene, "kernel.0.0.0"), explain::number(film.trace.weight(0, 0, {0, 2, 2}))) << "turned";
  EXPECT_EQ(test::text_of(scene, "caption.kernel"), "kernel");
  const ViewFilm pool(filled(square(LayerKind::max_pool, 4, 2, 2)), "iso");
  EXPECT_EQ(scene::find(pool.last(), "kernel.0.0.0"), nullptr);
}

TEST(IsoView, EveryChannelThatIsReadHasItsKernel) {
  Layer layer = square(LayerKind::conv, 5, 3);
  layer.in_channels = layer.out_channels = 3;
  const ViewFilm film(filled(layer), "iso");
  const scene::Scene first = film.reel->shot(0).scene;
  for (const char* id : {"kernel.0.0.0", "kernel.1.2.2", "kernel.2.0.0", "channel.0", "channel.2"})
    EXPECT_NE(scene::find(first, id), nullptr) << id;
  layer.groups = 3;
  const ViewFilm grouped(filled(layer), "iso");
  EXPECT_EQ(scene::find(grouped.reel->shot(0).scene, "kernel.2.0.0"), nullptr);
  EXPECT_NE(scene::find(grouped.last(), "kernel.2.0.0"), nullptr);
  EXPECT_EQ(scene::find(first, "channel.0")->role, scene::find(first, "input.0.0.0")->role);
}

TEST(IsoView, ManyChannelsAreThoseThatActAndACountedStack) {
  Layer layer = square(LayerKind::conv, 5, 3);
  layer.in_channels = 16;
  const ViewFilm film(filled(layer), "iso");
  const scene::Scene scene = film.reel->shot(4).scene;
  for (const char* id : {"input.2.0.0", "rest.0", "rest.2", "window.2", "window.rest", "sight.rest.0.0"})
    EXPECT_NE(scene::find(scene, id), nullptr) << id;
  EXPECT_EQ(scene::find(scene, "input.3.0.0"), nullptr);
  EXPECT_EQ(test::text_of(scene, "rest.words"), "13 more");
}

TEST(IsoView, ManyChannelsAreSound) {
  for (const auto& [in, out, groups] : {std::array<std::int64_t, 3>{16, 8, 1}, {6, 1, 1}, {8, 8, 8}, {12, 16, 2}}) {
    Layer layer = square(LayerKind::conv, 5, 3);
    layer.in_channels = in, layer.out_channels = out, layer.groups = groups;
    SCOPED_TRACE(explain::layer_title(layer));
    const ViewFilm film(filled(layer), "iso");
    for (const std::int64_t shot : {std::int64_t{0}, film.reel->size() / 2, film.reel->size() - 1})
      EXPECT_THAT(test::layout_faults(film.reel->shot(shot).scene, film.ruler), testing::IsEmpty()) << shot;
    for (const double cell : {5.0, 17.0, 40.0}) expect_inside_measure(film, cell);
  }
}

TEST(IsoView, ChannelsThatAreNotReadStandInTheStack) {
  Layer layer = square(LayerKind::conv, 5, 3);
  layer.in_channels = layer.out_channels = layer.groups = 8;
  const ViewFilm film(filled(layer), "iso");
  const scene::Scene first = film.reel->shot(0).scene, last = film.last();
  EXPECT_NE(scene::find(first, "input.0.0.0"), nullptr);
  EXPECT_EQ(scene::find(first, "input.7.0.0"), nullptr);
  EXPECT_NE(scene::find(last, "input.7.0.0"), nullptr);
  EXPECT_EQ(test::text_of(first, "rest.words"), "7 not read");
  EXPECT_EQ(scene::find(first, "window.rest"), nullptr);
}

TEST(IsoView, PlatesOfManyChannelsNestInTwoRows) {
  for (const auto& [rows, columns] : {std::pair{5, 5}, {2, 9}, {9, 2}, {1, 7}}) {
    const std::vector<Plate> plates = tiled({{}, 20, rows, columns}, 7, 2, 10);
    ASSERT_EQ(plates.size(), 7u);
    EXPECT_LT(bounds_of(plates).width, 7 * plates[0].bounds().width);
    for (const Plate& plate : plates)
      for (const Plate& other : plates) {
        if (&plate == &other) continue;
        const Quad quad = plate.whole();
        for (std::size_t corner = 0; corner < quad.size(); ++corner)
          for (const Stretch& part : stretches(quad[corner], quad[(corner + 1) % quad.size()], {other}))
            EXPECT_FALSE(part.hidden) << rows << "x" << columns << ": an edge runs behind another plate";
      }
  }
}

TEST(IsoView, ATransposedLayersWindowSlidesOverTheStretchedMap) {
  const ViewFilm film(filled(square(LayerKind::conv_transpose, 3, 3, 2, 1)), "iso");
  EXPECT_EQ(film.reel->size(), 25 + 1);
  EXPECT_EQ(scene::find(film.last(), "input.0.1.2")->role, Role::inserted_zero);
  EXPECT_EQ(scene::find(film.last(), "input.0.0.0")->role, Role::padding);
}

TEST(IsoView, DilationLeavesHolesInTheWindow) {
  Layer layer = square(LayerKind::conv, 7, 3);
  layer.dilation = {1, 2, 2};
  const ViewFilm film(filled(layer), "iso");
  const scene::Scene scene = film.reel->shot(0).scene;
  EXPECT_NE(scene::find(scene, "tap.0.0.2"), nullptr);
  EXPECT_EQ(scene::find(scene, "tap.0.0.1"), nullptr);
}

TEST(IsoView, TheMaximumIsLitOnceItIsRevealed) {
  job::Show show;
  show.predict = std::chrono::seconds(1);
  const ViewFilm film(filled(square(LayerKind::max_pool, 4, 2, 2)), "iso", show);
  EXPECT_EQ(scene::find(film.reel->shot(0).scene, "input.0.1.1")->role, Role::input);
  const scene::Scene revealed = film.reel->shot(1).scene;
  const auto won = *film.trace.step(0).terms[*film.trace.step(0).winner].input;
  EXPECT_EQ(scene::find(revealed, fmt::format("input.0.{}.{}", won.cell[1], won.cell[2]))->role, Role::winner);
}

TEST(IsoView, RandomLayersAreSound) { expect_sound_over_random_layers("iso", 90, 3); }

TEST(Plate, NeighboursShareTheirEdge) {
  const Plate plate{{100, 50}, 20, 3, 4};
  const Quad left = plate.quad(1, 1, 1, 1), right = plate.quad(1, 2, 1, 1);
  EXPECT_DOUBLE_EQ(left[1].x, right[0].x);
  EXPECT_DOUBLE_EQ(left[2].y, right[3].y);
  const scene::Rect bounds = plate.bounds();
  for (const scene::Point& p : plate.quad(2, 0, 1, 4)) EXPECT_EQ(scene::united(bounds, {p.x, p.y, 0, 0}), bounds);
}

TEST(Plate, ALineIsCutWhereItLeavesAPlate) {
  const Plate plate{{100, 50}, 20, 3, 4};
  const scene::Point inside = plate.bounds().centre(), outside{inside.x, 400};
  const auto parts = stretches(inside, outside, {plate});
  ASSERT_EQ(parts.size(), 2u);
  EXPECT_TRUE(parts[0].hidden);
  EXPECT_FALSE(parts[1].hidden);
  EXPECT_EQ(parts[0].to, parts[1].from);
  EXPECT_EQ(parts[1].to, outside);
  EXPECT_EQ(stretches({0, 300}, {50, 400}, {plate}).size(), 1u);
}

}  // namespace
}  // namespace convreel::views::test_support
