// The backward pass gathered cell by cell, scattered step by step, and measured by nudging: three ways to one answer.
#include "numerics/gradient.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <utility>

#include "support/dice.hpp"
#include "unit/numerics/make.hpp"

namespace convreel::test {
namespace gradient_test {

using numerics::BackwardSteps;
using Side = BackwardSteps::Side;

Layer random_layer(test::Dice& dice) {
  Layer layer;
  layer.kind = static_cast<LayerKind>(dice.whole(0, 3));
  layer.dims = static_cast<int>(dice.whole(1, 3));
  layer.input = layer.kernel = {1, 1, 1};
  for (int a = numerics::first_axis(layer.dims); a < numerics::kAxes; ++a) {
    layer.input[a] = dice.whole(1, 5);
    layer.kernel[a] = dice.whole(1, 3);
    layer.stride[a] = dice.whole(1, 2);
    layer.padding[a] = {dice.whole(0, 1), dice.whole(0, 1)};
  }
  if (layer.kind == LayerKind::conv) layer.padding_mode = static_cast<numerics::PaddingMode>(dice.whole(0, 3));
  layer.groups = layer.row().weights ? dice.whole(1, 2) : 1;
  layer.in_channels = layer.groups * dice.whole(1, 2);
  layer.out_channels = layer.row().weights ? layer.groups * dice.whole(1, 2) : layer.in_channels;
  return layer;
}

Trace random_trace(const Layer& layer, test::Dice& dice) {
  const auto numbers = [&](std::int64_t count) { return dice.values(static_cast<std::size_t>(count), -9, 9); };
  const std::int64_t planes = layer.in_channels * layer.out_channels / layer.groups;
  std::vector<double> input = numbers(layer.in_channels * numerics::area(layer.input));
  if (!layer.row().weights) return trace_of(layer, std::move(input));
  std::vector<double> kernel = numbers(planes * numerics::area(layer.kernel));
  return trace_of(layer, std::move(input), std::move(kernel), numbers(layer.out_channels));
}

TEST(Gradients, GatheredAsScattered) {
  test::Dice dice(11);
  for (int tried = 0; tried < 150;) {
    const Layer layer = random_layer(dice);
    if (!numerics::check(layer).empty()) continue;
    ++tried;
    const Trace trace = random_trace(layer, dice);
    const BackwardSteps steps(trace, numerics::sample_gradient(trace.output()));
    std::int64_t n = 0;
    for (const std::vector<double>* values :
         {&steps.sums().input.values, &steps.sums().kernel.values, &steps.sums().bias})
      for (const double value : *values) ASSERT_NEAR(steps.at(n++).sum, value, 1e-9) << tried;
    EXPECT_EQ(n, steps.count());
  }
}

TEST(Gradients, AreWhatANudgeChanges) {
  test::Dice dice(12);
  for (int tried = 0; tried < 60;) {
    const Layer layer = random_layer(dice);
    if (!numerics::check(layer).empty() || layer.row().picks) continue;
    ++tried;
    const Trace trace = random_trace(layer, dice);
    const BackwardSteps steps(trace, numerics::sample_gradient(trace.output()));
    const auto loss = [&](const Trace& nudged) {
      double sum = 0;
      for (std::size_t v = 0; v < nudged.output().values.size(); ++v)
        sum += nudged.output().values[v] * steps.sums().output.values[v];
      return sum;
    };
    for (std::int64_t n = 0; n < steps.count(); n += 3) {
      const BackwardSteps::Step step = steps.at(n);
      numerics::Map input = trace.input();
      numerics::Kernel kernel = trace.kernel();
      std::vector<double> bias = trace.bias();
      if (step.side == Side::input) input.at(step.asked) += 1;
      if (step.side == Side::weight) kernel.values[static_cast<std::size_t>(n) - input.values.size()] += 1;
      if (step.side == Side::bias) bias[static_cast<std::size_t>(step.asked.channel)] += 1;
      ASSERT_NEAR(loss({layer, input, kernel, bias}) - loss(trace), step.sum, 1e-9) << tried << " " << n;
    }
  }
}

TEST(Gradients, AreAdjoint) {
  test::Dice dice(13);
  for (int tried = 0; tried < 150;) {
    const Layer layer = random_layer(dice);
    if (!numerics::check(layer).empty()) continue;
    ++tried;
    const Trace trace = random_trace(layer, dice);
    auto gradients = numerics::gradients(trace, numerics::sample_gradient(trace.output()));
    const auto products = numerics::adjoint(trace, gradients);
    if (!products) continue;
    EXPECT_NEAR(products->forward, products->backward, 1e-9);
    if (trace.input().values[0] == 0) continue;
    gradients.input.values[0] += 1;  // a wrong gradient is seen
    EXPECT_GT(std::abs(numerics::adjoint(trace, gradients)->backward - products->forward), 0.5);
  }
}

}  // namespace gradient_test
}  // namespace convreel::test
