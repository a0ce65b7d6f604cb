#include "job/fields.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "base/error.hpp"
#include "base/text.hpp"

namespace convreel::job {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

/// Texts that each row reads, all of them.
const std::map<std::string_view, std::vector<std::string>>& samples() {
  static const std::map<std::string_view, std::vector<std::string>> all = {
      {"layer", {"conv2d", "conv", "ConvTranspose1d", "max_pool2d", "deconv2d", "AvgPool2d(2)"}},
      {"input-size", {"5", "5x7", "99999999"}},
      {"kernel-size", {"3", "1x4"}},
      {"stride", {"2", "2x1"}},
      {"padding", {"0", "1x2", "same", "valid", "full", "same-upper", "same_lower", "1,2,3,4", "2,0"}},
      {"dilation", {"2", "1x2"}},
      {"output-padding", {"0", "1x0"}},
      {"output-size", {"9", "9x10"}},
      {"in-channels", {"3"}},
      {"out-channels", {"4"}},
      {"groups", {"2"}},
      {"padding-mode", {"zeros", "reflect", "replicate", "circular"}},
      {"ceil-mode", {"true", "false"}},
      {"count-include-pad", {"true", "false"}},
      {"divisor-override", {"7", "-2"}},
      {"flip-kernel", {"true", "false"}},
      {"rules", {"pytorch", "onnx", "keras", "jax"}},
      {"input-values", {"1 2; 3 4", "random:7"}},
      {"kernel-values", {"sobel-x", "-1 0 1"}},
      {"bias", {"-1", "0.5"}},
      {"grad-values", {"ones", "1 2; 3 4"}},
      {"view", {"slide", "slide+matrix"}},
      {"theme", {"dark"}},
      {"set", {"role.input.fill=#ABCDEF", "a=1\nb=2"}},
      {"layout", {"full", "article", "plain"}},
      {"size", {"1920x1080"}},
      {"cell", {"40"}},
      {"title", {"Höhe × Breite", ""}},
      {"numbers", {"true", "false"}},
      {"arithmetic", {"true", "false"}},
      {"chapters", {"all", "none"}},
      {"motion", {"step", "smooth"}},
      {"pace", {"teach", "even"}},
      {"step", {"600ms", "0.6s", "0.6", "1s", "2m", "0.0333"}},
      {"hold-start", {"0", "1.5s"}},
      {"hold-end", {"0s", "2s"}},
      {"predict", {"3"}},
      {"speed", {"2", "0.25"}},
      {"fps", {"50"}},
      {"loop", {"forever", "once", "3"}},
      {"steps", {"3..7", "4"}},
      {"transparent", {"true", "false"}},
      {"credit", {"true", "false"}},
      {"model", {"unet.onnx"}},
      {"model-part", {"3", "1..4", "encoder.conv1"}},
      {"channels", {"0", "0..2:5"}},
      {"crop", {"8x8", "8x10+4+6"}},
      {"aa-levels", {"2", "256"}},
      {"output", {"a.gif", "a.gif\nb.mp4:scale=2"}},
      {"format", {"gif"}},
      {"still", {"first", "last", "3"}},
      {"max-bytes", {"500000", "500k", "1.5M", "10MB", "1MiB", "3"}},
      {"for", {"powerpoint", "google-slides", "blog"}},
      {"name", {"one"}},
      {"stack", {"Conv2d(1, 1, 3)", "Conv2d(1, 1, 3)\nReLU()"}},
      {"compare", {"conv2d -s 1", "conv2d -s 1\nconv2d -s 2"}},
  };
  return all;
}

std::string message_of(std::string_view row, std::string_view text, base::ErrorKind kind = base::ErrorKind::usage) {
  try {
    JobSpec spec;
    field_named(row)->parse(spec, text);
  } catch (const base::Error& error) {
    EXPECT_EQ(error.kind(), kind);
    return error.problems().front().message + " / " + error.problems().front().hint;
  }
  return "no error";
}

TEST(Fields, EveryRowReadsWhatItPrints) {
  for (const Field& field : fields()) {
    ASSERT_TRUE(samples().contains(field.name)) << "no samples for " << field.name;
    EXPECT_EQ(field.print(JobSpec{}), std::nullopt) << field.name;
    for (const std::string& text : samples().at(field.name)) {
      JobSpec first, second;
      field.parse(first, text);
      const auto printed = field.print(first);
      ASSERT_TRUE(printed) << field.name << " " << text;
      field.parse(second, *printed);
      EXPECT_EQ(*field.print(second), *printed) << field.name << " " << text;
      if (field.name == "layer") continue;  // a whole layer sets more than its own row prints
      EXPECT_EQ(first, second) << field.name << " " << text;
      EXPECT_NE(first, JobSpec{}) << field.name << " sets nothing";
    }
  }
}

TEST(Fields, EverySwitchHasNoValueAndEveryChoiceIsRead) {
  for (const Field& field : fields()) {
    EXPECT_FALSE(field.help.empty()) << field.name;
    if (field.value.empty()) {
      EXPECT_THAT(message_of(field.name, "maybe"), HasSubstr("true or false"));
    }
    for (std::string_view choice : field.codec.choices) EXPECT_EQ(message_of(field.name, choice), "no error");
  }
}

TEST(Fields, NamesAreUnique) {
  std::set<std::string> names;
  std::set<char> letters;
  for (const Field& field : fields()) {
    EXPECT_TRUE(names.insert(std::string(field.name)).second) << field.name;
    for (std::string_view alias : field.aliases) EXPECT_TRUE(names.insert(std::string(alias)).second) << alias;
    if (field.short_name != 0) {
      EXPECT_TRUE(letters.insert(field.short_name).second) << field.name;
    }
  }
}

TEST(Fields, AreFoundByAliasAndUnderscore) {
  EXPECT_EQ(field_named("kernel_size")->name, "kernel-size");
  EXPECT_EQ(field_named("strides")->name, "stride");
  EXPECT_EQ(field_named("dilation_rate")->name, "dilation");
  EXPECT_EQ(field_named("kernel"), nullptr);
}

TEST(Fields, MergeKnowsEveryMember) {
  for (const Field& field : fields()) {
    JobSpec over;
    field.parse(over, samples().at(field.name).front());
    EXPECT_EQ(merge(JobSpec{}, over), over) << field.name;
    EXPECT_EQ(merge(over, JobSpec{}), over) << field.name;
  }
}

TEST(Fields, ASizeFromBelowGivesWayToValuesFromAbove) {
  JobSpec preset, values, size;
  preset.input_size = Sizes{5};
  values.input_values = "1 2; 3 4";
  size.input_size = Sizes{2};
  EXPECT_TRUE(merge(preset, values).input_size_yields);
  EXPECT_FALSE(merge(merge(preset, values), size).input_size_yields);
  EXPECT_FALSE(merge(preset, merge(values, size)).input_size_yields);
  EXPECT_FALSE(merge(preset, size).input_size_yields);
  EXPECT_TRUE(merge(JobSpec{}, merge(preset, values)).input_size_yields);
}

TEST(Fields, WrongValuesSayWhatWasExpected) {
  EXPECT_THAT(message_of("stride", "3x"), HasSubstr("--stride takes one number or [DEPTHx]ROWSxCOLUMNS, not \"3x\""));
  EXPECT_THAT(message_of("stride", "0"), HasSubstr("--stride must be at least 1, not 0"));
  EXPECT_THAT(message_of("stride", "2,"), HasSubstr("ROWSxCOLUMNS"));
  EXPECT_THAT(message_of("stride", "1x2x3x4"), HasSubstr("ROWSxCOLUMNS"));
  EXPECT_THAT(message_of("input-size", "99999999999999999999"), HasSubstr("too large"));
  EXPECT_THAT(message_of("padding", "-1"), HasSubstr("at least 0"));
  EXPECT_THAT(message_of("padding", "smae"), HasSubstr("did you mean same?"));
  EXPECT_THAT(message_of("padding", "1,2,3"), HasSubstr("TOP,BOTTOM,LEFT,RIGHT"));
  EXPECT_THAT(message_of("padding", "1,2,3,4,5,6,7,8"), HasSubstr("FRONT,BACK"));
  EXPECT_THAT(message_of("padding-mode", "reflekt"), HasSubstr("did you mean reflect?"));
  EXPECT_THAT(message_of("layer", "conv2"), HasSubstr("did you mean conv2d?"));
  EXPECT_THAT(message_of("layer", "Conv4d(1, 1, 3)"), HasSubstr("unknown layer Conv4d"));
  EXPECT_THAT(message_of("step", "fast"), HasSubstr("0.6s"));
  EXPECT_THAT(message_of("step", "0"), HasSubstr("at least 1ms"));
  EXPECT_THAT(message_of("step", "nan"), HasSubstr("a time"));
  EXPECT_THAT(message_of("hold-end", "-1s"), HasSubstr("at least"));
  EXPECT_THAT(message_of("hold-end", "2h"), HasSubstr("a time"));
  EXPECT_THAT(message_of("hold-end", "100m"), HasSubstr("hour"));
  EXPECT_THAT(message_of("size", "8x8"), HasSubstr("16"));
  EXPECT_THAT(message_of("size", "99999x100"), HasSubstr("16384"));
  EXPECT_THAT(message_of("size", "1920"), HasSubstr("1920x1080"));
  EXPECT_THAT(message_of("loop", "0"), HasSubstr("forever"));
  EXPECT_THAT(message_of("steps", "7..3"), HasSubstr("first step before the last"));
  EXPECT_THAT(message_of("steps", "0"), HasSubstr("counted from 1"));
  EXPECT_THAT(message_of("speed", "0"), HasSubstr("0.01"));
  EXPECT_THAT(message_of("still", "middle"), HasSubstr("first, last"));
  EXPECT_THAT(message_of("set", "role.input.fill"), HasSubstr("KEY=VALUE"));
  EXPECT_THAT(message_of("view", "slide+"), HasSubstr("joined by +"));
  EXPECT_THAT(message_of("divisor-override", "0"), HasSubstr("other than 0"));
  EXPECT_THAT(message_of("stride", std::string(5000, 'x')), Not(HasSubstr(std::string(100, 'x'))));
}

TEST(Fields, DurationsAreExact) {
  const auto step = [](std::string_view text) {
    JobSpec spec;
    field_named("step")->parse(spec, text);
    return spec.show.step->count();
  };
  EXPECT_EQ(step("600ms"), 600'000);
  EXPECT_EQ(step("0.6s"), 600'000);
  EXPECT_EQ(step("0.6"), 600'000);
  EXPECT_EQ(step("2m"), 120'000'000);
  EXPECT_EQ(step("2min"), 120'000'000);
}

}  // namespace
}  // namespace convreel::job
