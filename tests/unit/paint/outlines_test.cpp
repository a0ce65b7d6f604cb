#include "paint/outlines.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace convreel::test {
namespace {

using paint::Outlines;
using scene::Weight;
using testing::MatchesRegex;

TEST(Outlines, ArePathDataThatBeginsAndCloses) {
  const Outlines outlines(theme::load("light"));
  const std::string path = outlines.svg_path("Ag8", 20, Weight::bold, false);
  EXPECT_THAT(path, MatchesRegex("M[-MLCZ0-9. ]+Z"));
  EXPECT_EQ(path.find("-0 "), std::string::npos);
}

TEST(Outlines, GrowWithTheFont) {
  const Outlines outlines(theme::load("light"));
  EXPECT_NE(outlines.svg_path("A", 20, Weight::regular, false), outlines.svg_path("A", 40, Weight::regular, false));
  EXPECT_NE(outlines.svg_path("A", 20, Weight::regular, false), outlines.svg_path("A", 20, Weight::bold, false));
  EXPECT_GT(outlines.cap_height(false), 0.6);
}

TEST(Outlines, OfNothingAreEmpty) {
  const Outlines outlines(theme::load("light"));
  EXPECT_EQ(outlines.svg_path("", 20, Weight::regular, false), "");
  EXPECT_EQ(outlines.svg_path("  ", 20, Weight::regular, false), "");
}

}  // namespace
}  // namespace convreel::test
