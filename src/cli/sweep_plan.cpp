#include "cli/sweep_plan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "base/digest.hpp"
#include "base/error.hpp"
#include "batch/align.hpp"
#include "batch/template.hpp"
#include "cli/idle_notes.hpp"
#include "cli/load.hpp"
#include "cli/outputs.hpp"
#include "cli/run_files.hpp"
#include "cli/sources.hpp"
#include "explain/alt_text.hpp"
#include "explain/formula.hpp"
#include "explain/pytorch.hpp"
#include "explain/stack_text.hpp"
#include "explain/title.hpp"
#include "job/layer_name.hpp"
#include "output/formats.hpp"
#include "views/catalogue.hpp"

namespace convreel::cli {

namespace {

using base::Error;
using base::ErrorKind;
namespace fs = std::filesystem;

constexpr double kPosterWidth = 480, kUsualWidth = 960;

batch::Shapes shapes_of(const numerics::Trace& trace) {
  const auto first = static_cast<std::size_t>(numerics::first_axis(trace.layer().dims));
  const auto shape = [&](std::int64_t channels, const numerics::Cell& size) {
    std::vector<std::int64_t> all{channels};
    all.insert(all.end(), size.begin() + static_cast<std::ptrdiff_t>(first), size.end());
    return all;
  };
  const numerics::Layer& layer = trace.layer();
  batch::Shapes shapes{
      shape(trace.input().channels, trace.input().size), {}, shape(trace.output().channels, trace.output().size)};
  const std::vector<std::int64_t> taps = shape(0, layer.kernel);
  if (layer.row().weights) shapes.kernel = {trace.kernel().outer, trace.kernel().inner};
  shapes.kernel.insert(shapes.kernel.end(), taps.begin() + 1, taps.end());
  return shapes;
}

class Planner {
 public:
  Planner(const CommandLine& line, Console& console) : line_(line), console_(console) {}

  SweepPlan plan(const std::vector<job::SweepJob>& jobs, const std::vector<std::string>& shared) {
    for (const job::SweepJob& job : jobs) {
      add_axes(job);
      const std::int64_t count = job::case_count(job.dimensions, line_.limits);
      line_.limits.hold(base::Limit::cases, static_cast<double>(total() + count),
                        fmt::format("the sweep has {} cases or more", total() + count));
      for (std::int64_t i = 0; i < count; ++i) add_case(job::case_at(job.spec, job.dimensions, i), shared);
    }
    finish();
    return std::move(plan_);
  }

 private:
  [[nodiscard]] std::int64_t total() const { return static_cast<std::int64_t>(plan_.sweep.cases.size()); }

  void add_axes(const job::SweepJob& job) {
    auto& axes = plan_.sweep.axes;
    for (std::string& name : job::swept_names(job.dimensions))
      if (std::find(axes.begin(), axes.end(), name) == axes.end()) axes.push_back(std::move(name));
  }

  void add_case(job::JobSpec spec, const std::vector<std::string>& shared) {
    if (spec.outputs.empty())
      throw Error(ErrorKind::usage, "nothing to write: no output was given", "add -o 'out/{i:03}.gif'");
    if (plan_.sweep.folder.empty()) plan_.sweep.folder = batch::fixed_folder(spec.outputs.front());
    batch::SweepCase one;
    one.record.index = total() + 1;
    one.spec = std::move(spec);
    try {
      decide(one);
    } catch (const Error& error) {
      if (error.kind() != ErrorKind::impossible) throw;
      refuse(one, error);
    }
    std::vector<std::string> sources = shared;
    for (std::string& file : files_read(one.spec)) sources.push_back(std::move(file));
    plan_.sources.push_back(std::move(sources));
    plan_.sweep.cases.push_back(std::move(one));
  }

