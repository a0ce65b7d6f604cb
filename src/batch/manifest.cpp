#include "batch/manifest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "base/atomic_file.hpp"
#include "base/digest.hpp"
#include "base/inside.hpp"
#include "base/text.hpp"

namespace convreel::batch {

namespace {

using Json = nlohmann::ordered_json;
namespace fs = std::filesystem;

constexpr std::array<std::string_view, 4> kOutcomes{"pending", "done", "impossible", "failed"};

Json json_of(const FileRecord& file) {
  Json json{{"path", file.path}, {"format", file.format}, {"bytes", file.bytes}, {"digest", file.digest}};
  if (!file.given_up.empty()) json["given_up"] = file.given_up;
  return json;
}

Json json_of(const Parameters& parameters) {
  Json object = Json::object();
  for (const auto& [key, value] : parameters) object[key] = value;
  return object;
}

Json json_of(const std::vector<base::Problem>& problems) {
  Json list = Json::array();
  for (const base::Problem& problem : problems) list.push_back({{"message", problem.message}, {"hint", problem.hint}});
  return list;
}

Json json_of(const std::vector<FileRecord>& files) {
  Json list = Json::array();
  for (const FileRecord& file : files) list.push_back(json_of(file));
  return list;
}

Json json_of(const CaseRecord& record) {
  return {
      {"index", record.index},
      {"name", record.name},
      {"title", record.title},
      {"alt", record.alt},
      {"formula", record.formula},
      {"pytorch", record.pytorch},
      {"parameters", json_of(record.parameters)},
      {"shapes", {{"input", record.shapes.input}, {"kernel", record.shapes.kernel}, {"output", record.shapes.output}}},
      {"outcome", name(record.outcome)},
      {"problems", json_of(record.problems)},
      {"fingerprint", record.fingerprint},
      {"files", json_of(record.files)},
      {"poster", record.poster ? json_of(*record.poster) : Json(nullptr)},
      {"seconds", record.seconds}};
}

FileRecord file_of(const Json& json) {
  if (const fs::path path = json.at("path").get<std::string>(); path.is_absolute())
    throw std::invalid_argument(fmt::format("{} is not relative", path.string()));
  return {json.at("path").get<std::string>(), json.at("format").get<std::string>(),
          json.at("bytes").get<std::uint64_t>(), json.at("digest").get<std::string>(),
          json.value("given_up", std::string())};
}

Outcome outcome_of(const std::string& text) {
  const auto found = std::find(kOutcomes.begin(), kOutcomes.end(), text);
  if (found == kOutcomes.end()) throw std::invalid_argument(fmt::format("unknown outcome \"{}\"", text));
  return static_cast<Outcome>(found - kOutcomes.begin());
}

CaseRecord case_of(const Json& json) {
  CaseRecord record;
  record.index = json.at("index").get<std::int64_t>();
  record.name = json.at("name").get<std::string>();
  record.title = json.at("title").get<std::string>();
  record.alt = json.at("alt").get<std::string>();
  record.formula = json.at("formula").get<std::string>();
  record.pytorch = json.at("pytorch").get<std::string>();
  for (const auto& [key, value] : json.at("parameters").items()) record.parameters.emplace_back(key, value);
  const Json& shapes = json.at("shapes");
  record.shapes = {shapes.at("input"), shapes.at("kernel"), shapes.at("output")};
  record.outcome = outcome_of(json.at("outcome").get<std::string>());
  for (const Json& problem : json.at("problems"))
    record.problems.push_back({problem.at("message"), problem.at("hint")});
  record.fingerprint = json.at("fingerprint").get<std::string>();
  for (const Json& file : json.at("files")) record.files.push_back(file_of(file));
  if (!json.at("poster").is_null()) record.poster = file_of(json.at("poster"));
  record.seconds = json.at("seconds").get<double>();
  return record;
}

Manifest manifest_of(const Json& json) {
  if (json.at("schema").get<int>() != kManifestSchema)
    throw std::invalid_argument(
        fmt::format("schema {}, this version reads {}", json.at("schema").dump(), kManifestSchema));
  if (json.at("digest") != base::kDigestName) throw std::invalid_argument("unknown kind of digest");
  Manifest manifest;
  manifest.version = json.at("version").get<std::string>();
  manifest.sweep = json.at("sweep").get<std::string>();
  manifest.total = json.at("total").get<std::int64_t>();
  if (const Json& shard = json.at("shard"); !shard.is_null())
    manifest.shard = Shard{shard.at("number").get<std::int64_t>(), shard.at("count").get<std::int64_t>()};
  manifest.axes = json.at("axes").get<std::vector<std::string>>();
  for (const Json& one : json.at("cases")) manifest.cases.push_back(case_of(one));
  return manifest;
}

/// A path of a manifest is somebody else's text: it names a file or proves nothing.
bool matches(const FileRecord& file, const fs::path& folder) {
  std::error_code problem;
  const fs::path path = path_of(file, folder);
  if (!fs::is_regular_file(path, problem) || fs::file_size(path, problem) != file.bytes || problem) return false;
  return base::digest_of_file(path).digest == file.digest;
}

}  // namespace

std::string_view name(Outcome outcome) { return kOutcomes[static_cast<std::size_t>(outcome)]; }

std::string manifest_name(const std::optional<Shard>& shard) {
  return shard ? fmt::format("manifest-{}-of-{}.json", shard->number, shard->count) : "manifest.json";
}

std::vector<fs::path> manifests_in(const fs::path& folder) {
  std::vector<fs::path> paths;
  std::error_code problem;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, problem)) {
    const std::string file = entry.path().filename().string();
    if (file == "manifest.json" || base::glob_match("manifest-*-of-*.json", file)) paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

std::string to_json(const Manifest& manifest) {
  Json json{{"schema", kManifestSchema},
            {"tool", "convreel"},
            {"version", manifest.version},
            {"digest", base::kDigestName},
            {"sweep", manifest.sweep},
            {"total", manifest.total},
            {"shard", nullptr},
            {"axes", manifest.axes},
            {"cases", Json::array()}};
  if (manifest.shard) json["shard"] = {{"number", manifest.shard->number}, {"count", manifest.shard->count}};
  for (const CaseRecord& record : manifest.cases) json["cases"].push_back(json_of(record));
  return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

Manifest manifest_from_json(std::string_view text, std::string_view label) {
  try {
    return manifest_of(Json::parse(text));
  } catch (const std::exception& problem) {
    throw base::Error(base::ErrorKind::impossible, fmt::format("{} is no sweep's manifest: {}", label, problem.what()));
  }
}

/// Without its "..": other folders of the same sweep are reached without leaving the one that all lie in.
fs::path path_of(const FileRecord& file, const fs::path& folder) { return (folder / file.path).lexically_normal(); }

void write_manifest(const Manifest& manifest, const fs::path& folder, const base::Limits& limits) {
  base::AtomicFile file(folder / manifest_name(manifest.shard), limits);
  file.write(to_json(manifest));
  file.commit();
}

Manifest read_manifest(const fs::path& path, const base::Limits& limits) {
  const std::vector<std::uint8_t> bytes = base::read_file(path, base::Limit::manifest, limits);
  Manifest manifest = manifest_from_json({reinterpret_cast<const char*>(bytes.data()), bytes.size()}, path.string());
  const auto hold = [&](const FileRecord& file) { base::hold_inside(path_of(file, path.parent_path()), limits); };
  for (const CaseRecord& record : manifest.cases) {
    std::ranges::for_each(record.files, hold);
    if (record.poster) hold(*record.poster);
  }
  return manifest;
}

bool proven(const CaseRecord& record, const fs::path& folder) {
  if (record.outcome != Outcome::done || record.files.empty()) return false;
  if (record.poster && !matches(*record.poster, folder)) return false;
  return std::all_of(record.files.begin(), record.files.end(), [&](const FileRecord& f) { return matches(f, folder); });
}

}  // namespace convreel::batch
