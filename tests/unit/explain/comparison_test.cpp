#include "explain/comparison.hpp"

#include <gtest/gtest.h>

#include "unit/numerics/make.hpp"

namespace convreel::explain {
namespace {

numerics::Trace small_trace(std::int64_t stride, double weight) {
  numerics::Layer layer;
  layer.input = {1, 3, 3};
  layer.kernel = {1, 1, 1};
  layer.stride = {1, stride, stride};
  numerics::Map input(1, layer.input);
  input.values.back() = 2;
  numerics::Kernel kernel(1, 1, layer.kernel);
  kernel.values = {weight};
  return {layer, std::move(input), std::move(kernel), {}};
}

TEST(Comparison, SaysWhatDiffers) {
  const numerics::Trace one = small_trace(1, 1), two = small_trace(1, 2), sparse = small_trace(2, 1);
  EXPECT_EQ(comparison({&one, &one}), "the same shape, 3×3, and the same values");
  EXPECT_EQ(comparison({&one, &two, &one}), "the same shape, 3×3; 1 of 9 values differ");
  EXPECT_EQ(comparison({&one, &two, &sparse}),
            "the same 3×3 input gives 3×3, 3×3 or 2×2 outputs, of 9, 9 or 4 products");
}

}  // namespace
}  // namespace convreel::explain
