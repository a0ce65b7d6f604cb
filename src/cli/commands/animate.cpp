#include "cli/commands/animate.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.hpp"
#include "batch/run_job.hpp"
#include "cli/idle_notes.hpp"
#include "cli/load.hpp"
#include "cli/outputs.hpp"
#include "cli/place.hpp"
#include "cli/print.hpp"
#include "cli/run_files.hpp"
#include "cli/sources.hpp"
#include "cli/watch.hpp"
#include "explain/formula.hpp"
#include "explain/stack_text.hpp"

namespace convreel::cli {
namespace {

std::string bytes_text(std::uint64_t bytes) {
  if (bytes < 1000) return fmt::format("{} B", bytes);
  if (bytes < 1000 * 1000) return fmt::format("{:.1f} kB", static_cast<double>(bytes) / 1e3);
  return fmt::format("{:.1f} MB", static_cast<double>(bytes) / 1e6);
}

void tell(const std::vector<batch::Written>& written, Console& console) {
  for (const batch::Written& file : written) {
    if (file.path != "-") console.line(fmt::format("wrote {}  {}", file.path, bytes_text(file.bytes)));
    if (!file.note.empty()) console.detail(file.note);
    if (!file.given_up.empty()) console.note(file.given_up);
    if (!file.left_out.empty()) console.note(file.left_out);
  }
}

/// With several jobs, a message says which one it is about.
[[noreturn]] void rethrow_named(const base::Error& error, const std::string& name) {
  std::vector<base::Problem> problems = error.problems();
  for (base::Problem& problem : problems) problem.message = fmt::format("{}: {}", name, problem.message);
  throw base::Error(error.kind(), std::move(problems));
}

template <typename Work>
auto naming(bool several, const std::string& name, Work&& work) {
  try {
    return work();
  } catch (const base::Error& error) {
    if (several && error.kind() != base::ErrorKind::interrupted) rethrow_named(error, name);
    throw;
  }
}

/// A preset's options are not what a person wrote for this picture, nor are settings for all of them.
bool written_elsewhere(const CommandLine& line) {
  return line.configured != job::JobSpec{} ||
         std::ranges::any_of(line.words, [](const std::string& word) { return word.starts_with("preset:"); });
}

}  // namespace

std::vector<job::Job> decide(const std::vector<job::JobSpec>& specs, const Session& session) {
  const bool several = specs.size() > 1;
  std::vector<job::Job> jobs;
  std::vector<std::string> written;
  for (const job::JobSpec& spec : specs) {
    jobs.push_back(naming(several, spec.name.value_or("job"), [&] { return job_to_render(spec, session.console); }));
    for (std::string& path : paths_of(jobs.back().outputs)) written.push_back(std::move(path));
  }
  if (several) refuse_collisions(written, several);
  refuse_overwriting(written, files_read(session.line, specs));
  return jobs;
}

std::vector<batch::Written> make_job(const Session& session, const job::JobSpec& spec, const job::Job& job,
                                     bool several, batch::Timings* timings) {
  session.console.detail(fmt::format(
      "{}: {}", job.name,
      job.chain.stack ? explain::stack_title(job.chain.stages) : explain::size_formula(job.chain.only().layer())));
  const batch::Settings settings{session.line.jobs, version(), timings};
  batch::Made made = naming(several, job.name,
                            [&] { return batch::run_job(job, settings, session.console.progress(), session.cancel); });
  tell(made.files, session.console);
  if (spec.place) print(snippets(spec, job, *made.picture));
  return std::move(made.files);
}

void animate(const Session& session, const ReadSpecs& read) {
  if (watches(session.line)) return watch_animations(session, read);
  batch::Timings timings;
  batch::Timings* const noted = session.line.timings ? &timings : nullptr;
  const std::vector<job::JobSpec> specs = read();
  const auto jobs = batch::Timings::during(noted, "numbers", [&] { return decide(specs, session); });
  for (std::size_t j = 0; j < jobs.size(); ++j)
    note_idle_options(written_elsewhere(session.line) ? session.line.flags : specs[j], jobs[j], session.console);
  for (std::size_t j = 0; j < jobs.size(); ++j) make_job(session, specs[j], jobs[j], jobs.size() > 1, noted);
  if (noted) print_timings(timings);
}

}  // namespace convreel::cli
