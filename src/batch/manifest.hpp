// What a sweep made, case by case, as a file that proves it: parameters, shapes, files with their digests, outcome. The
// schema is docs/reference/manifest.md; paths are relative to the manifest's folder.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/limits.hpp"
#include "batch/parameters.hpp"

namespace convreel::batch {

/// pending: not yet begun; impossible: the layer cannot exist; failed: it could, but the disk or an encoder refused.
enum class Outcome { pending, done, impossible, failed };
[[nodiscard]] std::string_view name(Outcome outcome);

struct FileRecord {
  std::string path, format;
  std::uint64_t bytes = 0;
  std::string digest;
  std::string given_up = {};  ///< to stay within --max-bytes; mostly empty
  bool operator==(const FileRecord&) const = default;
};

/// Sizes of the tensors as the trace gives them: [channels, (rows,) columns].
struct Shapes {
  std::vector<std::int64_t> input, kernel, output;
  bool operator==(const Shapes&) const = default;
};

struct CaseRecord {
  std::int64_t index = 1;  ///< over the whole sweep, from 1
  std::string name, title, alt, formula, pytorch;
  Parameters parameters;
  std::string fingerprint;  ///< digest of all that decides the files' bytes; empty for an impossible case
  Outcome outcome = Outcome::pending;
  std::vector<base::Problem> problems;
  Shapes shapes;
  std::vector<FileRecord> files;
  std::optional<FileRecord> poster;  ///< a small still for the gallery
  double seconds = 0;                ///< spent on making it; the only number that differs between runs
  bool operator==(const CaseRecord&) const = default;
};

/// Part K of N of a sweep: the cases whose (index - 1) mod N is K - 1.
struct Shard {
  std::int64_t number = 1, count = 1;
  [[nodiscard]] bool holds(std::int64_t index) const { return (index - 1) % count == number - 1; }
  bool operator==(const Shard&) const = default;
};

struct Manifest {
  std::string version;     ///< the tool's
  std::string sweep;       ///< digest of the whole sweep's cases, the same in every shard
  std::int64_t total = 0;  ///< cases of the whole sweep
  std::optional<Shard> shard;
  std::vector<std::string> axes;  ///< the options that are varied
  std::vector<CaseRecord> cases;
  bool operator==(const Manifest&) const = default;
};

inline constexpr int kManifestSchema = 1;

/// "manifest.json", "manifest-2-of-8.json".
[[nodiscard]] std::string manifest_name(const std::optional<Shard>& shard);
/// The manifests in `folder`: the whole sweep's and those of shards, sorted by name.
[[nodiscard]] std::vector<std::filesystem::path> manifests_in(const std::filesystem::path& folder);

[[nodiscard]] std::string to_json(const Manifest& manifest);
/// Throws Error{impossible} naming `label` for anything that to_json() could not have written.
[[nodiscard]] Manifest manifest_from_json(std::string_view text, std::string_view label);

/// Where a file of a manifest in `folder` lies.
[[nodiscard]] std::filesystem::path path_of(const FileRecord& file, const std::filesystem::path& folder);

/// The file appears whole or not at all. Throws Error{run_time}.
void write_manifest(const Manifest& manifest, const std::filesystem::path& folder, const base::Limits& limits);
/// Throws what hold_inside() throws for it or for a file that it names: whoever has read it may read those.
[[nodiscard]] Manifest read_manifest(const std::filesystem::path& path, const base::Limits& limits);

/// Whether every file of a case (its poster too) lies in `folder` with the recorded size and digest.
[[nodiscard]] bool proven(const CaseRecord& record, const std::filesystem::path& folder);

}  // namespace convreel::batch
