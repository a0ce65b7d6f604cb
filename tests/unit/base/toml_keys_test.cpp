#include "base/toml_keys.hpp"

#include <gtest/gtest.h>

namespace convreel::base {
namespace {

std::string chain(std::size_t segments) {
  std::string key = "a";
  for (std::size_t i = 1; i < segments; ++i) key += ".a";
  return key;
}

TEST(TomlKeys, DeepKeysAreFoundOnTheirLine) {
  EXPECT_EQ(line_of_deep_key("x = 1\n\n" + chain(17) + " = 2\n"), 3u);
  EXPECT_EQ(line_of_deep_key("x = {" + chain(17) + " = 2}"), 1u);
  EXPECT_EQ(line_of_deep_key("\n[" + chain(20) + "]\n"), 2u);
  EXPECT_EQ(line_of_deep_key("s = \"\"\"\na\n\"\"\"\n" + chain(17)), 4u);
}

TEST(TomlKeys, WhatIsNoDeepKeyIsNotOne) {
  EXPECT_EQ(line_of_deep_key(chain(16) + " = 1"), 0u);
  EXPECT_EQ(line_of_deep_key("x = \"" + chain(50) + "\" # " + chain(50)), 0u);
  EXPECT_EQ(line_of_deep_key("x = '" + chain(50) + "'\ny = '''\n" + chain(50) + "\n'''"), 0u);
  EXPECT_EQ(line_of_deep_key("x = \"\\\"" + chain(50) + "\""), 0u);
  EXPECT_EQ(
      line_of_deep_key("x = [1.5, 2.5, 3.5, 1.5, 2.5, 3.5, 1.5, 2.5, 3.5, 1.5, 2.5, 3.5, 1.5, 2.5, 3.5, 1.5, 2.5]"),
      0u);
  EXPECT_EQ(line_of_deep_key("\"broken " + chain(50)), 0u);
  EXPECT_EQ(line_of_deep_key("x = \"\\"), 0u);
}

}  // namespace
}  // namespace convreel::base
