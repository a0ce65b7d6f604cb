#include "base/text.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <limits>

namespace convreel::base {
namespace {

TEST(Exact, SpellsSpecialValuesAsJsonDialectsDo) {
  EXPECT_EQ(exact(std::numeric_limits<double>::quiet_NaN()), "NaN");
  EXPECT_EQ(exact(std::numeric_limits<double>::infinity()), "Infinity");
  EXPECT_EQ(exact(-std::numeric_limits<double>::infinity()), "-Infinity");
  EXPECT_EQ(exact(3.0), "3");
  EXPECT_EQ(exact(0.1), "0.1");
}

RC_GTEST_PROP(Exact, ReadsBackAsTheSameDouble, (double value)) { RC_ASSERT(parse_double(exact(value)) == value); }

TEST(ParseDouble, TakesTheWholeTextOrNothing) {
  EXPECT_EQ(parse_double("+1.5e3"), 1500.0);
  EXPECT_EQ(parse_double("-.5"), -0.5);
  EXPECT_TRUE(std::isnan(parse_double("nan").value()));
  EXPECT_TRUE(std::isinf(parse_double("-INF").value()));
  for (const char* text : {"", "+", "1x", " 1", "1 ", "--1", "+-1", "0x10", "nan(1)", "1e999", "1,5"})
    EXPECT_EQ(parse_double(text), std::nullopt) << text;
}

TEST(ParseInt, RefusesFractionsAndOverflow) {
  EXPECT_EQ(parse_int("-42"), -42);
  EXPECT_EQ(parse_int("+7"), 7);
  for (const char* text : {"", "3x", "3.0", "9223372036854775808", "1e3"}) EXPECT_EQ(parse_int(text), std::nullopt);
}

TEST(Split, KeepsEmptyParts) {
  EXPECT_EQ(split("a,,b,", ','), (std::vector<std::string_view>{"a", "", "b", ""}));
  EXPECT_EQ(split("", ','), (std::vector<std::string_view>{""}));
}

TEST(Trim, DropsSpaceAtBothEnds) {
  EXPECT_EQ(trim(" \t a b\r\n"), "a b");
  EXPECT_EQ(trim("  "), "");
}

TEST(Join, PutsTheSeparatorBetween) {
  EXPECT_EQ(join(std::vector<std::string>{"a", "b", "c"}, ", "), "a, b, c");
  EXPECT_EQ(join({}, ", "), "");
}

TEST(Nearest, FindsSlipsOfTheFinger) {
  constexpr std::string_view kWords[] = {"stride", "padding", "dilation", "gif"};
  EXPECT_EQ(nearest("strdie", kWords), "stride");
  EXPECT_EQ(nearest("Paddin", kWords), "padding");
  EXPECT_EQ(nearest("gfi", kWords), "gif");
  EXPECT_EQ(nearest("kernel", kWords), std::nullopt);
  EXPECT_EQ(nearest("", kWords), std::nullopt);
}

TEST(GlobMatch, KnowsStarAndQuestionMark) {
  EXPECT_TRUE(glob_match("article/*", "article/conv-s1p0"));
  EXPECT_TRUE(glob_match("*s?p0", "article/conv-s1p0"));
  EXPECT_TRUE(glob_match("*a*b*", "xxaxxbxx"));
  EXPECT_TRUE(glob_match("*", ""));
  EXPECT_FALSE(glob_match("article/*", "guide/x"));
  EXPECT_FALSE(glob_match("?", ""));
  EXPECT_FALSE(glob_match("*a*b", "ab-"));
}

TEST(Utf8Length, CountsInvalidBytesAsOne) {
  EXPECT_EQ(utf8_length("aé漢😀"), 4u);
  EXPECT_EQ(utf8_length("\xFF\xC3"), 2u);
}

TEST(XmlEscaped, CoversTextAndAttributes) {
  EXPECT_EQ(xml_escaped("<a b=\"'&'\">"), "&lt;a b=&quot;&#39;&amp;&#39;&quot;&gt;");
}

TEST(Text, ForbiddenCharactersAreNamed) {
  EXPECT_EQ(forbidden_character("3×3 −1\t\r\n"), "");
  EXPECT_EQ(forbidden_character("a\x01"), "U+0001");
  EXPECT_EQ(forbidden_character(std::string_view("a\0b", 3)), "U+0000");
  EXPECT_EQ(forbidden_character("\x7F"), "U+007F");
  EXPECT_EQ(forbidden_character("\xC2\x9B"), "U+009B");
  EXPECT_EQ(forbidden_character("\xEF\xBF\xBE"), "U+FFFE");
  EXPECT_EQ(forbidden_character("\uFDCF\uFDF0\U0001FFFD"), "");
  EXPECT_EQ(forbidden_character("\uFDD0"), "U+FDD0");
  EXPECT_EQ(forbidden_character("\uFDEF"), "U+FDEF");
  EXPECT_EQ(forbidden_character("\U0001FFFE"), "U+1FFFE");
  EXPECT_EQ(forbidden_character("\U0010FFFF"), "U+10FFFF");
  EXPECT_EQ(forbidden_character("ok\xFF"), "the byte 0xFF");
  EXPECT_EQ(forbidden_character("\xED\xA0\x80"), "the byte 0xED");
}

TEST(Text, MendedAndPrintable) {
  EXPECT_EQ(mended("a\x01\xFF×"), "a\uFFFD\uFFFD×");
  EXPECT_EQ(printable("a\x1b[31m×\xFF\r\n\t"), "a\\x1b[31m×\\xff\\x0d\\x0a\\x09");
}

}  // namespace
}  // namespace convreel::base
