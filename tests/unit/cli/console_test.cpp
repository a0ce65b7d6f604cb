#include "cli/console.hpp"

#include <gtest/gtest.h>

#include <cstdlib>

#include "cli/help.hpp"
#include "cli/progress_bar.hpp"

namespace convreel::cli {
namespace {

TEST(Colour, TheFlagWinsThenTheEnvironmentThenTheTerminal) {
  unsetenv("NO_COLOR");
  unsetenv("CLICOLOR_FORCE");
  EXPECT_TRUE(use_colour("auto", true));
  EXPECT_FALSE(use_colour("auto", false));
  EXPECT_TRUE(use_colour("always", false));
  EXPECT_FALSE(use_colour("never", true));
  setenv("NO_COLOR", "1", 1);
  EXPECT_FALSE(use_colour("auto", true));
  EXPECT_TRUE(use_colour("always", true));
  unsetenv("NO_COLOR");
  setenv("CLICOLOR_FORCE", "1", 1);
  EXPECT_TRUE(use_colour("auto", false));
  setenv("CLICOLOR_FORCE", "0", 1);
  EXPECT_FALSE(use_colour("auto", false));
  unsetenv("CLICOLOR_FORCE");
}

TEST(BarLine, NeverLongerThanTheTerminal) {
  for (int columns = 0; columns < 200; columns += 7)
    for (const std::int64_t done : {0, 1, 50, 100, 150})
      EXPECT_LE(static_cast<int>(bar_line("painting", done, 100, 75, columns).size()), columns);
  EXPECT_EQ(bar_line("sweep", 50, 100, 61.2, 60), "sweep [=============            ]  50 %  49.0/min, 1:02 left");
  EXPECT_EQ(bar_line("sweep", 50, 100, 4, 60), "sweep [==============              ]  50 %  12.5/s, 4 s left");
  EXPECT_EQ(bar_line("sweep", 0, 100, 4, 50), "sweep [                                  ]   0 %  ");
}

TEST(Wrapped, KeepsEveryWordAndTheWidth) {
  const std::string text = wrapped("one two three four five six seven", 4, 14);
  EXPECT_EQ(text, "one two\n    three four\n    five six\n    seven");
}

}  // namespace
}  // namespace convreel::cli
