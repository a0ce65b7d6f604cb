#include "words/words.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

#include "words/sentences.hpp"

namespace convreel::words {
namespace {

constexpr Sentence kOrder{"order", "{b} before {a}, and {b} again"};

TEST(Words, BlanksAreFilledByName) {
  EXPECT_EQ(say(kOrder, {{"a", 1}, {"b", "two"}}), "two before 1, and two again");
  EXPECT_EQ(say(kNeverRead, 1), "1 cell never read");
  EXPECT_EQ(say(kNeverRead, 16), "16 cells never read");
}

TEST(Words, WhatIsMissingOrTooMuchIsAFault) {
  EXPECT_THROW(static_cast<void>(say(kOrder, {{"a", 1}})), std::logic_error);
  EXPECT_THROW(static_cast<void>(say(kPad, {{"a", 1}})), std::logic_error);
}

TEST(Words, ListsHaveTheirJoints) {
  EXPECT_EQ(listed({}), "");
  EXPECT_EQ(listed({"a", "", "b"}), "a, b");
  EXPECT_EQ(either({"a"}), "a");
  EXPECT_EQ(either({"a", "b", "c"}), "a, b or c");
  EXPECT_EQ(either({"a", "a"}), "a");
  EXPECT_EQ(both({"a", "b", "c"}), "a, b and c");
}

TEST(Words, PiecesAreTextAndBlanks) {
  const auto cut = pieces(kOrder);
  ASSERT_EQ(cut.size(), 6U);
  EXPECT_TRUE(cut[0].blank);
  EXPECT_EQ(cut[0].text, "b");
  EXPECT_FALSE(cut[1].blank);
  EXPECT_EQ(cut[1].text, " before ");
  EXPECT_EQ(cut[5].text, " again");
}

}  // namespace
}  // namespace convreel::words
