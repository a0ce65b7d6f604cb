// Grids whose cells are too small for numbers: what the eye needs to find the step and to read the kernel.
#include "explain/number.hpp"
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

TEST(LargeGrid, TheKernelHasTheWindowsInputs) {
  const ViewFilm film(filled(square(LayerKind::conv, 12, 3)), "slide");
  const scene::Scene scene = at_step(film, 44);
  EXPECT_FALSE(scene::find(scene, "input.0.4.5")->corner) << "no room for a weight";
  const numerics::Step step = film.trace.step(44);
  ASSERT_EQ(step.terms.size(), 9);
  for (const numerics::Term& term : step.terms) {
    const scene::Item* weight = scene::find(scene, cell_id("kernel", {0, term.tap}, 2));
    ASSERT_EQ(weight->text.size(), 2);
    EXPECT_EQ(weight->text[0].text, explain::number(term.w));
    EXPECT_EQ(weight->text[1].text, explain::number(term.x));
    EXPECT_TRUE(weight->corner);
  }
  EXPECT_FALSE(scene::find(film.last(), "kernel.0.0.0")->corner) << "the window is gone";
}

TEST(SmallGrid, TheCellsUnderTheWindowHaveItsWeights) {
  const ViewFilm film(filled(square(LayerKind::conv, 5, 3)), "slide");
  const scene::Scene scene = at_step(film, 4);
  EXPECT_TRUE(scene::find(scene, "input.0.1.1")->corner);
  EXPECT_FALSE(scene::find(scene, "kernel.0.0.0")->corner);
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
