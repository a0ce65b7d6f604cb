// Layers without a kernel window, each by itself as PyTorch prints it: the numbers are PyTorch's own
// (tests/tools/stack_cases.py mappings).
#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "job/resolve.hpp"
#include "job/stack.hpp"
#include "support/support.hpp"

namespace convreel::job::mapping_test {

using nlohmann::json;

const json& cases() {
  static const json all = json::parse(test::read_text(test::fixture("mapping-cases.json")));
  return all;
}

numerics::Stage last_stage(const json& one) {
  JobSpec spec;
  spec.stack = one["layers"].get<std::vector<std::string>>();
  spec.input_values = one["input"].dump();
  return resolve(spec, {}).chain.stages.back();
}

std::vector<std::int64_t> shape_of(const numerics::Stage& stage) {
  const numerics::Shape shape = stage.output_shape();
  std::vector<std::int64_t> all{shape.channels};
  if (!shape.flat) all.insert(all.end(), shape.size.begin() + numerics::first_axis(stage.dims()), shape.size.end());
  return all;
}

TEST(Mapping, EachComputesWhatPyTorchDoes) {
  for (const json& one : cases()) {
    const numerics::Stage stage = last_stage(one);
    EXPECT_EQ(json(shape_of(stage)), one["shape"]) << one["layers"];
    const auto values = one["values"].get<std::vector<double>>();
    ASSERT_EQ(stage.output().values.size(), values.size()) << one["layers"];
    for (std::size_t v = 0; v < values.size(); ++v)
      ASSERT_NEAR(stage.output().values[v], values[v], 1e-9 * std::max(1.0, std::abs(values[v])))
          << one["layers"] << " at " << v;
  }
}

/// Terms and what they come to, asked for one output at a time, are the map's own numbers.
TEST(Mapping, EveryStepComesToItsOutput) {
  for (const json& one : cases()) {
    const numerics::Stage stage = last_stage(one);
    for (std::int64_t n = 0; n < stage.step_count(); ++n)
      ASSERT_EQ(stage.step(n).sum, stage.output().values[static_cast<std::size_t>(n)]) << one["layers"] << " at " << n;
  }
}

TEST(Mapping, EveryKindWithNumbersIsAmongTheCases) {
  std::set<numerics::MappingKind> seen;
  for (const json& one : cases()) seen.insert(last_stage(one).mapping()->kind);
  for (const MappingName& word : mapping_words()) {
    EXPECT_TRUE(word.kind == numerics::MappingKind::linear || seen.contains(word.kind)) << word.torch_name;
  }
}

TEST(Mapping, ALinearLayerHasAShapeOnly) {
  JobSpec spec;
  spec.stack = {"Flatten()", "Linear(9, 4)"};
  spec.input_size = Sizes{3};
  const Job made = resolve(spec, {});
  EXPECT_FALSE(made.chain.stages.back().has_values());
  EXPECT_EQ(shape_of(made.chain.stages.back()), std::vector<std::int64_t>{4});
  EXPECT_EQ(made.chain.stages.back().parameters(), 40);
}

TEST(Mapping, ParametersBehindALayerAreTheCalls) {
  EXPECT_EQ(with_parameter("Upsample(size=5)", "scale-factor", "2x3"), "Upsample(scale_factor=(2,3))");
  EXPECT_EQ(with_parameter("LeakyReLU(0.1)", "negative-slope", "0.3"), "LeakyReLU(negative_slope=0.3)");
  EXPECT_EQ(with_parameter("BatchNorm2d(2)", "running-mean", "1"), std::nullopt);
  EXPECT_EQ(with_parameter("Conv2d(1, 1, 3)", "stride", "2"), std::nullopt);
  const auto leaky = read_stack_layer("LeakyReLU(0.1) --negative-slope 0.5");
  EXPECT_EQ(std::get<numerics::Mapping>(leaky.layer).slope, 0.5);
}

}  // namespace convreel::job::mapping_test
