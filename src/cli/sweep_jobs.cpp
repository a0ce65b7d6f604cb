// Which jobs a sweep varies, and along which axes: words, sweep files, flags.
#include <fmt/format.h>

#include <filesystem>

#include "base/atomic_file.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "cli/load.hpp"
#include "cli/sources.hpp"
#include "cli/sweep_plan.hpp"

namespace convreel::cli {

namespace {

std::string read_text(const std::string& path, base::Limit limit, const base::Limits& limits) {
  const std::vector<std::uint8_t> bytes = base::read_file(path, limit, limits);
  return {bytes.begin(), bytes.end()};
}

bool is_file(const std::string& word) {
  return word.ends_with(".toml") && std::filesystem::is_regular_file(word) && !word.starts_with("preset:");
}

std::vector<job::SweepJob> jobs_of_file(const std::string& word, const base::Limits& limits,
                                        std::vector<std::string>& sources) {
  const std::filesystem::path path(word);
  sources.push_back(word);
  const auto table = [&](const std::string& csv) {
    sources.push_back(csv);
    return read_text(csv, base::Limit::table_file, limits);
  };
  auto jobs = job::from_sweep_toml(read_text(word, base::Limit::job_file, limits), word, path.parent_path().string(),
                                   table, limits);
  if (jobs.size() == 1 && !jobs.front().spec.name) jobs.front().spec.name = base::mended(path.stem().string());
  return jobs;
}

std::vector<job::SweepJob> jobs_of_word(const std::string& word, const base::Limits& limits,
                                        std::vector<std::string>& sources) {
  if (is_file(word)) return jobs_of_file(word, limits, sources);
  std::vector<job::SweepJob> jobs;
  for (const job::JobSpec& spec : specs_from(word, limits)) jobs.push_back({spec, {}});
  return jobs;
}

/// -L, -P and --cases; --zip joins the first two.
std::vector<job::Dimension> typed_dimensions(const CommandLine& line, std::vector<std::string>& sources) {
  std::vector<job::Dimension> axes;
  for (const auto& [option, text] : line.own)
    if (option == "parameter-list")
      axes.push_back(job::list_axis(text, line.limits));
    else if (option == "parameter-range")
      axes.push_back(job::range_axis(text, line.limits));
  if (has(line, "zip")) {
    if (axes.empty()) throw base::Error(base::ErrorKind::usage, "--zip: there are no axes", "add -L or -P");
    axes = {job::zipped(axes)};
  }
  for (const std::string& csv : values(line, "cases")) {
    sources.push_back(csv);
    axes.push_back(job::rows_from_csv(read_text(csv, base::Limit::table_file, line.limits), csv));
  }
  return axes;
}

}  // namespace

std::vector<job::SweepJob> sweep_jobs(const CommandLine& line, std::vector<std::string>& sources) {
  if (line.words.empty())
    throw base::Error(base::ErrorKind::usage, "convreel sweep needs a SPEC: a layer, a preset or a sweep file",
                      "convreel sweep conv2d -P stride=1..3 -o 'out/s{stride}.gif'");
  const std::vector<job::Dimension> typed = typed_dimensions(line, sources);
  std::vector<job::SweepJob> jobs;
  if (says_stack(line.words)) {
    for (const std::string& word : line.words)
      if (names_job_file(word)) sources.push_back(word);
    for (const job::JobSpec& spec : specs_of(line)) jobs.push_back({spec, typed});
    return jobs;
  }
  for (const std::string& word : line.words)
    for (job::SweepJob& job : jobs_of_word(word, line.limits, sources)) {
      job.spec = completed(job.spec, line);
      job.dimensions.insert(job.dimensions.end(), typed.begin(), typed.end());
      jobs.push_back(std::move(job));
    }
  return jobs;
}

}  // namespace convreel::cli
