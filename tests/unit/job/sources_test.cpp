#include "job/sources.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "base/error.hpp"
#include "job/fields.hpp"
#include "job/layer_name.hpp"
#include "job/resolve.hpp"

namespace convreel::job::sources_test {
namespace {

using numerics::LayerKind;
using ::testing::HasSubstr;

JobSpec flags(const std::vector<std::pair<std::string, std::string>>& words) {
  JobSpec spec;
  for (const auto& [name, text] : words) field_named(name)->parse(spec, text);
  return spec;
}

JobSpec toml(std::string_view text, std::string_view folder = "") { return from_toml(text, "job.toml", folder); }

template <class Call>
std::string message_of(base::ErrorKind kind, const Call& call) {
  try {
    call();
  } catch (const base::Error& error) {
    EXPECT_EQ(error.kind(), kind) << error.what();
    return error.problems().front().message + " / " + error.problems().front().hint;
  }
  return "no error";
}
std::string toml_message(std::string_view text) {
  return message_of(base::ErrorKind::impossible, [&] { static_cast<void>(toml(text)); });
}
std::string layer_message(std::string_view text) {
  return message_of(base::ErrorKind::usage, [&] { static_cast<void>(from_layer_string(text)); });
}

TEST(Toml, MeansTheSameAsFlags) {
  const JobSpec expected = flags({{"layer", "conv2d"},
                                  {"input-size", "5x7"},
                                  {"kernel-size", "3"},
                                  {"stride", "2x1"},
                                  {"padding", "1,2,3,4"},
                                  {"ceil-mode", "true"},
                                  {"bias", "-1.5"},
                                  {"view", "slide+matrix"},
                                  {"step", "0.5"},
                                  {"size", "1920x1080"},
                                  {"steps", "3..7"},
                                  {"set", "role.input.fill=#FFFFFF"},
                                  {"output", "a.gif"},
                                  {"output", "b.mp4:scale=2"}});
  EXPECT_EQ(toml(R"(
layer = "conv2d"
input_size = [5, 7]
kernel-size = 3
strides = [2, 1]
padding = [[1, 2], [3, 4]]
ceil_mode = true
bias = -1.5
view = ["slide", "matrix"]
step = 0.5
size = [1920, 1080]
steps = [3, 7]
set.role.input.fill = "#FFFFFF"
outputs = ["a.gif", "b.mp4:scale=2"]
)"),
            expected);
  EXPECT_EQ(toml(R"(
[layer]
kind = "conv2d"
input-size = "5x7"
kernel-size = "3"
stride = "2x1"
padding = [1, 2, 3, 4]
ceil-mode = true
[data]
bias = "-1.5"
[show]
view = "slide+matrix"
step = "500ms"
size = "1920x1080"
steps = "3..7"
set = ["role.input.fill=#FFFFFF"]
[out]
output = ["a.gif", "b.mp4:scale=2"]
)"),
            expected);
}

TEST(Toml, EveryRowCanBeAKey) {
  for (const Field& field : fields()) {
    const bool is_switch = field.value.empty();
    const std::string value = is_switch                      ? "true"
                              : !field.codec.choices.empty() ? "\"" + std::string(field.codec.choices[0]) + "\""
                                                             : "";
    if (value.empty()) continue;
    const JobSpec spec = toml(std::string(field.name) + " = " + value);
    EXPECT_EQ(field.print(spec), is_switch ? "true" : std::string(field.codec.choices[0])) << field.name;
  }
}

TEST(Toml, ValuesMayBeNestedLists) {
  const JobSpec spec = toml("layer = 'conv1d'\nkernel_values = [[[1, 2.5]], [[nan, -3]]]\n");
  EXPECT_EQ(*spec.kernel_values, "[[[1,2.5]],[[NaN,-3]]]");
  const Job job = resolve(spec, {});
  EXPECT_EQ(job.chain.only().kernel().outer, 2);
  EXPECT_EQ(job.chain.only().kernel().values[1], 2.5);
  EXPECT_TRUE(std::isnan(job.chain.only().kernel().values[2]));
}

TEST(Toml, FilesLieBesideTheJobFile) {
  const JobSpec spec =
      toml("input-values = 'x.npy'\nkernel-values = '/k.csv'\ntheme = 'mine.toml'\nbias = 'ramp'", "jobs");
  EXPECT_EQ(*spec.input_values, "jobs/x.npy");
  EXPECT_EQ(*spec.kernel_values, "/k.csv");
  EXPECT_EQ(*spec.show.theme, "jobs/mine.toml");
  EXPECT_EQ(*spec.bias, "ramp");
}

TEST(Toml, StartsFromAPresetAndFromALayerString) {
  const JobSpec spec = toml("preset = 'article/transposed-s2p1'\nstride = 3\n");
  EXPECT_EQ(spec.stride, (Sizes{3}));
  EXPECT_EQ(spec.padding->symmetric, (Sizes{1}));
  const JobSpec pasted = toml("stride = 3\nlayer = 'nn.Conv2d(1, 1, kernel_size=(3, 3), stride=(2, 2))'\n");
  EXPECT_EQ(pasted.stride, (Sizes{3}));
  EXPECT_EQ(pasted.kernel_size, (Sizes{3, 3}));
}

TEST(Toml, ErrorsNameThePlace) {
  EXPECT_THAT(toml_message("a = [1\nb"), HasSubstr("job.toml:2:1"));
  EXPECT_THAT(toml_message("layer = 'conv2d'\nstrid = 2"),
              HasSubstr("job.toml:2:1: unknown key strid / did you mean stride?"));
  EXPECT_THAT(toml_message("[show]\nstride = 2"), HasSubstr("belongs into [layer]"));
  EXPECT_THAT(toml_message("stride = '3x'"), HasSubstr("job.toml:1:10: stride takes one number"));
  EXPECT_THAT(toml_message("stride = 0"), HasSubstr("must be at least 1"));
  EXPECT_THAT(toml_message("stride = 1\nstrides = 2"), HasSubstr("given twice"));
  EXPECT_THAT(toml_message("groups = [1, 2]"), HasSubstr("not a list"));
  EXPECT_THAT(toml_message("groups = {a = 1}"), HasSubstr("expected a number"));
  EXPECT_THAT(toml_message("stride = 2020-01-01"), HasSubstr("expected a number"));
  EXPECT_THAT(toml_message("bias = ['x']"), HasSubstr("expected a number"));
  EXPECT_THAT(toml_message("preset = 'article/conv-s1p9'"), HasSubstr("did you mean"));
}

TEST(LayerString, ReadsWhatPyTorchPrints) {
  EXPECT_EQ(from_layer_string(
                "ConvTranspose2d(1, 2, kernel_size=(3, 5), stride=(2, 2), padding=(1, 1), output_padding=(1, 1))"),
            flags({{"layer", "conv-transpose2d"},
                   {"in-channels", "1"},
                   {"out-channels", "2"},
                   {"kernel-size", "3x5"},
                   {"stride", "2x2"},
                   {"padding", "1x1"},
                   {"output-padding", "1x1"}}));
  EXPECT_EQ(from_layer_string("MaxPool2d(kernel_size=2, stride=2, padding=0, dilation=1, ceil_mode=False)"),
            flags({{"layer", "max-pool2d"},
                   {"kernel-size", "2"},
                   {"stride", "2"},
                   {"padding", "0"},
                   {"dilation", "1"},
                   {"ceil-mode", "false"}}));
  EXPECT_EQ(
      from_layer_string(
          "Conv1d(4, 4, kernel_size=(3,), stride=(1,), padding=same, groups=4, bias=False, padding_mode=reflect)"),
      flags({{"layer", "conv1d"},
             {"in-channels", "4"},
             {"out-channels", "4"},
             {"kernel-size", "3"},
             {"stride", "1"},
             {"padding", "same"},
             {"groups", "4"},
             {"padding-mode", "reflect"}}));
}

TEST(LayerString, ReadsWhatPeopleWrite) {
  EXPECT_EQ(from_layer_string(" torch.nn.Conv2d(3,8,3,2,'same', bias=True) "), flags({{"layer", "conv2d"},
                                                                                      {"in-channels", "3"},
                                                                                      {"out-channels", "8"},
                                                                                      {"kernel-size", "3"},
                                                                                      {"stride", "2"},
                                                                                      {"padding", "same"},
                                                                                      {"bias", "1"}}));
  EXPECT_EQ(from_layer_string("self.pool = nn.AvgPool2d([3, 2], stride=None, divisor_override=4)"),
            flags({{"layer", "avg-pool2d"}, {"kernel-size", "3x2"}, {"divisor-override", "4"}}));
  EXPECT_EQ(from_layer_string("(up): ConvTranspose1d(1, 1, 4, 2, 1, 0, 1, False, 1)"),
            flags({{"layer", "conv-transpose1d"},
                   {"in-channels", "1"},
                   {"out-channels", "1"},
                   {"kernel-size", "4"},
                   {"stride", "2"},
                   {"padding", "1"},
                   {"output-padding", "0"},
                   {"groups", "1"},
                   {"dilation", "1"}}));
}

TEST(LayerString, IsToldFromOtherWords) {
  EXPECT_TRUE(looks_like_layer("Conv2d(1, 1, 3)"));
  EXPECT_TRUE(looks_like_layer("nn.Conv3d()"));
  EXPECT_TRUE(looks_like_layer("Conv2d(1, 1, 3);"));
  EXPECT_TRUE(looks_like_layer("Conv2d(1, 1"));
  for (const char* text : {"job.toml", "conv2d", "preset:article/x", "", "(", ")", "()", "conv(1).toml", "a/b(1)"})
    EXPECT_FALSE(looks_like_layer(text)) << text;
}

TEST(LayerString, HasThreeAxesToo) {
  const JobSpec spec = from_layer_string("nn.ConvTranspose3d(2, 4, (3, 4, 5), stride=(1, 2, 2), padding=1)");
  EXPECT_EQ(spec.layer, (LayerName{LayerKind::conv_transpose, 3}));
  EXPECT_EQ(spec.kernel_size, (Sizes{3, 4, 5}));
  EXPECT_EQ(spec.stride, (Sizes{1, 2, 2}));
  EXPECT_EQ(from_layer_string("AvgPool3d(2, divisor_override=3)").divisor_override, 3);
}

TEST(LayerString, ErrorsNameTheArgument) {
  EXPECT_THAT(layer_message("Comv2d(1, 1, 3)"), HasSubstr("did you mean Conv2d?"));
  EXPECT_THAT(layer_message("BatchNorm2d(3)"), HasSubstr("unknown layer BatchNorm2d"));
  EXPECT_THAT(layer_message("Conv2d(1, 1)"), HasSubstr("kernel_size is missing"));
  EXPECT_THAT(layer_message("Conv2d(1, 1, 3, strid=2)"), HasSubstr("unknown argument strid / did you mean stride?"));
  EXPECT_THAT(layer_message("Conv2d(1, 1, 3, kernel_size=3)"), HasSubstr("kernel_size was given twice"));
  EXPECT_THAT(layer_message("Conv2d(1, 1, 3, stride=0)"), HasSubstr("Conv2d: stride must be at least 1"));
  EXPECT_THAT(layer_message("Conv2d(1, 1, 3, padding=1, 2)"), HasSubstr("after a named argument"));
  EXPECT_THAT(layer_message("Conv2d(1,, 1)"), HasSubstr("two commas"));
  EXPECT_THAT(layer_message("MaxPool2d(1, 1, 1, 1, False, False, 1)"), HasSubstr("more than 6 arguments"));
  EXPECT_THAT(layer_message("MaxPool2d(2, groups=2)"), HasSubstr("unknown argument groups"));
  EXPECT_THAT(layer_message("AvgPool1d(2, divisor_override=2)"), HasSubstr("unknown argument"));
  EXPECT_THAT(layer_message("Conv2d(1, 1, 3, bias=1)"), HasSubstr("bias is True or False, not 1"));
  EXPECT_THAT(layer_message("Conv2d(1, 1, (3, 3)"), HasSubstr("Conv2d( is not closed"));
  EXPECT_THAT(layer_message("nn.Conv2d(1,1,3), nn.ReLU()"), HasSubstr("\", nn.ReLU()\" stands after Conv2d(...)"));
  EXPECT_THAT(layer_message("nonsense"), HasSubstr("not a layer"));
}

TEST(LayerString, FlaxAndOnnxShareNamesAndAreToldApart) {
  using numerics::Rules;
  for (const char* line : {"Conv(strides=[2, 2])", "ConvTranspose(strides=[2, 2])", "Conv(x, w, strides=[2, 2])"}) {
    EXPECT_EQ(from_layer_string(line).rules, Rules::onnx) << line;
    EXPECT_EQ(from_layer_string(line).stride, (Sizes{2, 2})) << line;
  }
  for (const char* line : {"Conv(8, (3, 3), strides=[2, 2])", "Conv(features=8, kernel_size=(3, 3))",
                           "ConvTranspose(kernel_size=(3, 3), features=8)"})
    EXPECT_EQ(from_layer_string(line).rules, Rules::jax) << line;
  EXPECT_THAT(layer_message("Conv(kernel_size=(3, 3))"), HasSubstr("features is missing"));
}

TEST(LayerString, WhatCannotBeHonouredIsRefused) {
  const std::string line = "tf.nn.conv2d(x, w, 1, [[%], [1, 1], [1, 1], [0, 0]])";
  const auto first_pair = [&](const char* pair) { return std::string(line).replace(line.find('%'), 1, pair); };
  EXPECT_EQ(from_layer_string(first_pair("0, 0")).padding->sides, (Sizes{1, 1, 1, 1}));
  EXPECT_THAT(layer_message(first_pair("5, 5")), HasSubstr("padding pads the batch or the channels"));
  EXPECT_THAT(layer_message("tf.nn.conv2d(x, w, 1, [[0, 0], [1, 1], [1, 1], [0, 7]])"), HasSubstr("the channels"));

  const auto lax = [](const std::string& layouts) {
    return "lax.conv_general_dilated(x, w, (1, 1), 'SAME', dimension_numbers=" + layouts + ")";
  };
  for (const char* layouts : {"('NHWC', 'HWIO', 'NHWC')", "('NCHW', 'OIHW', 'NHWC')", "None", "dn", "x.numbers()"})
    EXPECT_EQ(layer_message(lax(layouts)), "no error") << layouts;
  for (const char* layouts : {"('banana', 'HWIO', 'x')", "('NHWC', 'HWIO')", "('NHWC', 'WHIO', 'NHWC')", "'NHWC'",
                              "('NHHC', 'HHIO', 'NHHC')", "('NHWDC', 'HWDIO', 'NHWDC')", "(0, 1, 2)", "3"})
    EXPECT_THAT(layer_message(lax(layouts)), HasSubstr("not three layouts")) << layouts;
}

TEST(LayerString, QuotesKeepBracketsAndNumbersApart) {
  EXPECT_EQ(from_layer_string("Conv2D(8, 3, name=\"a)b\", strides=2)").stride, (Sizes{2}));
  EXPECT_EQ(from_layer_string("y = Conv <auto_pad = \"SAME_LOWER\", name = \">\", strides = [2, 2]> (x, w)").stride,
            (Sizes{2, 2}));
  EXPECT_THAT(layer_message("Conv2D(\"8\", 3)"), HasSubstr("Conv2D: filters takes a number, not \"8\""));
  EXPECT_THAT(layer_message("Conv2d(1, 1, '3')"), HasSubstr("kernel_size takes a number, not '3'"));
}

TEST(LayerName, EveryRowIsFoundByItsNames) {
  for (const LayerRow& row : layer_rows()) {
    EXPECT_EQ(layer_named(row.name), row.layer);
    EXPECT_EQ(layer_named(row.torch_name), row.layer);
    EXPECT_EQ(name(row.layer), row.name);
    EXPECT_EQ(torch_name(row.layer), row.torch_name);
    if (!row.short_name.empty()) {
      EXPECT_EQ(layer_named(row.short_name), row.layer);
    }
  }
  EXPECT_EQ(layer_named("deconv2d"), (LayerName{LayerKind::conv_transpose, 2}));
  EXPECT_EQ(layer_named(""), std::nullopt);
}

TEST(Presets, AllResolveAndHaveASummary) {
  EXPECT_EQ(preset_names("article/*").size(), 10u);
  EXPECT_EQ(preset_names("guide/*").size(), 19u);
  EXPECT_GE(preset_names("teach/*").size(), 12u);
  for (const std::string& name : preset_names()) {
    SCOPED_TRACE(name);
    EXPECT_FALSE(preset_summary(name).empty());
    const JobSpec spec = preset(name);
    if (!spec.compare.empty()) {
      EXPECT_THAT(spec.compare.size(), ::testing::AllOf(::testing::Ge(2u), ::testing::Le(4u)));
      EXPECT_TRUE(spec.show.title) << "nothing else names a comparison";
      EXPECT_FALSE(spec.layer);
      continue;
    }
    const Job job = resolve(spec, {});
    EXPECT_EQ(job.name, name.substr(name.find('/') + 1));
    if (job.chain.stack || name.starts_with("3-d/"))
      EXPECT_LE(job.show.views.size(), 1u);  // their usual view is the views' to choose
    else
      EXPECT_EQ(job.show.views.size(), 1u);
  }
}

TEST(Presets, HaveTheStepsOfTheOriginals) {
  const std::pair<const char*, std::int64_t> expected[] = {{"article/conv-s1p0", 9},
                                                           {"article/conv-s1p1", 25},
                                                           {"article/conv-s2p0", 4},
                                                           {"article/conv-s2p1", 9},
                                                           {"article/conv-s2p3", 25},
                                                           {"article/conv-s3p2", 9},
                                                           {"article/transposed-s1p0", 25},
                                                           {"article/transposed-s1p1", 25},
                                                           {"article/transposed-s2p0", 25},
                                                           {"article/transposed-s2p1", 25},
                                                           {"guide/no-padding-no-strides", 4},
                                                           {"guide/arbitrary-padding-no-strides", 36},
                                                           {"guide/same-padding-no-strides", 25},
                                                           {"guide/full-padding-no-strides", 49},
                                                           {"guide/no-padding-strides", 4},
                                                           {"guide/padding-strides", 9},
                                                           {"guide/padding-strides-odd", 9},
                                                           {"guide/no-padding-no-strides-transposed", 16},
                                                           {"guide/arbitrary-padding-no-strides-transposed", 25},
                                                           {"guide/same-padding-no-strides-transposed", 25},
                                                           {"guide/full-padding-no-strides-transposed", 25},
                                                           {"guide/no-padding-strides-transposed", 25},
                                                           {"guide/padding-strides-transposed", 25},
                                                           {"guide/padding-strides-odd-transposed", 36},
                                                           {"guide/dilation", 9},
                                                           {"guide/numerical-no-padding-no-strides", 9},
                                                           {"guide/numerical-padding-strides", 9},
                                                           {"guide/numerical-average-pooling", 9},
                                                           {"guide/numerical-max-pooling", 9}};
  for (const auto& [name, steps] : expected)
    EXPECT_EQ(resolve(preset(name), {}).chain.only().step_count(), steps) << name;
}

TEST(Presets, GuideNumbersAreTheGuides) {
  EXPECT_EQ(resolve(preset("guide/numerical-no-padding-no-strides"), {}).chain.only().output().values,
            (std::vector<double>{12, 12, 17, 10, 17, 19, 9, 6, 14}));
}

TEST(Presets, UnknownNamesAreAnsweredWithANearOne) {
  const auto message = [](std::string_view name) {
    return message_of(base::ErrorKind::usage, [&] { static_cast<void>(preset(name)); });
  };
  EXPECT_THAT(message("article/conv-s1p9"), HasSubstr("did you mean preset:article/conv-s1p"));
  EXPECT_THAT(message("dilation"), HasSubstr("did you mean preset:guide/dilation?"));
  EXPECT_THAT(message("no such thing at all"), HasSubstr("list presets"));
}

}  // namespace
}  // namespace convreel::job::sources_test
