#include "cli/shard.hpp"

#include <gtest/gtest.h>

#include <map>

#include "base/error.hpp"

namespace convreel::cli {
namespace {

Environment with(std::map<std::string, std::string> variables) {
  return [variables = std::move(variables)](const char* name) -> std::optional<std::string> {
    const auto found = variables.find(name);
    return found == variables.end() ? std::nullopt : std::optional(found->second);
  };
}

TEST(Shard, SaysWhichPart) { EXPECT_EQ(parse_shard("2/4", with({})), (batch::Shard{2, 4})); }

TEST(Shard, ASlurmArrayCountsFromItsFirstTaskInItsSteps) {
  const auto array = with({{"SLURM_ARRAY_TASK_ID", "14"},
                           {"SLURM_ARRAY_TASK_MIN", "10"},
                           {"SLURM_ARRAY_TASK_STEP", "2"},
                           {"SLURM_ARRAY_TASK_COUNT", "3"}});
  EXPECT_EQ(parse_shard("auto", array), (batch::Shard{3, 3}));
}

TEST(Shard, AGivenCountTakesTheTaskAsItIs) {
  EXPECT_EQ(parse_shard("auto/4", with({{"SLURM_ARRAY_TASK_ID", "4"}})), (batch::Shard{4, 4}));
  EXPECT_EQ(parse_shard("auto/4", with({{"JOB_COMPLETION_INDEX", "0"}})), (batch::Shard{1, 4}));
}

TEST(Shard, RefusesWhatNamesNoPart) {
  const auto array =
      with({{"SLURM_ARRAY_TASK_ID", "5"}, {"SLURM_ARRAY_TASK_COUNT", "2"}, {"JOB_COMPLETION_INDEX", "x"}});
  for (const char* text : {"", "0/2", "3/2", "1/0", "-1/2", "2", "a/2", "auto", "auto/4", "auto/0"})
    EXPECT_THROW(static_cast<void>(parse_shard(text, array)), base::Error) << text;
}

}  // namespace
}  // namespace convreel::cli
