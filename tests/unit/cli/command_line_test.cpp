#include "cli/command_line.hpp"

#include <gtest/gtest.h>

#include "base/error.hpp"
#include "cli/command.hpp"

namespace convreel::cli {
namespace {

CommandLine read(std::vector<std::string> words) { return read_command_line(words); }

std::vector<base::Problem> problems(std::vector<std::string> words) {
  try {
    static_cast<void>(read_command_line(words));
  } catch (const base::Error& error) {
    EXPECT_EQ(error.kind(), base::ErrorKind::usage);
    return error.problems();
  }
  return {};
}

TEST(CommandLine, NothingIsNoCommand) {
  EXPECT_EQ(read({}).command, nullptr);
  EXPECT_TRUE(read({"--version"}).version);
  EXPECT_EQ(read({"-h"}).command, nullptr);
}

TEST(CommandLine, ValuesThatBeginWithADash) {
  const CommandLine line = read({"conv2d", "--bias", "-1", "--kernel-values", "-1 0 1", "-o", "-"});
  EXPECT_EQ(line.flags.bias, "-1");
  EXPECT_EQ(line.flags.kernel_values, "-1 0 1");
  EXPECT_EQ(line.flags.outputs, std::vector<std::string>{"-"});
}

TEST(CommandLine, BracketsAndEmptyValuesStayAsTheyAre) {
  EXPECT_EQ(read({"conv2d", "--title", "[a,b]", "-o", "a.gif"}).flags.show.title, "[a,b]");
  EXPECT_EQ(read({"conv2d", "--title=", "-o", "a.gif"}).flags.show.title, "");
}

TEST(CommandLine, SwitchesHaveTwoNames) {
  EXPECT_EQ(read({"conv2d", "--numbers"}).flags.show.numbers, true);
  EXPECT_EQ(read({"conv2d", "--no-numbers"}).flags.show.numbers, false);
  EXPECT_FALSE(read({"conv2d"}).flags.show.numbers.chosen());
}

TEST(CommandLine, SwitchesTakeNoValue) {
  for (const std::string word : {"--force=false", "--quiet=banana", "--no-numbers=false", "--help=1", "--safe=0"}) {
    const auto told = problems({"sweep", "conv2d", word});
    ASSERT_EQ(told.size(), 1u) << word;
    EXPECT_TRUE(told.front().message.starts_with(word.substr(0, word.find('=')) + " takes no value"))
        << told.front().message;
  }
  EXPECT_EQ(read({"conv2d", "--numbers=false"}).flags.show.numbers, false);
  EXPECT_EQ(read({"conv2d", "--title", "--force=1"}).flags.show.title, "--force=1");
}

TEST(CommandLine, LimitsAreWholeAndSaidOnce) {
  EXPECT_EQ(read({"conv2d", "--safe", "--limit", "seconds=0"}).limits[base::Limit::seconds], 0);
  EXPECT_EQ(read({"conv2d", "--limit", "axis=1.5k"}).limits[base::Limit::axis], 1500);
  EXPECT_EQ(problems({"conv2d", "--limit", "axis=1.5"}).size(), 1u);
  EXPECT_EQ(problems({"conv2d", "--limit", "axis=0"}).size(), 1u);
  EXPECT_EQ(problems({"conv2d", "--limit", "axis=1k", "--limit", "axis=2k"}).front().message,
            "--limit axis was given twice");
}

TEST(CommandLine, OwnOptionsHoldNoForbiddenCharacters) {
  for (const std::string name : {"a\x1b.mk", "a\xff.mk"})
    EXPECT_EQ(problems({"sweep", "conv2d", "--deps", name}).size(), 1u);
}

TEST(CommandLine, OutputsRepeatInOrder) {
  EXPECT_EQ(read({"conv2d", "-o", "b.gif", "-s", "2", "-o", "a.mp4"}).flags.outputs,
            (std::vector<std::string>{"b.gif", "a.mp4"}));
}

TEST(CommandLine, GeneralOptionsStandAnywhere) {
  const CommandLine line = read({"-q", "--jobs", "3", "render", "a.toml", "--color=never"});
  EXPECT_TRUE(line.quiet);
  EXPECT_EQ(line.jobs, 3);
  EXPECT_EQ(line.color, "never");
  EXPECT_EQ(line.command->name, "render");
  EXPECT_EQ(line.words, std::vector<std::string>{"a.toml"});
}

TEST(CommandLine, AShortNameIsTheCommand) {
  const CommandLine line = read({"transpose"});
  EXPECT_EQ(line.command->name, "conv-transpose2d");
  EXPECT_EQ(line.command_name, "transpose");
}

TEST(CommandLine, MistakesAreToldTogether) {
  const auto told = problems({"conv2d", "--strid", "2", "-k", "3x", "-s", "1", "-s", "2"});
  EXPECT_GE(told.size(), 3u);
  EXPECT_EQ(told.front().hint, "did you mean --stride?");
}

TEST(CommandLine, HelpWinsOverMistakes) { EXPECT_TRUE(read({"conv2d", "--stride", "3x", "--help"}).help); }

TEST(CommandLine, EveryCommandTakesJobsAndProgress) {
  for (const Command& command : commands()) {
    const CommandLine line = read({std::string(command.name), "-j", "2", "--progress", "none"});
    EXPECT_EQ(line.jobs, 2) << command.name;
  }
}

TEST(Commands, NamesAreUniqueAndFound) {
  for (const Command& command : commands()) {
    EXPECT_EQ(command_named(command.name), &command);
    for (const std::string_view alias : command.aliases) EXPECT_EQ(command_named(alias), &command);
    EXPECT_FALSE(command.examples.empty()) << command.name;
    EXPECT_NE(command.run, nullptr) << command.name;
  }
  EXPECT_EQ(command_named("conv4d"), nullptr);
}

}  // namespace
}  // namespace convreel::cli
