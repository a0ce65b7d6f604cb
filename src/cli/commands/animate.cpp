#include "cli/commands/animate.hpp"

#include <fmt/format.h>

#include "base/error.hpp"
#include "batch/run_job.hpp"
#include "cli/load.hpp"
#include "cli/outputs.hpp"
#include "cli/place.hpp"
#include "cli/print.hpp"
#include "explain/explain.hpp"

namespace convreel::cli {
namespace {

std::string bytes_text(std::uint64_t bytes) {
  if (bytes < 1000) return fmt::format("{} B", bytes);
  if (bytes < 1000 * 1000) return fmt::format("{:.1f} kB", static_cast<double>(bytes) / 1e3);
  return fmt::format("{:.1f} MB", static_cast<double>(bytes) / 1e6);
}

void tell(const std::vector<batch::Written>& written, Console& console) {
  for (const batch::Written& file : written)
    if (file.path != "-") console.line(fmt::format("wrote {}  {}", file.path, bytes_text(file.bytes)));
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

std::vector<spec::Job> decide(const std::vector<spec::JobSpec>& specs, Console& console) {
  std::vector<spec::Job> jobs;
  std::vector<std::vector<spec::Output>> outputs;
  for (const spec::JobSpec& spec : specs) {
    jobs.push_back(naming(specs.size() > 1, spec.name.value_or("job"), [&] { return job_to_render(spec, console); }));
    outputs.push_back(jobs.back().outputs);
  }
  refuse_collisions(outputs);
  return jobs;
}

}  // namespace

void animate(const Session& session, const std::vector<spec::JobSpec>& specs) {
  batch::Timings timings;
  batch::Timings* const noted = session.line.timings ? &timings : nullptr;
  const auto jobs = batch::Timings::during(noted, "numbers", [&] { return decide(specs, session.console); });
  const batch::Settings settings{session.line.jobs, version(), noted};
  for (std::size_t j = 0; j < jobs.size(); ++j) {
    const spec::Job& job = jobs[j];
    session.console.detail(fmt::format("{}: {}", job.name, explain::size_formula(job.trace.layer())));
    tell(naming(jobs.size() > 1, job.name,
                [&] { return batch::run_job(job, settings, session.console.progress(), session.cancel); }),
         session.console);
    if (specs[j].place) print(snippets(specs[j], job));
  }
  if (noted) print_timings(timings);
}

}  // namespace convreel::cli
