// Equalities of stacks and single layers, over random layers: both sides are computed apart.
#include "numerics/equality.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <optional>
#include <utility>

#include "numerics/gradient.hpp"
#include "support/dice.hpp"

namespace convreel::numerics::equality_test {

using test::Dice;

SharedMap random_input(Dice& dice, int dims, std::int64_t channels) {
  Map map(channels, {1, dims == 2 ? dice.whole(5, 9) : 1, dice.whole(5, 9)});
  map.values = dice.values(map.values.size(), -4, 4);
  return std::make_shared<const Map>(std::move(map));
}

struct Wanted {
  std::int64_t out = 1, groups = 1;
  bool strided = false, padded = false, biased = false;
};

Stage convolution(Dice& dice, int dims, const SharedMap& input, const Wanted& wanted) {
  Layer layer;
  layer.dims = dims;
  layer.input = input->size;
  layer.in_channels = input->channels;
  layer.out_channels = wanted.out;
  layer.groups = wanted.groups;
  for (int a = 0; a < kAxes; ++a) {
    const bool used = a >= first_axis(dims);
    layer.kernel[a] = used ? dice.whole(1, 3) : 1;
    if (used && wanted.strided) layer.stride[a] = dice.whole(1, 2);
    if (used && wanted.strided && layer.kernel[a] < 3) layer.dilation[a] = dice.whole(1, 2);
    const std::int64_t p = used && wanted.padded ? dice.whole(0, layer.kernel[a] - 1) : 0;
    layer.padding[a] = {p, p};
  }
  const KernelPlane planes = kernel_planes(layer);
  Kernel kernel(planes.outer, planes.inner, layer.kernel);
  kernel.values = dice.values(kernel.values.size(), -4, 4);
  std::vector<double> bias;
  if (wanted.biased) bias = dice.values(static_cast<std::size_t>(wanted.out), -4, 4);
  return Trace(layer, input, std::move(kernel), std::move(bias));
}

Stage mapping_stage(MappingKind kind, int dims, const Stage* before, const SharedMap& input, std::int64_t factor) {
  Mapping mapping;
  mapping.kind = kind;
  mapping.dims = dims;
  mapping.input = before ? before->output_shape() : Shape{input->channels, input->size};
  mapping.factor = factor;
  if (kind == MappingKind::upsample)
    for (int a = first_axis(dims); a < kAxes; ++a) mapping.scale[a] = static_cast<double>(factor);
  return {mapping, before ? before->shared_output() : input};
}

double most_of(const Map& map) {
  double most = 0;
  for (const double value : map.values) most = std::max(most, std::abs(value));
  return most;
}

/// The one layer's rule where both sides agree everywhere; a reason otherwise.
std::string agreed(const std::vector<Stage>& stages) {
  const auto found = as_one_layer(stages);
  if (const auto* why = std::get_if<std::string>(&found)) return "none: " + *why;
  const auto& one = std::get<OneLayer>(found);
  const Map &a = stages.back().output(), &b = one.trace.output();
  if (a.channels != b.channels || a.size != b.size) return "shapes differ";
  for (std::size_t v = 0; v < a.values.size(); ++v)
    if (!same_number(a.values[v], b.values[v], most_of(a))) return "values differ";
  return one.rule;
}

TEST(Equality, ConvolutionsInARowAreOne) {
  for (unsigned seed = 0; seed < 200; ++seed) {
    Dice dice(seed);
    const int dims = static_cast<int>(dice.whole(1, 2));
    const SharedMap input = random_input(dice, dims, 2 * dice.whole(1, 2));
    const bool groups = dice.whole(0, 1) == 1;
    std::vector<Stage> stages;
    stages.push_back(convolution(
        dice, dims, input, {.out = 4, .groups = groups ? 2 : 1, .strided = true, .padded = true, .biased = true}));
    if (stages[0].output_shape().size[2] < 5 || (dims == 2 && stages[0].output_shape().size[1] < 5)) continue;
    stages.push_back(mapping_stage(MappingKind::identity, dims, &stages[0], input, 1));
    stages.push_back(convolution(dice, dims, stages[1].shared_output(),
                                 {.out = 3, .groups = 1, .strided = true, .padded = false, .biased = groups}));
    EXPECT_EQ(agreed(stages), "its kernel is the kernels' full convolution with each other") << seed;
  }
}

TEST(Equality, NearestUpsamplingThenConvolvingIsTransposed) {
  for (unsigned seed = 0; seed < 200; ++seed) {
    Dice dice(seed);
    const int dims = static_cast<int>(dice.whole(1, 2));
    const SharedMap input = random_input(dice, dims, dice.whole(1, 3));
    const std::int64_t r = dice.whole(2, 3);
    std::vector<Stage> stages;
    stages.push_back(mapping_stage(MappingKind::upsample, dims, nullptr, input, r));
    stages.push_back(convolution(dice, dims, stages[0].shared_output(),
                                 {.out = dice.whole(1, 3), .groups = 1, .padded = true, .biased = seed % 2 == 0}));
    EXPECT_TRUE(agreed(stages).starts_with("stride")) << seed << ": " << agreed(stages);
  }
}

TEST(Equality, ConvolvingThenShufflingIsTransposed) {
  for (unsigned seed = 0; seed < 200; ++seed) {
    Dice dice(seed);
    const SharedMap input = random_input(dice, 2, dice.whole(1, 3));
    const std::int64_t r = dice.whole(2, 3);
    std::vector<Stage> stages;
    stages.push_back(convolution(dice, 2, input, {.out = r * r * dice.whole(1, 2), .groups = 1, .padded = true}));
    stages.push_back(mapping_stage(MappingKind::pixel_shuffle, 2, &stages[0], input, r));
    EXPECT_TRUE(agreed(stages).starts_with("stride")) << seed << ": " << agreed(stages);
  }
}

TEST(Equality, ANonlinearityBetweenIsNamed) {
  Dice dice(3);
  const SharedMap input = random_input(dice, 2, 1);
  std::vector<Stage> stages;
  stages.push_back(convolution(dice, 2, input, {}));
  stages.push_back(mapping_stage(MappingKind::relu, 2, &stages[0], input, 1));
  stages.push_back(convolution(dice, 2, stages[1].shared_output(), {}));
  EXPECT_EQ(agreed(stages), "values differ");
  EXPECT_EQ(std::get<OneLayer>(as_one_layer(stages)).left_out.size(), 1U);
}

TEST(Equality, PaddingBetweenHasNoSingleLayer) {
  Dice dice(5);
  const SharedMap input = random_input(dice, 2, 1);
  std::vector<Stage> stages;
  stages.push_back(convolution(dice, 2, input, {}));
  Layer layer;
  layer.input = stages[0].output().size;
  layer.padding[1] = layer.padding[2] = {1, 1};
  stages.push_back(Trace(layer, stages[0].shared_output(), Kernel(1, 1, layer.kernel, 1), {}));
  EXPECT_TRUE(agreed(stages).starts_with("none: padding between")) << agreed(stages);
}

/// A convolution or a transposed one with groups, several strides and dilations, padding of its own at every side.
std::optional<Trace> weighted_layer(Dice& dice) {
  Layer layer;
  layer.kind = dice.whole(0, 1) == 0 ? LayerKind::conv : LayerKind::conv_transpose;
  layer.dims = static_cast<int>(dice.whole(1, 3));
  layer.input = layer.kernel = {1, 1, 1};
  for (int a = first_axis(layer.dims); a < kAxes; ++a) {
    layer.input[a] = dice.whole(1, 6);
    layer.kernel[a] = dice.whole(1, 3);
    layer.stride[a] = dice.whole(1, 3);
    layer.dilation[a] = dice.whole(1, 2);
    layer.padding[a] = {dice.whole(0, 2), dice.whole(0, 2)};
    if (layer.transposed()) layer.output_padding[a] = dice.whole(0, layer.stride[a] - 1);
  }
  layer.groups = dice.whole(1, 2);
  layer.in_channels = layer.groups * dice.whole(1, 2);
  layer.out_channels = layer.groups * dice.whole(1, 2);
  layer.flip_kernel = dice.whole(0, 3) == 0;
  if (!check(layer).empty()) return std::nullopt;
  const KernelPlane planes = kernel_planes(layer);
  Kernel kernel(planes.outer, planes.inner, layer.kernel);
  kernel.values = dice.values(kernel.values.size(), -4, 4);
  Map input(layer.in_channels, layer.input);
  input.values = dice.values(input.values.size(), -4, 4);
  return Trace(layer, std::move(input), std::move(kernel),
               dice.values(static_cast<std::size_t>(layer.out_channels), -4, 4));
}

TEST(Equality, AGradientIsTheLayerBack) {
  int transposed = 0, convolutions = 0;
  for (unsigned seed = 0; transposed + convolutions < 200; ++seed) {
    Dice dice(seed);
    const auto trace = weighted_layer(dice);
    if (!trace || no_layer_back(trace->layer())) continue;
    (trace->layer().transposed() ? transposed : convolutions)++;
    Map gradient(trace->output().channels, trace->output().size);
    gradient.values = dice.values(gradient.values.size(), -4, 4);
    const Map wanted = gradients(*trace, gradient).input;
    const OneLayer one = gradient_as_one_layer(*trace, gradient);
    EXPECT_NE(one.trace.layer().transposed(), trace->layer().transposed());
    EXPECT_EQ(one.trace.output().size, wanted.size) << seed;
    EXPECT_EQ(one.trace.output().values, wanted.values) << seed;
  }
  EXPECT_GT(transposed, 50);
  EXPECT_GT(convolutions, 50);
}

TEST(Equality, GradientsThatNoLayerMakes) {
  Layer layer;
  layer.padding[2] = {1, 1};
  EXPECT_FALSE(no_layer_back(layer));
  layer.padding_mode = PaddingMode::reflect;
  EXPECT_EQ(no_layer_back(layer), "a transposed layer has no reflect padding to undo");
  layer.kind = LayerKind::max_pool;
  EXPECT_EQ(no_layer_back(layer), "pooling has no weights to go back with");
}

}  // namespace convreel::numerics::equality_test
