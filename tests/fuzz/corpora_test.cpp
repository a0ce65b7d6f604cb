// Every file of every corpus, through its target: what was found once stays mended.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include "fuzz.hpp"
#include "support/support.hpp"

namespace convreel::fuzz {
namespace {

namespace fs = std::filesystem;

const fs::path kCorpora = fs::path(CONVREEL_TEST_DIR) / "fuzz" / "corpus";

std::vector<std::uint8_t> bytes_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

TEST(Corpora, EachTargetHasOneAndEachOneATarget) {
  std::set<std::string> wanted, there;
  for (const Target& target : targets()) wanted.emplace(target.name);
  for (const auto& folder : fs::directory_iterator(kCorpora)) there.insert(folder.path().filename().string());
  EXPECT_EQ(wanted, there);
  EXPECT_GE(wanted.size(), 16U);
}

class Corpus : public ::testing::TestWithParam<Target> {};

TEST_P(Corpus, HoldsNothingThatBreaksItsTarget) {
  int files = 0;
  for (const auto& file : fs::directory_iterator(kCorpora / GetParam().name)) {
    ++files;
    EXPECT_NO_THROW(GetParam().run(bytes_of(file.path()))) << file.path();
  }
  EXPECT_GT(files, 0);
}

INSTANTIATE_TEST_SUITE_P(All, Corpus, ::testing::ValuesIn(targets()),
                         [](const auto& one) { return std::string(one.param.name); });

TEST(Target, LetsNothingPassButError) {
  EXPECT_NO_THROW((Target{"", [](Bytes) { throw base::Error(base::ErrorKind::usage, "bad"); }}).run({}));
  EXPECT_THROW((Target{"", [](Bytes) { hold(false, "a promise"); }}).run({}), std::logic_error);
}

}  // namespace
}  // namespace convreel::fuzz
