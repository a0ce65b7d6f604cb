// Chains of layers: receptive fields found the independent way, by changing one input cell after the other.
#include "numerics/stage.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "support/dice.hpp"

namespace convreel::numerics::stage_test {

using test::Dice;
/// A layer's parameters; the same chain is computed over many inputs.
struct Step1d {
  LayerKind kind = LayerKind::conv;
  std::int64_t kernel = 3, stride = 1, dilation = 1, scale = 0;  ///< scale: nearest upsampling instead
};

std::vector<Stage> chain_over(const std::vector<Step1d>& steps, SharedMap input) {
  std::vector<Stage> stages;
  for (const Step1d& step : steps) {
    if (step.scale > 0) {
      Mapping mapping;
      mapping.kind = MappingKind::upsample;
      mapping.dims = 1;
      mapping.input = {1, input->size};
      mapping.scale[2] = static_cast<double>(step.scale);
      stages.emplace_back(mapping, input);
    } else {
      Layer layer;
      layer.kind = step.kind;
      layer.dims = 1;
      layer.input = input->size;
      layer.kernel = {1, 1, step.kernel};
      layer.stride = {1, 1, step.stride};
      layer.dilation = {1, 1, step.dilation};
      stages.emplace_back(Trace(layer, input, Kernel(1, 1, layer.kernel, 1), {}));
    }
    input = stages.back().shared_output();
  }
  return stages;
}

std::vector<Step1d> random_steps(Dice& draw) {
  std::vector<Step1d> steps;
  for (std::int64_t n = draw.whole(1, 4); n > 0; --n) {
    Step1d step;
    step.kernel = draw.whole(1, 3);
    step.stride = draw.whole(1, 2);
    const std::int64_t way = draw.whole(0, 3);
    if (way == 0) step.scale = 2;
    if (way == 1) step = {LayerKind::conv_transpose, step.stride + draw.whole(0, 1), step.stride, 1, 0};
    if (way > 1) step.dilation = draw.whole(1, 2);
    steps.push_back(step);
  }
  return steps;
}

/// For every output the first and last input whose change changes it.
std::vector<Span> changed_by(const std::vector<Step1d>& steps, std::int64_t size) {
  std::vector<Span> seen;
  for (std::int64_t at = 0; at < size; ++at) {
    Map map(1, {1, 1, size});
    map.values[static_cast<std::size_t>(at)] = 1;
    const std::vector<Stage> stages = chain_over(steps, std::make_shared<const Map>(std::move(map)));
    const std::vector<double>& values = stages.back().output().values;
    seen.resize(values.size(), {size, -1});
    for (std::size_t y = 0; y < values.size(); ++y)
      if (values[y] != 0) seen[y] = {std::min(seen[y].first, at), std::max(seen[y].last, at)};
  }
  return seen;
}

TEST(ReceptiveFields, AreThoseThatChangedInputsReach) {
  constexpr std::int64_t kSize = 64;
  int compared = 0;
  for (unsigned seed = 0; seed < 150; ++seed) {
    Dice draw(seed);
    const std::vector<Step1d> steps = random_steps(draw);
    const auto stages = chain_over(steps, std::make_shared<const Map>(1, Cell{1, 1, kSize}, 1.0));
    const ReceptiveField field = receptive_fields(stages).back();
    const std::vector<Span> seen = changed_by(steps, kSize);
    std::int64_t largest = 0;
    for (const Span& span : seen)
      if (span.first > 0 && span.last < kSize - 1) largest = std::max(largest, span.size());  // the border cuts others
    if (largest == 0) continue;
    ++compared;
    EXPECT_EQ(field.size[2], largest) << seed;
    for (std::size_t y = 0; y < seen.size(); ++y) {
      const auto cells = cone(stages, {0, {0, 0, static_cast<std::int64_t>(y)}});
      for (const Place& place : cells.front())
        EXPECT_TRUE(place.cell[2] >= seen[y].first && place.cell[2] <= seen[y].last) << seed;
    }
  }
  EXPECT_GT(compared, 100);
}

TEST(ReceptiveFields, PathsAndInfluenceOfTwoBoxes) {
  const std::vector<Step1d> steps{{LayerKind::conv, 3, 1, 1, 0}, {LayerKind::conv, 3, 1, 1, 0}};
  const auto stages = chain_over(steps, std::make_shared<const Map>(1, Cell{1, 1, 7}, 2.0));
  const std::vector<double> triangle{0, 1, 2, 3, 2, 1, 0};
  EXPECT_EQ(path_counts(stages, {0, {0, 0, 1}}).values, triangle);
  EXPECT_EQ(influence(stages, {0, {0, 0, 1}}).values, triangle);
}

/// What one output changes by when its input does, once for each value given.
std::vector<double> slopes_of(Mapping mapping, const std::vector<double>& values) {
  std::vector<double> slopes;
  for (const double value : values) {
    auto input = std::make_shared<Map>(1, Cell{1, 1, 1}, value);
    mapping.dims = 1;
    mapping.input = {1, input->size};
    slopes.push_back(influence({Stage(mapping, input)}, {0, {0, 0, 0}}).values.front());
  }
  return slopes;
}

TEST(Influence, OfFunctionsIsWhatPyTorchGivesAtTheirCorners) {
  Mapping mapping;
  mapping.slope = 0.2;
  const std::vector<double> places{-2, -1, 0, 1, 2};
  const std::vector<std::pair<MappingKind, std::vector<double>>> expected{
      {MappingKind::relu, {0, 0, 0, 1, 1}},
      {MappingKind::leaky_relu, {0.2, 0.2, 0.2, 1, 1}},
      {MappingKind::clip, {0, 0, 1, 0, 0}}};  // nn.Hardtanh(-1, 1)
  for (const auto& [kind, slopes] : expected) {
    mapping.kind = kind;
    EXPECT_EQ(slopes_of(mapping, places), slopes) << row_of(mapping).name;
  }
}

TEST(Influence, OfBatchNormIsNotLostBesideALargeBias) {
  Mapping mapping;
  mapping.kind = MappingKind::batch_norm;
  mapping.in_features = 1;
  mapping.epsilon = 0;
  mapping.variance = {4};
  mapping.weight = {3};
  mapping.bias = {1e17};
  EXPECT_EQ(slopes_of(mapping, {0, 5}), (std::vector<double>{1.5, 1.5}));
}

TEST(ReceptiveFields, OfBranchesTheWiderCounts) {
  Layer narrow, wide;
  narrow.dims = wide.dims = 1;
  narrow.input = wide.input = {1, 1, 9};
  narrow.kernel = {1, 1, 3};
  wide.kernel = {1, 1, 5};
  const Shape shape{1, {1, 1, 9}};
  const std::vector<Wired> wired{{{&narrow, nullptr, false}, shape, {kChainInput}},
                                 {{&wide, nullptr, false}, shape, {kChainInput}},
                                 {{}, shape, {0, 1}}};
  EXPECT_EQ(receptive_fields(wired, shape).back().size[2], 5);
}

}  // namespace convreel::numerics::stage_test
