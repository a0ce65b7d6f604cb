#include "views/parts/window_map.hpp"

#include <gtest/gtest.h>

#include "unit/numerics/make.hpp"
#include "views/parts/grid.hpp"

namespace convreel::views {
namespace {

using numerics::Cell;
using numerics::Layer;
using numerics::LayerKind;
using scene::Role;

TEST(CellId, NamesTheDepthWhereThereIsOne) {
  EXPECT_EQ(cell_id("output", {0, {0, 2, 1}}, 2), "output.0.2.1");
  EXPECT_EQ(cell_id("output", {0, {0, 0, 4}}, 1), "output.0.0.4");
  EXPECT_EQ(cell_id("output", {3, {0, 2, 1}}, 3), "output.3.0.2.1");
}

TEST(WindowMap, HasADepth) {
  Layer layer = test::square(LayerKind::conv_transpose, 2, 3, 2, 1);
  layer.dims = 3;
  layer.input[0] = 2;
  layer.kernel[0] = 3;
  layer.stride[0] = 2;
  const numerics::Trace trace = test::any_trace(layer);
  const WindowMap map(trace);
  EXPECT_EQ(map.size(), (Cell{7, 5, 5}));
  EXPECT_EQ(map.drawn({0, {1, 1, 1}}), (numerics::Place{0, {4, 3, 3}}));
  EXPECT_EQ(map.at({0, {4, 3, 3}}).value, trace.input().at({0, {1, 1, 1}}));
  EXPECT_EQ(map.at({0, {3, 3, 3}}).role, Role::inserted_zero);
  EXPECT_EQ(map.at({0, {1, 3, 3}}).role, Role::padding);
  const std::vector<Covered> covered = map.covered({2, 0, 0});
  ASSERT_EQ(covered.size(), 27u);
  EXPECT_EQ(covered.back().drawn, (Cell{4, 2, 2}));
  EXPECT_EQ(covered.back().tap, Cell{});
}

}  // namespace
}  // namespace convreel::views
