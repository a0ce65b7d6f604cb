// Grids whose cells are too small for numbers: what the eye needs to find the step and to read the kernel.
#include "unit/views/view_film.hpp"
#include "views/parts/grid.hpp"

namespace convreel::views::test_support {
namespace {

using scene::Role;

scene::Scene at_step(const ViewFilm& film, std::int64_t step) { return film.reel->shot(step).scene; }

TEST(LargeGrid, TheKernelIsLargeEnoughToRead) {
  const ViewFilm film(filled(square(LayerKind::conv, 40, 5)), "slide");
  const scene::Scene scene = at_step(film, 500);
  EXPECT_LT(scene::find(scene, "input.0.0.0")->box.width, kSmallestNumberedCell);
  EXPECT_GE(scene::find(scene, "kernel.0.0.0")->box.width, 24);
  EXPECT_EQ(test::text_of(scene, "kernel.0.0.0"), "−2");
}

TEST(LargeGrid, InputKernelAndOutputKeepTheirHues) {
  const ViewFilm film(filled(square(LayerKind::conv, 40, 5)), "slide");
  const scene::Scene scene = at_step(film, 500);
  EXPECT_THAT(std::string(scene::name(scene::find(scene, "input.0.0.0")->role)), testing::StartsWith("input-shade"));
  EXPECT_EQ(scene::find(scene, "kernel.0.0.0")->role, Role::kernel);
  EXPECT_THAT(std::string(scene::name(scene::find(scene, "legend.input.7")->role)), testing::StartsWith("input-shade"));
}

TEST(LargeGrid, TheActiveOutputHasAMarkAndPendingOnesRecede) {
  const ViewFilm film(filled(square(LayerKind::conv, 40, 5)), "slide");
  const scene::Scene scene = at_step(film, 500);
  const numerics::Place at = film.trace.step(500).output;
  const scene::Item* active = scene::find(scene, cell_id("output", at, 2));
  ASSERT_NE(scene::find(scene, "active"), nullptr);
  EXPECT_EQ(scene::find(scene, "active")->box.centre(), active->box.centre());
  EXPECT_LT(scene::find(scene, "output.0.35.35")->opacity, 0.5);
}

TEST(SmallGrid, CellsGrowToUseTheCanvas) {
  const ViewFilm film(filled(square(LayerKind::conv, 5, 3)), "slide");
  EXPECT_EQ(scene::find(at_step(film, 4), "input.0.0.0")->box.width, kLargestCell);
}

TEST(LargeGrid, SmallGridsNeedNoMark) {
  const ViewFilm film(filled(square(LayerKind::conv, 5, 3)), "slide");
  const scene::Scene scene = at_step(film, 4);
  EXPECT_EQ(scene::find(scene, "active"), nullptr);
  EXPECT_EQ(scene::find(scene, "output.0.2.2")->opacity, 1);
}

}  // namespace
}  // namespace convreel::views::test_support
