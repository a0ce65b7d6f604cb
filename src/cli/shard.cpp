#include "cli/shard.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "base/error.hpp"
#include "base/text.hpp"

namespace convreel::cli {

namespace {

using base::Error;
using base::ErrorKind;

constexpr std::int64_t kMostShards = 1000000;

[[noreturn]] void refuse(std::string_view text) {
  throw Error(ErrorKind::usage, fmt::format("--shard takes K/N with K from 1 to N, auto or auto/N, not \"{}\"", text),
              "--shard 2/4; in a Slurm array --shard auto");
}

std::optional<std::int64_t> number(const Environment& environment, const char* name) {
  const auto text = environment(name);
  if (!text) return std::nullopt;
  const auto value = base::parse_int(*text);
  if (!value || *value < 0) throw Error(ErrorKind::usage, fmt::format("{} is \"{}\", not a number", name, *text));
  return value;
}

batch::Shard checked(std::int64_t k, std::int64_t n, std::string_view text) {
  if (n < 1 || n > kMostShards || k < 1 || k > n) refuse(text);
  return {k, n};
}

batch::Shard from_slurm_array(const Environment& environment) {
  const auto id = number(environment, "SLURM_ARRAY_TASK_ID"), count = number(environment, "SLURM_ARRAY_TASK_COUNT");
  if (!id || !count)
    throw Error(ErrorKind::usage, "--shard auto: SLURM_ARRAY_TASK_ID and SLURM_ARRAY_TASK_COUNT are not set",
                "run it in an sbatch --array job; a Kubernetes indexed job needs --shard auto/N");
  const std::int64_t first = number(environment, "SLURM_ARRAY_TASK_MIN").value_or(0);
  const std::int64_t step = std::max<std::int64_t>(number(environment, "SLURM_ARRAY_TASK_STEP").value_or(1), 1);
  const std::int64_t k = (*id - first) / step + 1;
  if (k < 1 || k > *count || (*id - first) % step != 0)
    throw Error(
        ErrorKind::usage,
        fmt::format("--shard auto: task {} of an array of {} tasks from {} in steps of {}", *id, *count, first, step),
        "an array with gaps needs --shard auto/N, or --shard K/N");
  return {k, *count};
}

batch::Shard from_index(std::int64_t count, std::string_view text, const Environment& environment) {
  if (const auto id = number(environment, "SLURM_ARRAY_TASK_ID")) return checked(*id, count, text);
  if (const auto index = number(environment, "JOB_COMPLETION_INDEX")) return checked(*index + 1, count, text);
  throw Error(ErrorKind::usage,
              fmt::format("--shard {}: neither SLURM_ARRAY_TASK_ID nor JOB_COMPLETION_INDEX is set", text),
              "outside of a cluster say which part: --shard 2/4");
}

}  // namespace

Environment process_environment() {
  return [](const char* name) -> std::optional<std::string> {
    const char* value = std::getenv(name);
    return value ? std::optional<std::string>(value) : std::nullopt;
  };
}

batch::Shard parse_shard(std::string_view text, const Environment& environment) {
  if (text == "auto") return from_slurm_array(environment);
  const auto slash = text.find('/');
  if (slash == text.npos) refuse(text);
  const auto count = base::parse_int(text.substr(slash + 1));
  if (!count) refuse(text);
  if (text.substr(0, slash) == "auto") return from_index(*count, text, environment);
  const auto part = base::parse_int(text.substr(0, slash));
  if (!part) refuse(text);
  return checked(*part, *count, text);
}

}  // namespace convreel::cli
