// The table of formats, row by row.
#include "output/formats.hpp"

#include <gtest/gtest.h>

#include <set>

#include "base/error.hpp"
#include "support/outputs.hpp"

namespace convreel {
namespace {

using output::Format;
using output::format_named;
using output::format_of;
using output::formats;

TEST(Formats, HaveOneWayToBeMadeAndOwnNames) {
  std::set<std::string_view> names, endings;
  for (const Format& format : formats()) {
    EXPECT_NE(format.make_raster == nullptr, format.write_document == nullptr) << format.name;
    EXPECT_EQ(format.savings != nullptr, format.make_raster != nullptr) << format.name << ": what it can give up";
    EXPECT_TRUE(names.insert(format.name).second) << format.name;
    EXPECT_TRUE(endings.insert(format.ending).second) << format.name;
    EXPECT_EQ(format.ending.front(), '.');
    EXPECT_FALSE(format.summary.empty());
    EXPECT_GT(format.fps, 0);
    EXPECT_GT(format.scale, 0);
    EXPECT_EQ(format_named(format.name), &format);
    EXPECT_EQ(format_of("some.folder/a b" + std::string(format.ending)), &format);
  }
}

TEST(Formats, AreToldByEndingWhateverItsCase) {
  EXPECT_EQ(format_of("A.GIF"), format_named("gif"));
  EXPECT_EQ(format_of("a.apng"), format_named("apng"));
  EXPECT_EQ(format_of("a.gif.bak"), nullptr);
  EXPECT_EQ(format_of("gif"), nullptr);
  EXPECT_EQ(format_named("GIF"), nullptr);
}

std::string refusal(const std::string& format, const test::Options& options) {
  try {
    (void)test::output("a." + format, format, options);
  } catch (const base::Error& error) {
    EXPECT_EQ(error.kind(), base::ErrorKind::usage);
    return error.problems()[0].message + " | " + error.problems()[0].hint;
  }
  return "accepted";
}

TEST(Options, AreCheckedWithTheirNames) {
  EXPECT_EQ(refusal("mp4", {{"crf", "99"}}), "mp4:crf=99: expected a whole number from 0 to 51 | ");
  EXPECT_EQ(refusal("mp4", {{"preset", "sloow"}}),
            "mp4:preset=sloow: expected one of medium, ultrafast, superfast, veryfast, faster, fast, slow, slower, "
            "veryslow | did you mean slow?");
  EXPECT_EQ(refusal("gif", {{"matte", "grey"}}), "gif:matte=grey: expected a colour such as #FFFFFF | ");
  EXPECT_EQ(refusal("png", {{"grid", "3"}}),
            "png:grid=3: expected rows x columns of at most 64 pictures | grid=3x4 shows three rows of four");
  EXPECT_EQ(refusal("gif", {{"max-bytes", "few"}}).substr(0, 52),
            "--output a.gif:max-bytes takes a size in bytes, not ");
  for (const std::string scale : {"large", "", "0", "-1", "nan", "1e9", "2x"})
    EXPECT_EQ(refusal("gif", {{"scale", scale}}),
              "a.gif: scale takes a number from 0.1 to 16, not \"" + scale + "\" | a.gif:scale=2");
}

TEST(Options, ThatContradictOneAnotherAreRefused) {
  EXPECT_NE(refusal("png", {{"grid", "2x2"}, {"strip", "3"}}), "accepted");
  EXPECT_NE(refusal("png", {{"still", "first"}, {"strip", "3"}}), "accepted");
  EXPECT_NE(refusal("pptx", {{"slides", "steps"}, {"start", "click"}}), "accepted");
  EXPECT_NE(refusal("pptx", {{"media", "gif"}, {"crf", "30"}}), "accepted");
  EXPECT_NE(refusal("pdf", {{"rows", "2"}}), "accepted");
}

TEST(Options, PrintWhatTheyRead) {
  const test::Options samples{{"fps", "12"},        {"scale", "1.5"},    {"matte", "#102030"},  {"colors", "16"},
                              {"crf", "20"},        {"preset", "slow"},  {"chroma", "444"},     {"codec", "av1"},
                              {"effort", "9"},      {"quality", "80"},   {"media", "gif"},      {"slides", "steps"},
                              {"start", "click"},   {"strip", "6"},      {"grid", "3x4"},       {"still", "first"},
                              {"animated", "true"}, {"scheme", "fixed"}, {"text", "outlines"},  {"pages", "grid"},
                              {"columns", "2"},     {"rows", "5"},       {"keyframes", "steps"}};
  for (const Format& format : formats())
    for (const output::Option& option : format.options) {
      EXPECT_FALSE(option.help.empty()) << option.name;
      EXPECT_TRUE(option.codec.print({}) || !option.fallback.empty()) << option.name;
      const std::string& text = samples.at(std::string(option.name));
      job::Output output{"a", std::string(format.name), {}};
      EXPECT_FALSE(option.codec.given(output.options)) << option.name;
      output::read_option(output, option.name, text);
      EXPECT_EQ(output::given_options(output), (std::map<std::string_view, std::string>{{option.name, text}}));
    }
}

}  // namespace
}  // namespace convreel
