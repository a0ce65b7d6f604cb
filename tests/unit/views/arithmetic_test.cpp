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
    const std::vector<Partial> partials = partial_sums(layer, step);
    const Sentence sentence = sentence_of(trace, explain::notation_of(trace), step, true);
    ASSERT_EQ(sentence.terms.size(), partials.size());
    for (std::size_t p = 0; p < partials.size(); ++p)
      EXPECT_EQ(sentence.terms[p].front().role, channel_role(layer, partials[p].channel)) << "step " << s;
  }
}

/// What is written in fractions, or rounded, in its cell is so in the sum too.
TEST(Arithmetic, ANumberReadsAsInItsCell) {
  const numerics::Layer layer;
  numerics::Map input(1, layer.input, 1.0 / 3);
  input.values.back() = 0.1234567;
  numerics::Kernel kernel(1, 1, layer.kernel);
  for (std::size_t v = 0; v < kernel.values.size(); ++v) kernel.values[v] = v % 2 == 0 ? 0.25 : 0.0625;
  const numerics::Trace trace(layer, input, kernel, {});
  const Sentence sentence = sentence_of(trace, explain::notation_of(trace), trace.step(0), true);
  ASSERT_EQ(sentence.terms.size(), 9);
  EXPECT_EQ(sentence.terms[0].back().text, "1/4");
  EXPECT_EQ(sentence.terms[1].back().text, "1/16");
  EXPECT_EQ(sentence.terms[0].front().text, "0.33");
  EXPECT_EQ(sentence.tail.front().text, " ≈ ");
}

std::string line_of(const numerics::Trace& trace, std::int64_t step) {
  const Sentence sentence = sentence_of(trace, explain::notation_of(trace), trace.step(step), true);
  std::string text;
  const auto add = [&](const std::vector<scene::Span>& spans) {
    for (const scene::Span& span : spans) text += span.text;
  };
  add(sentence.head);
  for (std::size_t t = 0; t < sentence.terms.size(); ++t) {
    if (t > 0) text += sentence.joint;
    add(sentence.terms[t]);
  }
  add(sentence.tail);
  return text;
}

/// `convreel render preset:teach/avg-pool-edges`: padding is left out of the divisor, and of the sum.
TEST(Arithmetic, AMeanHasNoPaddingThatDoesNotCount) {
  numerics::Layer layer;
  layer.kind = numerics::LayerKind::avg_pool;
  layer.dims = 1;
  layer.input = {1, 1, 6};
  layer.kernel = {1, 1, 3};
  layer.stride = {1, 1, 2};
  layer.padding[2] = {1, 1};
  layer.ceil_mode = true;
  numerics::Map input(1, layer.input);
  for (std::size_t v = 0; v < 6; ++v) input.values[v] = static_cast<double>(v + 1);
  EXPECT_EQ(line_of({layer, input, {}, {}}, 0), "y[0] = (0 + 1 + 2) / 3 = 1");
  layer.count_include_pad = false;
  const numerics::Trace trace(layer, input, {}, {});
  EXPECT_EQ(line_of(trace, 0), "y[0] = (1 + 2) / 2 = 1.5");
  EXPECT_EQ(line_of(trace, 3), "y[3] = 6 / 1 = 6");
}

}  // namespace
}  // namespace convreel::views
