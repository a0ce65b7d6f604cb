// The backward pass gathered cell by cell, scattered step by step, and measured by nudging: three ways to one answer.
#include "numerics/gradient.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "unit/numerics/make.hpp"

namespace convreel::test {
namespace gradient_test {

using numerics::BackwardSteps;
using Side = BackwardSteps::Side;

Layer random_layer(std::mt19937& random) {
  const auto pick = [&](std::int64_t low, std::int64_t high) {
    return low + static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(high - low + 1));
  };
  Layer layer;
  layer.kind = static_cast<LayerKind>(pick(0, 3));
  layer.dims = static_cast<int>(pick(1, 3));
  layer.input = layer.kernel = {1, 1, 1};
  for (int a = numerics::first_axis(layer.dims); a < numerics::kAxes; ++a) {
    layer.input[a] = pick(1, 5);
    layer.kernel[a] = pick(1, 3);
    layer.stride[a] = pick(1, 2);
    layer.padding[a] = {pick(0, 1), pick(0, 1)};
  }
  if (layer.kind == LayerKind::conv) layer.padding_mode = static_cast<numerics::PaddingMode>(pick(0, 3));
  layer.groups = layer.row().weights ? pick(1, 2) : 1;
  layer.in_channels = layer.groups * pick(1, 2);
  layer.out_channels = layer.row().weights ? layer.groups * pick(1, 2) : layer.in_channels;
  return layer;
}

Trace random_trace(const Layer& layer, std::mt19937& random) {
  const auto numbers = [&](std::int64_t count) {
    std::vector<double> values(static_cast<std::size_t>(count));
    for (double& value : values) value = static_cast<double>(random() % 19) - 9;
    return values;
  };
  const std::int64_t planes = layer.in_channels * layer.out_channels / layer.groups;
  if (!layer.row().weights) return trace_of(layer, numbers(layer.in_channels * numerics::area(layer.input)), {}, {});
  return trace_of(layer, numbers(layer.in_channels * numerics::area(layer.input)),
                  numbers(planes * numerics::area(layer.kernel)), numbers(layer.out_channels));
}

TEST(Gradients, GatheredAsScattered) {
  std::mt19937 random(11);
  for (int tried = 0; tried < 150;) {
    const Layer layer = random_layer(random);
    if (!numerics::check(layer).empty()) continue;
    ++tried;
    const Trace trace = random_trace(layer, random);
    const BackwardSteps steps(trace, numerics::sample_gradient(trace.output()));
    std::int64_t n = 0;
    for (const std::vector<double>* values :
         {&steps.sums().input.values, &steps.sums().kernel.values, &steps.sums().bias})
      for (const double value : *values) ASSERT_NEAR(steps.at(n++).sum, value, 1e-9) << tried;
    EXPECT_EQ(n, steps.count());
  }
}

TEST(Gradients, AreWhatANudgeChanges) {
  std::mt19937 random(12);
  for (int tried = 0; tried < 60;) {
    const Layer layer = random_layer(random);
    if (!numerics::check(layer).empty() || layer.row().picks) continue;
    ++tried;
    const Trace trace = random_trace(layer, random);
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
  std::mt19937 random(13);
  for (int tried = 0; tried < 150;) {
    const Layer layer = random_layer(random);
    if (!numerics::check(layer).empty()) continue;
    ++tried;
    const Trace trace = random_trace(layer, random);
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
