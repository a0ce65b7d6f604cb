// Layers without a kernel window, each by itself as PyTorch prints it: the numbers are PyTorch's own
// (tests/tools/stack_cases.py mappings).
#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "base/error.hpp"
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

std::string mistake(auto&& work) {
  try {
    static_cast<void>(work());
  } catch (const base::Error& error) {
    return error.problems().front().message;
  }
  return "";
}

TEST(Mapping, ArgumentsAreWhatTheyAreCalled) {
  const auto refused = [](const char* text) { return mistake([&] { return read_stack_layer(text); }); };
  EXPECT_EQ(refused("ReLU(5)"), "ReLU: inplace is True or False, not 5");
  EXPECT_EQ(refused("ReLU(inplace=maybe)"), "ReLU: inplace is True or False, not maybe");
  EXPECT_EQ(refused("Dropout(p=nan)"), "Dropout: p takes a number, not nan");
  EXPECT_EQ(refused("Dropout(1.5)"), "Dropout: p is between 0 and 1, not 1.5");
  EXPECT_EQ(refused("Upsample(scale_factor='2')"), "Upsample: scale_factor takes a number, not '2'");
  for (const char* text : {"Dropout(p=0.5, inplace=False)", "ReLU(inplace=True)", "BatchNorm2d(3, momentum=None)",
                           "BatchNorm2d(3, eps=1e-05, momentum=0.1, affine=True, track_running_stats=True)"})
    EXPECT_EQ(refused(text), "") << text;
}

TEST(Stack, AnOptionStandsOnceBehindALayer) {
  const auto refused = [](const char* text) { return mistake([&] { return read_stack_layer(text); }); };
  EXPECT_EQ(refused("Conv2d(1, 1, 3) --stride 2 --stride 1"), "Conv2d: --stride was given twice");
  EXPECT_EQ(refused("Conv2d(1, 1, 3) -s 2 --strides=2"), "Conv2d: --stride was given twice");
  EXPECT_EQ(refused("MaxPool2d(2) --ceil-mode --no-ceil-mode"), "MaxPool2d: --ceil-mode was given twice");
  EXPECT_EQ(refused("LeakyReLU() --negative-slope 1 --negative-slope 2"),
            "LeakyReLU: --negative-slope was given twice");
  EXPECT_EQ(refused("Conv2d(1, 1, 3, stride=2) --stride 2"), "");
  EXPECT_EQ(refused("Conv2d(1, 1, 3) --stride 2 -- --stride 1"), "");
}

TEST(Stack, ReadsWhatPyTorchPrintsOfEqualModules) {
  using Layers = std::vector<std::string>;
  EXPECT_EQ(stack_layers("Net(\n  (l): ModuleList(\n    (0-1): 2 x Conv2d(1, 1, 3)\n  )\n  (a): ReLU()\n)"),
            (Layers{"Conv2d(1, 1, 3)", "Conv2d(1, 1, 3)", "ReLU()"}));
  EXPECT_EQ(stack_layers("ModuleList((0-1): 2 x Sequential((0): ReLU() (1): Tanh()))"),
            (Layers{"ReLU()", "Tanh()", "ReLU()", "Tanh()"}));
  for (const char* text : {"ModuleList((0-1): 0 x ReLU())", "ModuleList((0-1): 9999999999999 x Sequential())",
                           "ModuleList((0): 4000 x Sequential((0): 4000 x ReLU()))"})
    EXPECT_NE(mistake([&] { return stack_layers(text); }).find("can be read"), std::string::npos) << text;
}

TEST(Stack, CommasStandBehindLayers) {
  EXPECT_EQ(stack_layers("Sequential(ReLU(), ReLU(),)").size(), 2U);
  EXPECT_EQ(stack_layers("Sequential(ReLU() ReLU())").size(), 2U);
  for (const char* text : {"Sequential(ReLU(),,ReLU())", "Sequential(, ReLU())", "Sequential(ReLU(), ,)"})
    EXPECT_EQ(mistake([&] { return stack_layers(text); }), "Sequential: a comma with no layer before it") << text;
}

TEST(Stack, QuotesKeepWhatTheyHold) {
  EXPECT_EQ(stack_layers("Conv2d(1,  1, 2) --kernel-values '1 2\n3 4' # a\nReLU()").front(),
            "Conv2d(1, 1, 2) --kernel-values '1 2\n3 4'");
  EXPECT_EQ(stack_layers("Conv2D(8, 3, name='a)#b')").front(), "Conv2D(8, 3, name='a)#b')");
}

}  // namespace convreel::job::mapping_test