  /// Everything about the case; throws Error{impossible} when there can be no such case.
  void decide(batch::SweepCase& one) {
    job::Job named = resolved(one.spec);
    if (named.show.views.empty()) named.show.views.emplace_back(views::default_view(named.chain));
    for (std::string& text : one.spec.outputs) text = name_of(text, one, named);
    const job::Job job = job_to_render(one.spec, themes_, console_);
    note_idle_options(line_.flags, job, console_);
    for (const job::Output& output : job.outputs)
      if (output.path == "-") throw Error(ErrorKind::usage, "a sweep cannot write to stdout", "-o 'out/{i:03}.gif'");
    describe(one, job);
    if (std::any_of(job.outputs.begin(), job.outputs.end(), output::draws)) {
      const double width = job.show.size ? job.show.size->width : kUsualWidth;
      one.poster_scale = std::clamp(kPosterWidth / width, 0.1, 1.0);
    }
  }

  /// An option that this kind of layer does not have is a reason to skip the case, not to stop the sweep.
  static job::Job resolved(const job::JobSpec& spec) {
    try {
      return jobs_to_explain(spec).front();
    } catch (const Error& error) {
      if (error.kind() == ErrorKind::usage && spec.layer) throw Error(ErrorKind::impossible, error.problems());
      throw;
    }
  }

  static std::string name_of(const std::string& pattern, const batch::SweepCase& one, const job::Job& job) {
    return batch::filled(pattern, [&](std::string_view name) -> std::optional<std::string> {
      if (name == "i") return std::to_string(one.record.index);
      if (name == "hash") return base::digest_of(options_text(one.spec)).substr(0, 8);
      if (auto behind = job::layer_option(one.spec, name)) return behind;
      const job::Field* field = job::field_named(name);
      return field && field->name != "output" ? batch::parameter(*field, one.spec, job) : std::nullopt;
    });
  }

  void describe(batch::SweepCase& one, const job::Job& job) const {
    batch::CaseRecord& record = one.record;
    record.name = job.name;
    record.parameters = batch::parameters(one.spec, job);
    for (const std::string& axis : plan_.sweep.axes)
      if (auto behind = job::layer_option(one.spec, axis)) record.parameters.emplace_back(axis, *std::move(behind));
    record.fingerprint = fingerprint_of(one.spec, job);
    if (job.chain.stack) return describe_stack(record, job);
    const numerics::Trace& trace = job.chain.only();
    record.title = job.show.title.value_or(explain::layer_title(trace.layer()));
    record.alt = explain::alt_text(trace);
    record.formula = explain::size_formula(trace.layer());
    record.pytorch = explain::pytorch_line(trace.layer(), !trace.bias().empty());
    record.shapes = shapes_of(trace);
  }

  static void describe_stack(batch::CaseRecord& record, const job::Job& job) {
    record.title = job.show.title.value_or(explain::stack_title(job.chain.stages));
    record.alt = explain::stack_alt_text(job.chain.stages);
    record.formula = explain::field_formula(job.chain.stages, job.chain.stages.size() - 1);
    const auto shape = [&](const numerics::Shape& of) {
      std::vector<std::int64_t> all{of.channels};
      if (!of.flat)
        all.insert(all.end(), of.size.begin() + numerics::first_axis(job.chain.stages.front().dims()), of.size.end());
      return all;
    };
    record.shapes = {shape(job.chain.stages.front().input_shape()), {}, shape(job.chain.stages.back().output_shape())};
  }

  static void refuse(batch::SweepCase& one, const Error& error) {
    batch::CaseRecord& record = one.record;
    record.outcome = batch::Outcome::impossible;
    record.problems = error.problems();
    record.name = one.spec.name.value_or(one.spec.layer ? std::string(job::name(*one.spec.layer)) : "");
    for (const job::Field& field : job::fields())
      if (const auto text = field.print(one.spec); text && field.name != "output")
        record.parameters.emplace_back(field.name, *text);
  }

  void finish() {
    batch::Sweep& sweep = plan_.sweep;
    check_files();
    check_possible();
    if (has(line_, "align")) align();
    std::string all;
    for (const batch::SweepCase& one : sweep.cases)
      all += fmt::format("{}\n", one.record.fingerprint.empty() ? options_text(one.spec) : one.record.fingerprint);
    sweep.digest = base::digest_of(all);
    sweep.total = total();
  }

