#include "batch/stale_posters.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <system_error>

#include "base/inside.hpp"

namespace convreel::batch {

namespace {

namespace fs = std::filesystem;

/// A manifest is anybody's text: it gets only files removed that could be ours.
bool could_be_ours(std::string_view path) {
  constexpr std::string_view kFolder = "posters/", kEnding = ".png";
  if (!path.starts_with(kFolder) || !path.ends_with(kEnding)) return false;
  const std::string_view stem = path.substr(kFolder.size(), path.size() - kFolder.size() - kEnding.size());
  return stem.size() == 16 && stem.find_first_not_of("0123456789abcdef") == stem.npos;
}

/// The stills that a manifest names; an unreadable one names none.
std::set<std::string> posters_of(const fs::path& manifest, const base::Limits& limits) {
  std::set<std::string> posters;
  try {
    for (const CaseRecord& record : read_manifest(manifest, limits).cases)
      if (record.poster && could_be_ours(record.poster->path)) posters.insert(record.poster->path);
  } catch (const base::Error&) {
    posters.clear();
  }
  return posters;
}

}  // namespace

std::string poster_path(const CaseRecord& record) {
  return fmt::format("posters/{}.png", record.fingerprint.substr(0, 16));
}

void remove_stale_posters(const Manifest& planned, const fs::path& folder, const base::Limits& limits) {
  base::hold_inside(folder / "posters", limits);
  const fs::path own = folder / manifest_name(planned.shard);
  std::set<std::string> stale = posters_of(own, limits);
  for (const CaseRecord& record : planned.cases) stale.erase(poster_path(record));
  if (stale.empty()) return;
  for (const fs::path& other : manifests_in(folder))
    if (other != own)
      for (const std::string& poster : posters_of(other, limits)) stale.erase(poster);
  for (const std::string& poster : stale) {
    std::error_code stays;
    fs::remove(folder / poster, stays);
  }
}

}  // namespace convreel::batch
