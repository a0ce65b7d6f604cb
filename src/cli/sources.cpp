#include "cli/sources.hpp"

#include <fmt/format.h>

#include "base/assets.hpp"
#include "base/digest.hpp"
#include "base/error.hpp"
#include "cli/command.hpp"
#include "cli/side_by_side.hpp"
#include "job/fields.hpp"
#include "job/layer_name.hpp"
#include "job/sources.hpp"
#include "output/options.hpp"

namespace convreel::cli {

namespace {

/// The files of compared layers, the operands that are files among them. A layer that cannot be read names none.
void add_compared(const job::JobSpec& spec, std::vector<std::string>& files) {
  for (const std::string& operand : spec.compare)
    if (names_job_file(operand)) files.push_back(operand);
  try {
    for (const job::JobSpec& one : compared_specs(spec))
      for (std::string& file : files_read(one)) files.push_back(std::move(file));
  } catch (const base::Error&) {
    return;
  }
}

}  // namespace

bool names_job_file(std::string_view operand) {
  return operand.ends_with(".toml") && !operand.starts_with("preset:") && !job::looks_like_layer(operand);
}

std::vector<std::string> files_read(const job::JobSpec& spec) {
  std::vector<std::string> files;
  for (const job::Field& field : job::fields()) {
    const auto text = field.print(spec);
    if (text && job::names_file(field, *text)) files.push_back(*text);
  }
  if (!spec.compare.empty()) add_compared(spec, files);
  return files;
}

std::set<std::filesystem::path> files_read(const CommandLine& line, const std::vector<job::JobSpec>& specs) {
  std::set<std::filesystem::path> files;
  for (const std::string& word : line.words)
    if (names_job_file(word)) files.insert(word);
  for (const job::JobSpec& spec : specs)
    for (std::string& file : files_read(spec)) files.insert(std::move(file));
  return files;
}

std::string options_text(const job::JobSpec& spec) {
  std::string text;
  for (const job::Field& field : job::fields()) {
    if (field.name == "output") continue;
    if (const auto value = field.print(spec)) text += fmt::format("{}={}\n", field.name, *value);
  }
  return text;
}

std::string fingerprint_of(const job::JobSpec& spec, const job::Job& job) {
  std::string text = fmt::format("convreel {}\n{}", version(), options_text(spec));
  for (const job::Output& output : job.outputs) {
    text += fmt::format("{} {}", output.path, output.format);
    for (const auto& [key, value] : output::given_options(output)) text += fmt::format(" {}={}", key, value);
    text += '\n';
  }
  for (const std::string& file : files_read(spec)) text += base::digest_of_file(file).digest + "\n";
  text += base::asset(fmt::format("themes/{}.toml", *job.show.theme)).value_or("");
  return base::digest_of(text);
}

}  // namespace convreel::cli
