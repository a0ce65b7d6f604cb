#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

#include "explain/alt_text.hpp"
#include "explain/formula.hpp"
#include "explain/full_text.hpp"
#include "explain/number.hpp"
#include "explain/pytorch.hpp"
#include "explain/size.hpp"
#include "explain/title.hpp"
#include "explain/transcript.hpp"
#include "unit/numerics/make.hpp"

namespace convreel::test {
namespace {

using namespace explain;
using numerics::PaddingMode;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

TEST(Sizes, NameTheSidesOnlyWhenTheyDiffer) {
  EXPECT_EQ(size_text({1, 5, 7}, 2), "5×7");
  EXPECT_EQ(size_text({1, 1, 5}, 1), "5");
  EXPECT_EQ(per_axis_text({1, 2, 2}, 2), "2");
  EXPECT_EQ(per_axis_text({1, 2, 1}, 2), "2×1");
  EXPECT_EQ(padding_text({{{0, 0}, {1, 1}, {1, 1}}}, 2), "1");
  EXPECT_EQ(padding_text({{{0, 0}, {1, 1}, {2, 2}}}, 2), "1×2");
  EXPECT_EQ(padding_text({{{0, 0}, {0, 1}, {0, -1}}}, 2), "top 0, bottom 1, left 0, right −1");
}

TEST(Title, NamesKindChannelsAndGroups) {
  Layer layer = square(LayerKind::conv, 5, 3);
  EXPECT_EQ(layer_title(layer), "Convolution");
  layer.in_channels = 4;
  EXPECT_EQ(layer_title(layer), "Convolution, 4 channels");
  layer.out_channels = 8;
  layer.groups = 2;
  EXPECT_EQ(layer_title(layer), "Grouped convolution, 4 → 8 channels in 2 groups");
  layer.groups = 4;
  layer.kind = LayerKind::conv_transpose;
  EXPECT_EQ(layer_title(layer), "Depthwise transposed convolution, 4 → 8 channels");
  EXPECT_EQ(layer_name(layer), "depthwise transposed convolution");
  EXPECT_EQ(layer_title(square(LayerKind::max_pool, 4, 2)), "Max pooling");
}

TEST(Formula, PutsTheNumbersIn) {
  EXPECT_EQ(size_formula(square(LayerKind::conv, 5, 3, 2, 1)),
            "o = ⌊(i + 2p − k) / s⌋ + 1 = ⌊(5 + 2·1 − 3) / 2⌋ + 1 = 3");
  EXPECT_EQ(size_formula(square(LayerKind::conv_transpose, 3, 3, 2, 1)),
            "o = (i − 1)·s + k − 2p = (3 − 1)·2 + 3 − 2·1 = 5");
  EXPECT_EQ(size_formula(square(LayerKind::conv_transpose, 3, 3, 2, 1, 1, 1)),
            "o = (i − 1)·s + k − 2p + op = (3 − 1)·2 + 3 − 2·1 + 1 = 6");
  EXPECT_EQ(size_formula(square(LayerKind::conv, 7, 3, 1, 0, 2)),
            "o = ⌊(i + 2p − ke) / s⌋ + 1 = ⌊(7 + 2·0 − 5) / 1⌋ + 1 = 3, with ke = d·(k − 1) + 1 = 2·(3 − 1) + 1 = 5");
}

TEST(Formula, WritesRowsAndColumnsApartOnlyWhereTheyDiffer) {
  Layer layer = square(LayerKind::conv, 5, 3);
  layer.input[2] = 7;
  EXPECT_EQ(size_formula(layer),
            "rows: o = ⌊(i + 2p − k) / s⌋ + 1 = ⌊(5 + 2·0 − 3) / 1⌋ + 1 = 3; columns: o = ⌊(7 + 2·0 − 3) / 1⌋ + 1 = 5");
  layer = square(LayerKind::conv, 5, 4);
  layer.padding[1] = layer.padding[2] = {1, 2};
  EXPECT_EQ(size_formula(layer), "o = ⌊(i + pL + pR − k) / s⌋ + 1 = ⌊(5 + 1 + 2 − 4) / 1⌋ + 1 = 5");
}

TEST(Formula, ShowsWhatCeilModeTakesBack) {
  Layer layer = strip(LayerKind::max_pool, 2, 1, 2);
  layer.ceil_mode = true;
  EXPECT_EQ(size_formula(layer), "o = ⌈(i + 2p − k) / s⌉ + 1 = ⌈(2 + 2·0 − 1) / 2⌉ + 1 − 1 = 1");
}

TEST(Derived, GivesTheArticlesFirstStep) {
  EXPECT_EQ(derived_parameters(square(LayerKind::conv_transpose, 3, 3, 2, 1)), "z = s − 1 = 1, p′ = k − 1 − p = 1");
  EXPECT_EQ(derived_parameters(square(LayerKind::conv_transpose, 3, 3, 2, 3, 1, 1)),
            "z = s − 1 = 1, p′ = k − 1 − p = −1, at the end p′ + op = 0");
  EXPECT_EQ(derived_parameters(square(LayerKind::conv, 3, 3)), "");
  const ChapterDetails details = chapter_details(square(LayerKind::conv_transpose, 3, 3, 2, 1));
  EXPECT_EQ(details.derive, "z = 1, p′ = 1");
  EXPECT_EQ(details.insert, "3×3 → 5×5");
  EXPECT_EQ(details.pad, "5×5 → 7×7");
  EXPECT_EQ(details.convolve, "stride 1");
}

/// The verdict against counting, for every small layer: equal counts away from the border, and whether any is 0.
TEST(Overlap, VerdictAgreesWithCounting) {
  for (std::int64_t k = 1; k < 6; ++k)
    for (std::int64_t s = 1; s < 5; ++s)
      for (std::int64_t d = 1; d < 4; ++d) {
        const Layer layer = strip(LayerKind::conv_transpose, 60, k, s, 0, d);
        const auto counts = any_trace(layer).overlap_before_crop().values;
        const auto begin = counts.begin() + 20, end = counts.end() - 20;
        const OverlapVerdict verdict = overlap_verdict(layer);
        EXPECT_EQ(verdict.even, std::adjacent_find(begin, end, std::not_equal_to<>()) == end) << k << s << d;
        EXPECT_EQ(verdict.holes, std::find(begin, end, 0.0) != end) << k << s << d;
      }
  EXPECT_EQ(overlap_verdict(square(LayerKind::conv_transpose, 5, 3, 2)).text, "3 mod 2 = 1: uneven, a checkerboard");
  EXPECT_EQ(overlap_verdict(square(LayerKind::conv_transpose, 5, 4, 2)).text, "4 mod 2 = 0: even inside");
}

TEST(PyTorchLine, IsWrittenAsItsRepr) {
  EXPECT_EQ(pytorch_line(square(LayerKind::conv, 5, 3, 2, 1), true),
            "nn.Conv2d(1, 1, kernel_size=(3, 3), stride=(2, 2), padding=(1, 1))");
  EXPECT_EQ(pytorch_line(strip(LayerKind::conv_transpose, 5, 3, 2, 1, 1, 1), false),
            "nn.ConvTranspose1d(1, 1, kernel_size=(3,), stride=(2,), padding=(1,), output_padding=(1,), bias=False)");
  EXPECT_EQ(pytorch_line(square(LayerKind::max_pool, 5, 2, 2), false),
            "nn.MaxPool2d(kernel_size=2, stride=2, padding=0, dilation=1, ceil_mode=False)");
  Layer layer = square(LayerKind::conv, 5, 3, 1, 1, 2);
  layer.in_channels = layer.out_channels = layer.groups = 2;
  layer.padding_mode = PaddingMode::reflect;
  EXPECT_EQ(pytorch_line(layer, true),
            "nn.Conv2d(2, 2, kernel_size=(3, 3), stride=(1, 1), padding=(1, 1), dilation=(2, 2), groups=2, "
            "padding_mode='reflect')");
}

TEST(PyTorchLine, PadsOrSlicesWherePyTorchCannot) {
  Layer layer = square(LayerKind::conv, 5, 4);
  layer.padding[1] = layer.padding[2] = {1, 2};
  EXPECT_EQ(pytorch_line(layer, true), "nn.Conv2d(1, 1, kernel_size=(4, 4), stride=(1, 1), padding='same')");
  layer.padding[1] = {0, 1};
  EXPECT_EQ(pytorch_line(layer, true),
            "x = F.pad(x, (1, 2, 0, 1)); nn.Conv2d(1, 1, kernel_size=(4, 4), stride=(1, 1))");
  Layer crop = square(LayerKind::conv_transpose, 3, 3, 2);
  crop.padding[1] = crop.padding[2] = {0, 1};
  EXPECT_EQ(pytorch_line(crop, true), "nn.ConvTranspose2d(1, 1, kernel_size=(3, 3), stride=(2, 2))(x)[..., :-1, :-1]");
  crop.padding[1] = crop.padding[2] = {1, 0};
  EXPECT_EQ(pytorch_line(crop, true),
            "nn.ConvTranspose2d(1, 1, kernel_size=(3, 3), stride=(2, 2), padding=(1, 1), output_padding=(1, 1))");
  Layer pool = strip(LayerKind::avg_pool, 5, 3, 2);
  pool.padding[2] = {0, 1};
  EXPECT_THAT(pytorch_line(pool, false), StartsWith("x = F.pad(x, (0, 1)); nn.AvgPool1d(kernel_size=3"));
  EXPECT_THAT(pytorch_line(pool, false), Not(HasSubstr("#")));
  pool.count_include_pad = false;
  EXPECT_THAT(pytorch_line(pool, false), HasSubstr("# not the same"));
}

TEST(AltText, IsOneSentence) {
  EXPECT_EQ(alt_text(any_trace(square(LayerKind::conv, 5, 3, 2, 1))),
            "Convolution: 3×3 kernel, stride 2, padding 1 over a 5×5 input; the output is 3×3.");
  EXPECT_EQ(alt_text(any_trace(strip(LayerKind::max_pool, 8, 2, 2))),
            "Max pooling: window of 2, stride 2, padding 0 over an input of 8; the output is 4.");
}

TEST(Transcript, WritesEveryProductOut) {
  const Layer layer = strip(LayerKind::conv, 3, 2);
  EXPECT_EQ(transcript(trace_of(layer, {1, 2, 3}, {1, -2}, {4})),
            "step 1: y[0] = 1·1 + 2·(−2) + bias 4 = 1\nstep 2: y[1] = 2·1 + 3·(−2) + bias 4 = 0\n");
  EXPECT_EQ(transcript(trace_of(strip(LayerKind::conv_transpose, 1, 1, 1, 0), {-0.5}, {3})),
            "step 1: y[0] = (−0.5)·3 = −1.5\n");
  EXPECT_THAT(transcript(trace_of(strip(LayerKind::conv, 1, 1), {5.0 / 3}, {1})), HasSubstr("1.6667·1 ≈ 1.6667"));
  EXPECT_THAT(transcript(trace_of(strip(LayerKind::conv_transpose, 2, 1, 2), {1, 2}, {3})),
              HasSubstr("step 2: y[1] = no product = 0\n"));
}

TEST(Transcript, TellsThePoolingRule) {
  EXPECT_EQ(transcript(trace_of(strip(LayerKind::max_pool, 2, 2, 2, 1), {-5, -3})),
            "step 1: y[0] = max(−∞, −5) = −5, from x[0]\nstep 2: y[1] = max(−3, −∞) = −3, from x[1]\n");
  EXPECT_EQ(transcript(trace_of(strip(LayerKind::avg_pool, 2, 2), {-1, 4})), "step 1: y[0] = ((−1) + 4) / 2 = 1.5\n");
}

TEST(Transcript, PutsTheChannelFirst) {
  Layer layer = square(LayerKind::conv, 2, 2);
  layer.in_channels = 2;
  EXPECT_THAT(transcript(any_trace(layer)), StartsWith("step 1: y[0,0,0] = 1·1 + "));
}

TEST(FullText, TellsAllAboutATransposedLayer) {
  const std::string text = full_text(any_trace(square(LayerKind::conv_transpose, 3, 3, 2, 1)));
  for (const char* part :
       {"o = (i − 1)·s + k − 2p = (3 − 1)·2 + 3 − 2·1 = 5", "z = s − 1 = 1, p′ = k − 1 − p = 1", "3×3 → 5×5",
        "5×5 → 7×7", "rotated by 180°", "padding 1 crops the full 7×7 map", "legal output paddings: 0 to 1",
        "turns 5 into 3", "parameters: 9 weights", "multiplications: 81", "3 mod 2 = 1",
        "transposed | up-sampling | 1 | 1 | 1 | 5×5", "nn.ConvTranspose2d(1, 1,"})
    EXPECT_THAT(text, HasSubstr(part));
}

TEST(FullText, TellsWhatIsLost) {
  const std::string text = full_text(any_trace(square(LayerKind::conv, 6, 3, 2, 0)));
  EXPECT_THAT(text, HasSubstr("r = (6 + 0 − 3) mod 2 = 1 at the end: 1 input position lost"));
  EXPECT_THAT(text, HasSubstr("11 of 36 input cells are never read"));
  EXPECT_THAT(text, HasSubstr("i = 5 and 6 give the same output size"));
  EXPECT_THAT(text, HasSubstr("output padding 1 gives 6 back"));
  EXPECT_THAT(text, HasSubstr("rounded down"));
  EXPECT_THAT(full_text(any_trace(square(LayerKind::conv, 6, 3, 2, 1))), HasSubstr("only padding is lost"));
  EXPECT_THAT(full_text(any_trace(square(LayerKind::conv_transpose, 3, 3, 2, 3))), HasSubstr("p′ is negative"));
}

}  // namespace
}  // namespace convreel::test
