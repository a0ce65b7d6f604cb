// Whose rules: what each framework documents, computed by its own formula and compared with the layer that is decided.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <optional>

#include "base/error.hpp"
#include "job/fields.hpp"
#include "job/resolve.hpp"
#include "job/sources.hpp"

namespace convreel::job::rules_test {
namespace {

using numerics::Layer;
using numerics::Sides;
using ::testing::HasSubstr;
using Words = std::vector<std::pair<std::string, std::string>>;
using Number = std::int64_t;

JobSpec with(JobSpec spec, const Words& words) {
  for (const auto& [name, text] : words) field_named(name)->parse(spec, text);
  return spec;
}

const Tools kNoPictures{};

Layer decided(const JobSpec& spec) { return resolve(spec, kNoPictures).chain.only().layer(); }
Layer decided(const Words& words) { return decided(with({}, words)); }

std::string refused(const Words& words) {
  try {
    static_cast<void>(decided(words));
  } catch (const base::Error& error) {
    std::string text;
    for (const auto& problem : error.problems()) text += problem.message + " / " + problem.hint + "\n";
    return text;
  }
  return "no error";
}

Number output(const Layer& layer) { return numerics::geometry(layer).output[2]; }

/// A transposed layer's output is that of full[before .. before + o - 1]: the same layer has the same o and begin.
struct Cropped {
  Number before, output;
  bool operator==(const Cropped&) const = default;
};
Cropped cropped(const Layer& layer) { return {layer.padding[2].before, output(layer)}; }

struct Numbers1d {
  Number i, k, s, d;
};
template <class Each>
void each_layer(Each each) {
  for (Number i : {1, 3, 6})
    for (Number k = 1; k <= 5; ++k)
      for (Number s = 1; s <= 4; ++s)
        for (Number d = 1; d <= 2; ++d) each(Numbers1d{i, k, s, d});
}
Words words_of(const Numbers1d& n, std::string_view layer, std::string_view rules) {
  return {{"layer", std::string(layer)},        {"rules", std::string(rules)},   {"input-size", std::to_string(n.i)},
          {"kernel-size", std::to_string(n.k)}, {"stride", std::to_string(n.s)}, {"dilation", std::to_string(n.d)}};
}

/// The paddings of the stretched input become what is cropped of the full output.
Cropped of_stretched(const Numbers1d& n, Number left, Number right) {
  const Number ke = n.d * (n.k - 1) + 1;
  return {ke - 1 - left, (n.i - 1) * n.s + 1 + left + right - (ke - 1)};
}

/// lax.conv_transpose's own padding for 'SAME' and 'VALID' (docs.jax.dev, jax.lax.conv_transpose; the function is
/// _conv_transpose_padding of jax/_src/lax/convolution.py).
Cropped jax(const Numbers1d& n, bool same) {
  const Number k = n.d * (n.k - 1) + 1, s = n.s;
  const Number total = same ? k + s - 2 : k + s - 2 + std::max<Number>(k - s, 0);
  const Number a = !same || s > k - 1 ? k - 1 : (total + 1) / 2;
  return of_stretched(n, a, total - a);
}

TEST(Rules, JaxPadsTheStretchedInput) {
  int count = 0;
  each_layer([&](const Numbers1d& n) {
    Words words = words_of(n, "conv-transpose1d", "jax");
    EXPECT_EQ(cropped(decided(words)), jax(n, true)) << "Flax' default is SAME";
    EXPECT_TRUE(decided(words).flip_kernel) << "the kernel is not turned unless told";
    words.emplace_back("padding", "same");
    EXPECT_EQ(cropped(decided(words)), jax(n, true));
    words.back().second = "valid";
    EXPECT_EQ(cropped(decided(words)), jax(n, false));
    const Number ke = n.d * (n.k - 1) + 1;
    if (ke < 2) return;
    words.back().second = fmt::format("{},{}", ke - 2, ke - 1);
    EXPECT_EQ(cropped(decided(words)), of_stretched(n, ke - 2, ke - 1));
    ++count;
  });
  EXPECT_GT(count, 80);
  EXPECT_FALSE(decided({{"layer", "transpose"}, {"rules", "jax"}, {"flip-kernel", "false"}}).flip_kernel);
}

/// Keras 3, backend/common/backend_utils.py: what 'valid' and 'same' of a transposed layer are in JAX' paddings.
Cropped keras(const Numbers1d& n, bool same, std::optional<Number> output_padding) {
  const Number k = n.d * (n.k - 1) + 1, s = n.s;
  if (!same) return of_stretched(n, k - 1, k - 1 + output_padding.value_or(std::max(k, s) - k));
  const Number total = output_padding ? k + k % 2 - 2 + *output_padding : s + k - 2;
  const Number left = std::min(total / 2 + total % 2, k - 1);
  return of_stretched(n, left, total - left);
}

TEST(Rules, KerasCropsOnItsOwnSide) {
  int count = 0;
  each_layer([&](const Numbers1d& n) {
    if (n.s > 1 && n.d > 1) return;  // which Keras refuses
    Words words = words_of(n, "conv-transpose1d", "keras");
    EXPECT_EQ(cropped(decided(words)), keras(n, false, std::nullopt));
    for (const bool same : {false, true})
      for (Number op = -1; op < n.s; ++op) {
        Words more = words;
        more.emplace_back("padding", same ? "same" : "valid");
        if (op >= 0) more.emplace_back("output-padding", std::to_string(op));
        const Cropped wanted = keras(n, same, op < 0 ? std::nullopt : std::optional(op));
        if (wanted.output < 1) continue;
        EXPECT_EQ(cropped(decided(more)), wanted) << n.i << n.k << n.s << n.d << " op " << op << " same " << same;
        ++count;
      }
  });
  EXPECT_GT(count, 300);
}

/// ONNX, docs/Operators.md, ConvTranspose: total_padding = stride (i - 1) + output_padding + ke - output_shape; half of
/// it at the begin for SAME_UPPER, the larger half otherwise.
TEST(Rules, OnnxCropsToTheOutputShape) {
  int count = 0;
  each_layer([&](const Numbers1d& n) {
    const Number ke = n.d * (n.k - 1) + 1;
    for (Number op = 0; op < std::max(n.s, n.d); ++op)
      for (Number o = std::max<Number>(1, (n.i - 1) * n.s + op); o <= (n.i - 1) * n.s + op + ke; ++o)
        for (const bool upper : {false, true}) {
          Words words = words_of(n, "conv-transpose1d", "onnx");
          words.emplace_back("output-size", std::to_string(o));
          if (op > 0) words.emplace_back("output-padding", std::to_string(op));
          if (upper) words.emplace_back("padding", "same-upper");
          const Number total = n.s * (n.i - 1) + op + ke - o;
          EXPECT_EQ(cropped(decided(words)), (Cropped{upper ? total / 2 : total - total / 2, o}));
          ++count;
        }
    for (const char* word : {"same-upper", "same-lower"}) {
      Words words = words_of(n, "conv-transpose1d", "onnx");
      words.emplace_back("padding", word);
      EXPECT_EQ(output(decided(words)), n.i * n.s);
    }
  });
  EXPECT_GT(count, 1000);
}

TEST(Rules, SayWhatSilenceMeans) {
  const auto pool = [](std::string_view rules) {
    return decided({{"layer", "avg-pool2d"}, {"kernel-size", "2"}, {"rules", std::string(rules)}});
  };
  EXPECT_EQ(pool("pytorch").stride[2], 2);
  EXPECT_EQ(pool("keras").stride[2], 2);
  EXPECT_EQ(pool("onnx").stride[2], 1);
  EXPECT_EQ(pool("jax").stride[2], 1);
  EXPECT_TRUE(pool("pytorch").count_include_pad);
  EXPECT_FALSE(pool("onnx").count_include_pad);
  EXPECT_FALSE(pool("keras").count_include_pad);
  EXPECT_TRUE(pool("jax").count_include_pad);
  for (const char* rules : {"pytorch", "onnx", "keras"})
    EXPECT_EQ(output(decided({{"layer", "conv2d"}, {"rules", rules}})), 3) << rules;
  EXPECT_EQ(output(decided({{"layer", "conv2d"}, {"rules", "jax"}})), 5) << "Flax pads SAME";
  for (const char* rules : {"onnx", "keras", "jax"}) {
    const Layer same =
        decided({{"layer", "conv1d"}, {"input-size", "6"}, {"stride", "2"}, {"padding", "same"}, {"rules", rules}});
    EXPECT_EQ(same.padding[2], (Sides{0, 1})) << rules;
  }
}

TEST(Rules, ARefusalNamesThoseThatAllow) {
  EXPECT_THAT(
      refused({{"layer", "max-pool2d"}, {"padding", "2"}}),
      HasSubstr("padding 2 is more than half of the kernel size 3 / use padding at most 1, or --kernel-size 4 or "
                "more; --rules onnx or jax allows it"));
  const Layer beyond = decided({{"layer", "max-pool2d"}, {"padding", "2"}, {"rules", "onnx"}});
  EXPECT_EQ(output(beyond), 7);
  EXPECT_THAT(refused({{"layer", "max-pool2d"}, {"padding", "3"}, {"rules", "onnx"}}),
              HasSubstr("padding 3 is not smaller than the kernel size 3 / use padding at most 2, or --kernel-size 4"));
  EXPECT_THAT(refused({{"layer", "conv2d"}, {"padding", "2"}, {"rules", "keras"}}),
              HasSubstr("Keras has no padding by number: 2,2 x 2,2 is neither its valid (0) nor its same (1,1 x 1,1) / "
                        "use --padding valid or same, or pad and crop in steps of their own; --rules pytorch, onnx or "
                        "jax allows it"));
  EXPECT_THAT(refused({{"layer", "transpose"}, {"groups", "2"}, {"rules", "jax"}}),
              HasSubstr("--rules pytorch or onnx"));
  EXPECT_THAT(refused({{"layer", "conv2d"}, {"stride", "2"}, {"dilation", "2"}, {"rules", "keras"}}),
              HasSubstr("Keras has no stride and dilation together"));
  EXPECT_THAT(refused({{"layer", "conv2d"}, {"padding-mode", "replicate"}, {"padding", "1"}, {"rules", "jax"}}),
              HasSubstr("JAX has no padding mode replicate / pad the input in a step of its own; --rules pytorch"));
  EXPECT_THAT(refused({{"layer", "transpose"}, {"output-padding", "1"}, {"stride", "2"}, {"rules", "jax"}}),
              HasSubstr("JAX has no output padding"));
  EXPECT_THAT(refused({{"layer", "transpose"}, {"padding", "3"}, {"rules", "jax"}}), HasSubstr("ke - 1 = 2"));
  EXPECT_THAT(refused({{"layer", "conv2d"}, {"stride", "2"}, {"padding", "same"}}),
              HasSubstr("--rules onnx, keras or jax allows it"));
  EXPECT_THAT(refused({{"layer", "conv2d"}, {"kernel-size", "9"}}), ::testing::Not(HasSubstr("--rules")))
      << "nobody allows a window that does not fit";
  EXPECT_THAT(refused({{"layer", "conv2d"}, {"rules", "torch"}}), HasSubstr("pytorch, onnx, keras, jax"));
}

/// A line and the flags that it stands for; `rules` are the line's framework's.
struct Line {
  const char* text;
  Words words;
};

TEST(Lines, AreReadInEveryFramework) {
  const std::vector<Line> lines{
      {"Conv2DTranspose(8, 3, strides=2, padding=\"same\", output_padding=None)",
       {{"layer", "transpose"},
        {"out-channels", "8"},
        {"kernel-size", "3"},
        {"stride", "2"},
        {"padding", "same"},
        {"rules", "keras"}}},
      {"tf.keras.layers.Conv2D(filters=8, kernel_size=(3, 5), activation=None, input_shape=(7, 9, 3), name='first')",
       {{"layer", "conv2d"},
        {"out-channels", "8"},
        {"kernel-size", "3x5"},
        {"in-channels", "3"},
        {"input-size", "7x9"},
        {"rules", "keras"}}},
      {"MaxPooling2D()", {{"layer", "max-pool2d"}, {"kernel-size", "2"}, {"rules", "keras"}}},
      {"tf.nn.conv2d_transpose(x, w, output_shape=[1, 8, 9, 2], strides=[1, 2, 2, 1], padding='SAME')",
       {{"layer", "transpose"},
        {"output-size", "8x9"},
        {"out-channels", "2"},
        {"stride", "2x2"},
        {"padding", "same"},
        {"rules", "keras"}}},
      {"tf.nn.max_pool2d(x, ksize=2, strides=[1, 1, 2, 2], padding='VALID', data_format='NCHW')",
       {{"layer", "max-pool2d"}, {"kernel-size", "2"}, {"stride", "2x2"}, {"padding", "valid"}, {"rules", "keras"}}},
      {"nn.Conv(features=1, kernel_size=(3, 3), strides=2, padding='SAME')",
       {{"layer", "conv2d"},
        {"out-channels", "1"},
        {"kernel-size", "3x3"},
        {"stride", "2"},
        {"padding", "same"},
        {"rules", "jax"}}},
      {"flax.linen.Conv(1, (3,), padding='REFLECT')",
       {{"layer", "conv1d"},
        {"out-channels", "1"},
        {"kernel-size", "3"},
        {"padding-mode", "reflect"},
        {"padding", "1,1"},
        {"rules", "jax"}}},
      {"nnx.ConvTranspose(3, 8, kernel_size=(3, 3), strides=(2, 2), transpose_kernel=True, rngs=nnx.Rngs(0))",
       {{"layer", "transpose"},
        {"in-channels", "3"},
        {"out-channels", "8"},
        {"kernel-size", "3x3"},
        {"stride", "2x2"},
        {"flip-kernel", "false"},
        {"rules", "jax"}}},
      {"jax.lax.conv_general_dilated(x, w, window_strides=(1, 1), padding=((1, 2), (0, 1)), lhs_dilation=(2, 3), "
       "rhs_dilation=(1, 1))",
       {{"layer", "transpose"}, {"padding", "1,2,0,1"}, {"stride", "2x3"}, {"dilation", "1x1"}, {"rules", "jax"}}},
      {"lax.conv_general_dilated(x, w, (2, 2), 'VALID', lhs_dilation=(1, 1), feature_group_count=2)",
       {{"layer", "conv2d"}, {"stride", "2x2"}, {"padding", "valid"}, {"groups", "2"}, {"rules", "jax"}}},
      {"nn.avg_pool(x, (2, 2), strides=(2, 2), count_include_pad=False)",
       {{"layer", "avg-pool2d"},
        {"kernel-size", "2x2"},
        {"stride", "2x2"},
        {"count-include-pad", "false"},
        {"rules", "jax"}}},
      {"y = Conv <auto_pad = \"SAME_LOWER\", kernel_shape = [3, 3], strides = [2, 2]> (x, w, b)",
       {{"layer", "conv2d"},
        {"bias", "1"},
        {"padding", "same-lower"},
        {"kernel-size", "3x3"},
        {"stride", "2x2"},
        {"rules", "onnx"}}},
      {"%y = ConvTranspose[kernel_shape = [3, 3], output_shape = [1, 4, 6, 7], pads = [0, 0, 0, 0]](%x, %w)",
       {{"layer", "transpose"},
        {"kernel-size", "3x3"},
        {"output-size", "6x7"},
        {"out-channels", "4"},
        {"padding", "0,0,0,0"},
        {"rules", "onnx"}}},
      {"helper.make_node('AveragePool', ['x'], ['y'], kernel_shape=[3], pads=[1, 0], ceil_mode=1, count_include_pad=0)",
       {{"layer", "avg-pool1d"},
        {"kernel-size", "3"},
        {"padding", "1,0"},
        {"ceil-mode", "true"},
        {"count-include-pad", "false"},
        {"rules", "onnx"}}},
      {"Conv(kernel_shape=[3, 4], pads=[1, 2, 3, 4], group=2)",
       {{"layer", "conv2d"}, {"kernel-size", "3x4"}, {"padding", "1,3,2,4"}, {"groups", "2"}, {"rules", "onnx"}}},
  };
  for (const Line& line : lines) {
    ASSERT_TRUE(looks_like_layer(line.text)) << line.text;
    EXPECT_EQ(from_layer_string(line.text), with({}, line.words)) << line.text;
  }
}

TEST(Lines, ErrorsSayWhichArgumentAndWhere) {
  const std::vector<std::pair<const char*, const char*>> broken{
      {"Conv2D(8, 3, stride=2)", "Conv2D: unknown argument stride / did you mean strides?"},
      {"Conv2D(8, 3, strides=0)", "Conv2D: strides must be at least 1"},
      {"Conv2D(8, 3, strides=0)", "(character 22)"},
      {"Conv2D(8, 3, padding='sme')", "padding is not 'sme' (character 22) / 'valid', 'same' or 'causal'"},
      {"Conv2D(8, 3, activation='relu')", "convreel stack"},
      {"Conv2D(8)", "kernel_size is missing"},
      {"nn.Conv(features=1, kernal_size=(3, 3))", "did you mean kernel_size?"},
      {"nn.Conv(1, (3, 3, 3, 3))", "kernel_size has 4 axes; 1 to 3 can be shown"},
      {"lax.conv_general_dilated(x, w, (2, 2), 'VALID', lhs_dilation=(2, 2))", "beside strides other than 1"},
      {"lax.conv_general_dilated(x, w, (1, 1), 'SAME', lhs_dilation=(2, 2))", "takes no padding by name"},
      {"Conv(x, w)", "nothing says how many axes"},
      {"Conv(kernel_shape=[3, 3], pads=[1, 1])", "pads has 2 numbers, not 4"},
      {"Conv(kernel_shape=[3, 3], pads=[1, 1, 1, 1], auto_pad='SAME_UPPER')", "auto_pad SAME_UPPER and pads both"},
      {"Conv(kernel_shape=[3, 3], auto_pad='SAME')", "auto_pad has no SAME"},
      {"helper.make_node()", "operator's name is missing"},
      {"helper.make_node('Gemm', ['x'], ['y'], alpha=1)", "unknown layer Gemm"},
      {"tf.nn.conv2d(x, w, [1, 2, 2, 3], 'SAME')", "moves over the batch or the channels"},
  };
  for (const auto& [text, says] : broken) {
    try {
      static_cast<void>(from_layer_string(text));
      ADD_FAILURE() << text << " was read";
    } catch (const base::Error& error) {
      EXPECT_EQ(error.kind(), base::ErrorKind::usage) << text;
      EXPECT_THAT(error.problems().front().message + " / " + error.problems().front().hint, HasSubstr(says)) << text;
    }
  }
  EXPECT_THROW(static_cast<void>(from_layer_string("Conv2D(8, " + std::string(20000, ' ') + "3)")), base::Error);
}

TEST(Lines, FlagsWinOverTheLinesRules) {
  const JobSpec line =
      from_layer_string("nn.ConvTranspose(features=1, kernel_size=(3, 3), strides=(2, 2), padding='VALID')");
  EXPECT_TRUE(decided(line).flip_kernel);
  EXPECT_FALSE(decided(merge(line, with({}, {{"rules", "pytorch"}}))).flip_kernel);
  EXPECT_EQ(line_and_options("Conv2d(1, 1, 3) --rules onnx").options, " --rules onnx");
  EXPECT_TRUE(line_and_options("Conv2d(1, 1, 3)").options.empty());
}

}  // namespace
}  // namespace convreel::job::rules_test
