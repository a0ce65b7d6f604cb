#include "views/parts/arithmetic.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "views/parts/window_map.hpp"

namespace convreel::views {
namespace {

/// One hue a group: what is added up has the colour of the channel that it comes from.
TEST(Arithmetic, PartialSumsHaveTheHueOfTheirChannel) {
  numerics::Layer layer;
  layer.in_channels = 4;
  layer.out_channels = 2;
  layer.groups = 2;
  numerics::Map input(4, layer.input);
  numerics::Kernel kernel(2, 2, layer.kernel);
  std::fill(input.values.begin(), input.values.end(), 1);
  std::fill(kernel.values.begin(), kernel.values.end(), 1);
  const numerics::Trace trace(layer, input, kernel, {});
  for (std::int64_t s = 0; s < trace.step_count(); ++s) {
    const numerics::Step step = trace.step(s);
    const std::vector<Partial> partials = partial_sums(step);
    const Sentence sentence = sentence_of(trace, step, true);
    ASSERT_EQ(sentence.terms.size(), partials.size());
    for (std::size_t p = 0; p < partials.size(); ++p)
      EXPECT_EQ(sentence.terms[p].front().role, channel_role(layer, partials[p].channel)) << "step " << s;
  }
}

}  // namespace
}  // namespace convreel::views
