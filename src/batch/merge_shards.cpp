#include "batch/merge_shards.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/error.hpp"

namespace convreel::batch {

namespace {

namespace fs = std::filesystem;
using base::Error;
using base::ErrorKind;
using base::Problem;

std::vector<Manifest> shards_in(const fs::path& folder, const base::Limits& limits) {
  std::vector<Manifest> shards;
  for (const fs::path& path : manifests_in(folder))
    if (Manifest manifest = read_manifest(path, limits); manifest.shard) shards.push_back(std::move(manifest));
  if (shards.empty())
    throw Error(ErrorKind::run_time, fmt::format("no shard's manifest (manifest-K-of-N.json) in {}", folder.string()),
                "convreel sweep ... --shard K/N writes them");
  return shards;
}

void check_kinship(const std::vector<Manifest>& shards, const fs::path& folder) {
  const Manifest& first = shards.front();
  for (const Manifest& shard : shards)
    if (shard.sweep != first.sweep || shard.shard->count != first.shard->count || shard.version != first.version)
      throw Error(ErrorKind::run_time,
                  fmt::format("{} and {} in {} are not parts of one sweep", manifest_name(first.shard),
                              manifest_name(shard.shard), folder.string()),
                  "remove the older ones");
}

void note_missing(const std::vector<Manifest>& shards, std::vector<Problem>& problems) {
  std::set<std::int64_t> there;
  for (const Manifest& shard : shards) there.insert(shard.shard->number);
  const std::int64_t count = shards.front().shard->count;
  std::string missing;
  for (std::int64_t k = 1; k <= count && missing.size() < 200; ++k)
    if (!there.contains(k)) missing += fmt::format("{}{}/{}", missing.empty() ? "" : ", ", k, count);
  if (!missing.empty()) problems.push_back({"missing shards: " + missing, "run them"});
}

void note_unproven(const Manifest& shard, const fs::path& folder, std::vector<Problem>& problems) {
  std::int64_t pending = 0, changed = 0;
  for (const CaseRecord& record : shard.cases) {
    pending += record.outcome == Outcome::pending;
    changed += record.outcome == Outcome::done && !proven(record, folder);
  }
  const std::string part = fmt::format("shard {}/{}", shard.shard->number, shard.shard->count);
  if (pending > 0)
    problems.push_back({fmt::format("{}: {} cases are not made yet", part, pending), "run it again with --resume"});
  if (changed > 0)
    problems.push_back(
        {fmt::format("{}: the files of {} cases are missing or changed", part, changed), "run it again with --resume"});
}

}  // namespace

Manifest merge_shards(const fs::path& folder, const base::Limits& limits) {
  const std::vector<Manifest> shards = shards_in(folder, limits);
  check_kinship(shards, folder);
  std::vector<Problem> problems;
  note_missing(shards, problems);
  for (const Manifest& shard : shards) note_unproven(shard, folder, problems);
  if (!problems.empty()) throw Error(ErrorKind::run_time, std::move(problems));
  Manifest whole = shards.front();
  whole.shard.reset();
  whole.cases.clear();
  for (const Manifest& shard : shards) whole.cases.insert(whole.cases.end(), shard.cases.begin(), shard.cases.end());
  std::sort(whole.cases.begin(), whole.cases.end(), [](const auto& a, const auto& b) { return a.index < b.index; });
  return whole;
}

}  // namespace convreel::batch
