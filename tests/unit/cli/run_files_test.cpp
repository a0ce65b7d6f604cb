#include "cli/run_files.hpp"

#include <gtest/gtest.h>

#include "base/error.hpp"
#include "support/support.hpp"

namespace convreel::cli {
namespace {

using Pair = std::pair<std::size_t, std::size_t>;

TEST(RunFiles, ManySpellingsAreOneFile) {
  const test::TemporaryFolder folder;
  const auto at = [&](const char* name) { return (folder.path() / name).string(); };
  std::filesystem::create_directory(at("q"));
  std::filesystem::create_directory_symlink("q", at("r"));
  std::filesystem::create_symlink("q/later.png", at("link.png"));
  EXPECT_EQ(one_file({at("q/a.png"), at("b.png"), at("r/a.png")}), Pair(0, 2));
  EXPECT_EQ(one_file({at("q/../a.png"), at("new/../a.png")}), Pair(0, 1));
  EXPECT_EQ(one_file({at("link.png"), at("r/later.png")}), Pair(0, 1));
  EXPECT_EQ(one_file({at("q/a.png"), at("a.png")}), std::nullopt);
  EXPECT_EQ(one_file({"-", "-"}), Pair(0, 1));
}

TEST(RunFiles, NumbersMeetTheirFiles) {
  for (const auto& paths : std::vector<std::vector<std::string>>{{"k/a{n}.png", "k/a1.png"},
                                                                 {"k/a12.png", "k/a{n}.png"},
                                                                 {"k/a{n:03}.png", "k/a012.png"},
                                                                 {"k/a{n:03}.png", "k/a{n}.png"},
                                                                 {"k/a{n}.png", "k/a1{n}.png"},
                                                                 {"k/{n}2.png", "k/{n}.png"},
                                                                 {"k1/a.png", "k{n}/a.png"}})
    EXPECT_EQ(one_file(paths), Pair(0, 1)) << paths[0] << " " << paths[1];
  for (const auto& paths : std::vector<std::vector<std::string>>{{"k/a{n}.png", "k/a.png"},
                                                                 {"k/a{n}.png", "k/a0.png"},
                                                                 {"k/a{n:03}.png", "k/a12.png"},
                                                                 {"k/a{n}.png", "k/a20240131.png"},
                                                                 {"k/a{n}.png", "k/b{n}.png"},
                                                                 {"k/a{n}.png", "k/a1.jpg"}})
    EXPECT_EQ(one_file(paths), std::nullopt) << paths[0] << " " << paths[1];
}

TEST(RunFiles, WhatIsReadIsNotWrittenOver) {
  const test::TemporaryFolder folder;
  const auto at = [&](const char* name) { return (folder.path() / name).string(); };
  std::filesystem::create_directory_symlink(".", at("r"));
  for (const char* written : {"in.json", "r/in.json", "frames/{n}.png"})
    EXPECT_THROW(refuse_overwriting({at(written)}, {at("in.json"), at("frames/3.png")}), base::Error) << written;
  EXPECT_NO_THROW(refuse_overwriting({at("out.json"), "-"}, {at("in.json")}));
  EXPECT_NO_THROW(refuse_overwriting({"/dev/null"}, {"/dev/null"}));
}

}  // namespace
}  // namespace convreel::cli
