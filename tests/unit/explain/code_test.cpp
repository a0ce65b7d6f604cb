#include "explain/code/code.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "base/error.hpp"
#include "explain/python.hpp"

namespace convreel::explain::code_test {
namespace {

using numerics::Kernel;
using numerics::Layer;
using numerics::LayerKind;
using numerics::Map;
using numerics::Trace;
using ::testing::HasSubstr;
using ::testing::Not;

/// A layer over zeros, with weights of 1.
Trace trace_of(const Layer& layer, std::vector<double> bias = {}) {
  const auto planes = numerics::kernel_planes(layer);
  Kernel kernel;
  if (layer.row().weights) kernel = Kernel(planes.outer, planes.inner, layer.kernel, 1);
  return {layer, Map(layer.in_channels, layer.input), kernel, std::move(bias)};
}

Layer square(LayerKind kind) {
  Layer layer;
  layer.kind = kind;
  if (layer.transposed()) layer.input = {1, 3, 3};
  return layer;
}

std::string refused(std::string (*write)(const Trace&), const Layer& layer) {
  try {
    return "written: " + write(trace_of(layer));
  } catch (const base::Error& error) {
    EXPECT_EQ(error.kind(), base::ErrorKind::impossible);
    EXPECT_FALSE(error.problems().front().hint.empty());
    return error.problems().front().message;
  }
}

TEST(Python, WritesValuesThatReadBackTheSame) {
  EXPECT_EQ(python_array({1, -0.1, 2, INFINITY, NAN, 1e300}, {1, 2, 3}, 4),
            "[[[1, -0.1, 2],\n      [float(\"inf\"), float(\"nan\"), 1e+300]]]");
  EXPECT_EQ(python_tuple({1, 2, 3}, 1), "(3,)");
  EXPECT_EQ(python_list({1, 2, 3}, 2), "[2, 3]");
  EXPECT_EQ(python_sizes({1, 3, 3}, 2), "3");
  EXPECT_EQ(python_pairs({{{0, 0}, {1, 2}, {3, 4}}}, 2), "(1, 2), (3, 4)");
  EXPECT_EQ(torch_widths({{{0, 0}, {1, 2}, {3, 4}}}, 2), "3, 4, 1, 2");
}

TEST(Code, EveryLanguageLeavesTheOutputInY) {
  for (const auto kind : {LayerKind::conv, LayerKind::conv_transpose, LayerKind::max_pool, LayerKind::avg_pool})
    for (const Language& language : kLanguages) {
      const std::string code = language.write(trace_of(square(kind)));
      EXPECT_THAT(code, HasSubstr("import ")) << language.name;
      EXPECT_TRUE(code.ends_with("print(y)\n")) << language.name;
    }
}

TEST(Code, PadsAndSlicesWhatAFrameworkLacks) {
  Layer pool = square(LayerKind::max_pool);
  pool.rules = numerics::Rules::onnx;
  pool.padding = {{{0, 0}, {2, 2}, {2, 2}}};
  EXPECT_THAT(pytorch_code(trace_of(pool)), HasSubstr("F.pad(x, (2, 2, 2, 2), value=float(\"-inf\"))"));
  EXPECT_THAT(onnx_code(trace_of(pool)), HasSubstr("pads=[2, 2, 2, 2]"));
  Layer even = square(LayerKind::conv);
  even.padding = {{{0, 0}, {1, 1}, {1, 1}}};
  EXPECT_THAT(keras_code(trace_of(even)), HasSubstr("padding=\"same\""));
  EXPECT_THAT(keras_code(trace_of(even)), Not(HasSubstr("ZeroPadding")));
  even.padding[2].after = 2;
  EXPECT_THAT(keras_code(trace_of(even)), HasSubstr("ZeroPadding2D(((1, 1), (1, 2))"));
  Layer both = square(LayerKind::conv);
  both.stride = both.dilation = {1, 2, 2};
  EXPECT_THAT(keras_code(trace_of(both)), HasSubstr("y = y[:, ::2, ::2]"));
  Layer round = square(LayerKind::conv);
  round.padding_mode = numerics::PaddingMode::circular;
  round.padding = {{{0, 0}, {0, 0}, {1, 2}}};
  EXPECT_THAT(onnx_code(trace_of(round)), HasSubstr("around3 = np.array([4, 0, 1, 2, 3, 4, 0, 1])"));
}

TEST(Code, RefusesWithTheReason) {
  Layer grouped = square(LayerKind::conv_transpose);
  grouped.in_channels = grouped.out_channels = grouped.groups = 2;
  EXPECT_EQ(refused(keras_code, grouped),
            "Keras cannot say this layer: a transposed convolution has no groups, here 2");
  EXPECT_THAT(refused(jax_code, grouped), HasSubstr("w.reshape(2, 1, 1"));
  Layer divided = square(LayerKind::avg_pool);
  divided.divisor_override = 5;
  EXPECT_THAT(refused(onnx_code, divided), HasSubstr("AveragePool has no divisor, here 5"));
  EXPECT_THAT(refused(keras_code, divided), HasSubstr("y = y * 9 / 5"));
  Layer large = square(LayerKind::conv);
  large.input = {1, 300, 300};
  EXPECT_THAT(refused(numpy_code, large), HasSubstr("90009 numbers; at most 65536"));
}

/// A convolution, then what `mapping` makes of its output.
std::vector<numerics::Stage> stack_of(numerics::Mapping mapping) {
  std::vector<numerics::Stage> stages;
  stages.emplace_back(trace_of(square(LayerKind::conv)));
  mapping.input = stages.front().output_shape();
  stages.emplace_back(std::move(mapping), stages.front().shared_output());
  return stages;
}

TEST(StackCode, EachLayerReadsWhatTheOneBeforeGave) {
  numerics::Mapping leaky;
  leaky.kind = numerics::MappingKind::leaky_relu;
  leaky.name = "LeakyReLU";
  leaky.slope = 0.25;
  const std::string code = pytorch_stack_code(stack_of(leaky));
  EXPECT_THAT(code, HasSubstr("# 1: Conv2d\nlayer = nn.Conv2d(1, 1, kernel_size=(3, 3)"));
  EXPECT_THAT(code, HasSubstr("y = layer(x)\n\n# 2: LeakyReLU\nx = y\ny = nn.LeakyReLU(0.25)(x)\nprint(y)\n"));
}

TEST(StackCode, AnOrderThatPyTorchDoesNotHaveIsRefused) {
  auto stages = stack_of({});
  numerics::Mapping shuffle;
  shuffle.kind = numerics::MappingKind::pixel_shuffle;
  shuffle.factor = 2;
  shuffle.blocks_first = true;
  const auto four = std::make_shared<numerics::Map>(4, numerics::Cell{1, 2, 2}, 1.0);
  shuffle.input = {4, {1, 2, 2}};
  stages.emplace_back(shuffle, four);
  EXPECT_THROW(static_cast<void>(pytorch_stack_code(stages)), base::Error);
  stages.pop_back();
  shuffle.kind = numerics::MappingKind::pixel_unshuffle;
  stages.emplace_back(shuffle, four);
  EXPECT_THROW(static_cast<void>(pytorch_stack_code(stages)), base::Error);
}

}  // namespace
}  // namespace convreel::explain::code_test