  /// All files of the sweep, also those that belong to the whole: each is written once, and none that is read.
  void check_files() const {
    std::vector<std::string> paths = sweep_files(line_, plan_.sweep.folder);
    std::vector<const batch::SweepCase*> cases(paths.size(), nullptr);
    std::set<fs::path> read;
    for (const auto& sources : plan_.sources) read.insert(sources.begin(), sources.end());
    for (const batch::SweepCase& one : plan_.sweep.cases) {
      if (one.record.outcome == batch::Outcome::impossible) continue;
      for (const std::string& path : filled_paths(one.spec)) {
        paths.push_back(fs::path(path).lexically_normal().string());
        cases.push_back(&one);
      }
    }
    if (const auto same = one_file(paths)) collide(paths[same->second], cases[same->first], cases[same->second]);
    refuse_overwriting(paths, read);
  }

  [[noreturn]] static void collide(const std::string& path, const batch::SweepCase* one,
                                   const batch::SweepCase* other) {
    if (!one || !other)
      throw Error(ErrorKind::usage, fmt::format("{} is the sweep's own file, and would be written twice", path),
                  "name it otherwise");
    const batch::SweepCase &first = *one, &second = *other;
    if (one == other)
      throw Error(ErrorKind::usage, fmt::format("case {} would write {} twice", first.record.index, path),
                  "name the outputs apart");
    std::string hint = "put {i} into the name";
    for (const auto& [key, value] : second.record.parameters)
      for (const auto& [name, text] : first.record.parameters)
        if (key == name && value != text && hint.ends_with("{i} into the name"))
          hint = fmt::format("put {{{}}} into the name", underscored(key));
    throw Error(
        ErrorKind::usage,
        fmt::format("cases {} and {} would both be written to {}", first.record.index, second.record.index, path),
        hint);
  }

  static std::string underscored(std::string key) {
    std::replace(key.begin(), key.end(), '-', '_');
    return key;
  }

  /// --strict: all reasons at once; otherwise at least one case has to be possible.
  void check_possible() const {
    std::vector<base::Problem> problems;
    for (const batch::SweepCase& one : plan_.sweep.cases)
      for (const base::Problem& problem : one.record.problems)
        problems.push_back({fmt::format("case {}: {}", one.record.index, problem.message), problem.hint});
    const auto impossible = [](const batch::SweepCase& one) {
      return one.record.outcome == batch::Outcome::impossible;
    };
    const bool none = std::all_of(plan_.sweep.cases.begin(), plan_.sweep.cases.end(), impossible);
    if (none && problems.size() > 5) problems.resize(5);
    if (none || (has(line_, "strict") && !problems.empty())) throw Error(ErrorKind::impossible, std::move(problems));
  }

  void align() {
    std::optional<int> least;
    for (const batch::SweepCase& one : plan_.sweep.cases) {
      if (!one.poster_scale) continue;
      const auto size = batch::cell_size(job_to_render(one.spec, themes_, quiet_));
      if (size) least = std::min(least.value_or(*size), *size);
    }
    for (batch::SweepCase& one : plan_.sweep.cases) {
      if (!one.poster_scale || !least) continue;
      one.spec.show.cell = least;
      describe(one, job_to_render(one.spec, themes_, quiet_));
    }
  }

  const CommandLine& line_;
  Console& console_;
  Console quiet_{{.quiet = true}};
  Themes themes_;
  SweepPlan plan_;
};

}  // namespace

std::vector<std::string> sweep_files(const CommandLine& line, const std::filesystem::path& folder) {
  std::vector<std::string> paths;
  for (const std::string_view own : {"manifest.json", "index.html"}) paths.push_back((folder / own).string());
  for (const std::string_view option : {"contact-sheet", "deps"})
    if (const auto path = value(line, option)) paths.push_back(*path);
  return paths;
}

SweepPlan plan_sweep(const CommandLine& line, Console& console) {
  std::vector<std::string> sources;
  const std::vector<job::SweepJob> jobs = sweep_jobs(line, sources);
  return plan_sweep(line, jobs, sources, console);
}

SweepPlan plan_sweep(const CommandLine& line, const std::vector<job::SweepJob>& jobs,
                     const std::vector<std::string>& sources, Console& console) {
  return Planner(line, console).plan(jobs, sources);
}

}  // namespace convreel::cli
