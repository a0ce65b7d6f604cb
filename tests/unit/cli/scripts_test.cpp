#include "cli/scripts.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace convreel::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(Scripts, CharactersNameThePackageThatHasThem) {
  EXPECT_THAT(packages_for({"畳", "み", "합", "，"}), ElementsAre("fonts-noto-cjk"));
  EXPECT_THAT(packages_for({"𠀋"}), ElementsAre("fonts-noto-cjk"));
  EXPECT_THAT(packages_for({"ع", "ש", "क"}), ElementsAre("fonts-noto-core"));
  EXPECT_THAT(packages_for({"λ", "卷"}), ElementsAre("fonts-dejavu-core", "fonts-noto-cjk"));
  EXPECT_THAT(packages_for({"\U000F1234", "", "\xE7"}), IsEmpty());
}

TEST(Scripts, EverySampleIsOfItsPackage) {
  for (const Script& script : scripts())
    EXPECT_THAT(packages_for({std::string(script.sample)}), ElementsAre(script.package)) << script.name;
}

}  // namespace
}  // namespace convreel::cli
