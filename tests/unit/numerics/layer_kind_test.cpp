#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string_view>

#include "unit/numerics/make.hpp"

namespace convreel::test {
namespace {

using numerics::KindRow;
using numerics::kLayerKinds;

TEST(LayerKinds, HaveNamesOfTheirOwn) {
  for (const auto name : {&KindRow::name, &KindRow::command, &KindRow::short_command, &KindRow::torch_name,
                          &KindRow::keras_name, &KindRow::onnx_name, &KindRow::title}) {
    std::set<std::string_view> seen;
    for (const KindRow& row : kLayerKinds) {
      EXPECT_FALSE((row.*name).empty());
      EXPECT_TRUE(seen.insert(row.*name).second) << row.*name;
    }
  }
}

TEST(LayerKinds, FactsAgreeWithEachOther) {
  for (const KindRow& row : kLayerKinds) {
    SCOPED_TRACE(row.name);
    EXPECT_EQ(row.weights, row.reduced_by.empty());
    EXPECT_EQ(row.weights, row.default_kernel != numerics::Sample::none);
    EXPECT_FALSE(row.picks && row.divides);
    EXPECT_GE(row.least_axes, 1);
    EXPECT_LE(row.most_axes, numerics::kAxes);
    if (row.adjoint) {
      EXPECT_EQ(numerics::row_of(*row.adjoint).adjoint, row.kind);
      EXPECT_NE(numerics::row_of(*row.adjoint).swapped, row.swapped);
    }
  }
}

TEST(LayerKinds, AStepTellsWhatItsRowPromises) {
  for (const KindRow& row : kLayerKinds) {
    SCOPED_TRACE(row.name);
    const Trace trace = any_trace(square(row.kind, 4, 3, 1, 1));
    const numerics::Step step = trace.step(0);
    EXPECT_EQ(step.winner.has_value(), row.picks);
    EXPECT_EQ(step.divisor != 1, row.divides);
    EXPECT_EQ(step.sum, trace.output().values.front());
    for (const numerics::Term& term : step.terms) EXPECT_TRUE(term.input || term.x == row.padding);
  }
}

}  // namespace
}  // namespace convreel::test
