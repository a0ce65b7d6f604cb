#include "cli/outputs.hpp"

#include <gtest/gtest.h>

#include "base/error.hpp"
#include "output/formats.hpp"

namespace convreel::cli {
namespace {

std::string refusal(const std::string& text, const std::optional<std::string>& format = std::nullopt) {
  try {
    static_cast<void>(parse_output(text, format));
  } catch (const base::Error& error) {
    EXPECT_EQ(error.kind(), base::ErrorKind::usage);
    return error.problems().front().message + " / " + error.problems().front().hint;
  }
  return "";
}

TEST(Outputs, EveryEndingOfTheTableIsKnown) {
  for (const output::Format& format : output::formats())
    EXPECT_EQ(parse_output("folder.d/a" + std::string(format.ending), std::nullopt).format, format.name);
}

TEST(Outputs, OptionsAfterColons) {
  const job::Output output = parse_output("a.mp4:scale=2:fps=12", std::nullopt);
  EXPECT_EQ(output.path, "a.mp4");
  EXPECT_EQ(output.options.scale, 2);
  EXPECT_EQ(output.options.fps, 12);
}

TEST(Outputs, ColonsThatArePartOfThePath) {
  EXPECT_EQ(parse_output("frames/{n:03}.png", std::nullopt).path, "frames/{n:03}.png");
  EXPECT_EQ(parse_output("a:b/c.gif", std::nullopt).path, "a:b/c.gif");
  EXPECT_EQ(parse_output("frames/{n:03}.png:scale=2", std::nullopt).options.scale, 2);
}

TEST(Outputs, UnknownEndingsNameTheKnown) {
  const std::string text = refusal("a.gfi");
  for (const std::string part : {".gfi", "did you mean .gif?", ".mp4", ".json"})
    EXPECT_NE(text.find(part), std::string::npos) << text;
  EXPECT_NE(refusal("plain").find("no ending"), std::string::npos);
  EXPECT_NE(refusal("dir.gif/plain").find("no ending"), std::string::npos);
  EXPECT_NE(refusal("-").find("--format"), std::string::npos);
}

TEST(Outputs, UnknownOptionsNameTheKnown) {
  EXPECT_NE(refusal("a.gif:scal=2").find("did you mean scale?"), std::string::npos);
  EXPECT_NE(refusal("a.json:scale=2").find("scale"), std::string::npos);
}

TEST(Outputs, FormatSpeaksWhereTheEndingDoesNot) {
  EXPECT_EQ(parse_output("-", "gif").format, "gif");
  EXPECT_EQ(parse_output("a.bin", "mp4").format, "mp4");
  EXPECT_NE(refusal("a.bin", "mp5").find("mp4"), std::string::npos);
}

TEST(Outputs, TwoForOneFileAreRefused) {
  job::JobSpec spec;
  spec.outputs = {"a.gif", "a.gif:scale=2"};
  EXPECT_THROW(static_cast<void>(outputs_of(spec, "x")), base::Error);
  spec.outputs = {"{name}.gif", "{name}.png"};
  EXPECT_EQ(outputs_of(spec, "a/b").front().path, "a-b.gif");
}

TEST(Outputs, AreReadWithTheirValuesBeforeAnyIsMade) {
  job::JobSpec spec;
  for (const std::string bad :
       {"b.mp4:crf=99", "b.png:strip=2:grid=2x2", "b.pdf:columns=2", "b.pptx:slides=steps:crf=1"}) {
    spec.outputs = {"a.gif", bad};
    EXPECT_THROW(static_cast<void>(outputs_of(spec, "x")), base::Error) << bad;
  }
}

TEST(Outputs, StillGoesToTheStills) {
  job::JobSpec spec;
  spec.outputs = {"a.gif", "b.png", "{n}.png"};
  spec.still = 3;
  const auto outputs = outputs_of(spec, "x");
  EXPECT_FALSE(outputs[0].options.still.chosen());
  EXPECT_EQ(*outputs[1].options.still, 3);
  EXPECT_FALSE(outputs[2].options.still.chosen());
}

}  // namespace
}  // namespace convreel::cli
