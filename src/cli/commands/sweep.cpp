// convreel sweep: many animations from one line or one file, on one machine or as parts of a cluster's array.
#include "cli/commands/sweep.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "base/atomic_file.hpp"
#include "base/error.hpp"
#include "batch/contact_sheet.hpp"
#include "batch/folder_lock.hpp"
#include "batch/gallery.hpp"
#include "batch/merge_shards.hpp"
#include "batch/run_sweep.hpp"
#include "cli/command.hpp"
#include "cli/commands/commands.hpp"
#include "cli/live_page.hpp"
#include "cli/load.hpp"
#include "cli/print.hpp"
#include "cli/run_files.hpp"
#include "cli/shard.hpp"
#include "cli/sources.hpp"
#include "cli/sweep_plan.hpp"
#include "cli/watch.hpp"
#include "theme/theme.hpp"

namespace convreel::cli {
namespace {

using base::Error;
using base::ErrorKind;
using batch::Outcome;

std::int64_t count_of(const batch::Manifest& manifest, Outcome outcome) {
  return std::count_if(manifest.cases.begin(), manifest.cases.end(),
                       [&](const batch::CaseRecord& record) { return record.outcome == outcome; });
}

void refuse_contradictions(const CommandLine& line) {
  constexpr std::array<std::string_view, 2> kWithMerge{"merge", "contact-sheet"};
  if (has(line, "merge"))
    for (const auto& [option, text] : line.own)
      if (std::find(kWithMerge.begin(), kWithMerge.end(), option) == kWithMerge.end())
        throw Error(ErrorKind::usage, fmt::format("--merge joins what is there: --{} has no meaning with it", option));
  if (has(line, "merge") && !line.words.empty())
    throw Error(ErrorKind::usage, fmt::format("--merge joins what is there: it takes no SPEC (\"{}\")", line.words[0]));
  for (const char* other : {"dry-run", "emit-jobs", "shard"})
    if (watches(line) && has(line, other))
      throw Error(ErrorKind::usage, fmt::format("--watch makes the whole sweep: --{} has no meaning with it", other));
  if (has(line, "shard") && has(line, "contact-sheet"))
    throw Error(ErrorKind::usage, "a shard has only a part of the pictures",
                "give --contact-sheet to convreel sweep --merge");
}

void write_rules(const Session& session, const SweepPlan& plan) {
  const auto path = value(session.line, "deps");
  if (!path) return;
  base::AtomicFile file(*path, session.line.limits);
  file.write(make_rules(plan));
  file.commit();
}

/// What belongs to the whole: the gallery, and the contact sheet when asked for.
void write_overview(const Session& session, const batch::Manifest& manifest, const std::filesystem::path& folder) {
  batch::write_gallery(manifest, folder, session.line.limits);
  session.console.line(fmt::format("wrote {}", (folder / "index.html").lexically_normal().string()));
  const auto sheet = value(session.line, "contact-sheet");
  if (!sheet) return;
  batch::write_contact_sheet(manifest, folder, theme::load(*completed({}, session.line).show.theme), *sheet,
                             session.line.limits);
  session.console.line(fmt::format("wrote {}", *sheet));
}

void tell_impossible(const batch::Sweep& sweep, Console& console) {
  std::size_t told = 0;
  for (const batch::SweepCase& one : sweep.cases) {
    if (one.record.outcome != Outcome::impossible) continue;
    std::string settings;
    for (const auto& [key, text] : one.record.parameters)
      if (std::find(sweep.axes.begin(), sweep.axes.end(), key) != sweep.axes.end())
        settings += fmt::format(" {}={}", key, text);
    if (++told <= 20)
      console.line(
          fmt::format("case {}{} is impossible: {}", one.record.index, settings, one.record.problems[0].message));
  }
  if (told > 20) console.line(fmt::format("... and {} more impossible cases; --dry-run lists all", told - 20));
}

void note_given_up(const batch::Manifest& manifest, Console& console) {
  std::size_t smaller = 0, all = 0;
  for (const batch::CaseRecord& record : manifest.cases) {
    all += record.files.size();
    smaller += static_cast<std::size_t>(
        std::ranges::count_if(record.files, [](const batch::FileRecord& file) { return !file.given_up.empty(); }));
  }
  if (smaller > 0)
    console.note(fmt::format("{} of {} files were made smaller to stay within --max-bytes; {} says how", smaller, all,
                             batch::manifest_name(manifest.shard)));
}

/// Throws Error{sweep_failed} when cases failed.
void summarise(const batch::Manifest& manifest, std::int64_t kept, Console& console) {
  const std::int64_t failed = count_of(manifest, Outcome::failed), impossible = count_of(manifest, Outcome::impossible);
  std::string text = fmt::format("{} done", count_of(manifest, Outcome::done) - kept);
  if (kept > 0) text += fmt::format(", {} kept", kept);
  if (impossible > 0) text += fmt::format(", {} impossible", impossible);
  if (failed > 0) text += fmt::format(", {} failed", failed);
  console.line(text);
  note_given_up(manifest, console);
  if (failed == 0) return;
  std::vector<base::Problem> problems{{fmt::format("{} of {} cases failed", failed, manifest.cases.size()),
                                       "mend the cause, then run it again with --resume"}};
  for (const batch::CaseRecord& record : manifest.cases)
    if (record.outcome == Outcome::failed && problems.size() < 6)
      problems.push_back(
          {fmt::format("case {}: {}", record.index, record.problems.front().message), record.problems.front().hint});
  throw Error(ErrorKind::sweep_failed, std::move(problems));
}

void keep_shard(batch::Sweep& sweep, const batch::Shard& shard) {
  sweep.shard = shard;
  std::erase_if(sweep.cases, [&](const batch::SweepCase& one) { return !shard.holds(one.record.index); });
}

/// A whole sweep in every task of an array is seldom what was meant.
void note_array(const Session& session) {
  const Environment environment = process_environment();
  for (const char* name : {"SLURM_ARRAY_TASK_ID", "JOB_COMPLETION_INDEX"})
    if (environment(name) && !has(session.line, "shard"))
      session.console.note(fmt::format("{} is set, but without --shard this task makes every case", name));
}

/// A contact sheet that was one of the merged files would replace it.
void check_files(const CommandLine& line, const batch::Manifest& manifest, const std::filesystem::path& folder) {
  const std::vector<std::string> written = sweep_files(line, folder);
  if (const auto same = one_file(written))
    throw Error(ErrorKind::usage, fmt::format("{} is the sweep's own file", written[same->second]),
                "name it otherwise");
  std::set<std::filesystem::path> read;
  for (const batch::CaseRecord& record : manifest.cases)
    for (const batch::FileRecord& file : record.files) read.insert(folder / file.path);
  for (const std::filesystem::path& shard : batch::manifests_in(folder)) read.insert(shard);
  read.erase(folder / batch::manifest_name(std::nullopt));
  refuse_overwriting(written, read);
}

void merge(const Session& session) {
  const std::filesystem::path folder = *value(session.line, "merge");
  if (!std::filesystem::is_directory(folder))
    throw Error(ErrorKind::usage, fmt::format("--merge: {} is no folder", folder.string()));
  const batch::FolderLock lock(folder, std::nullopt, session.line.limits);
  const batch::Manifest manifest = batch::merge_shards(folder, session.line.limits);
  check_files(session.line, manifest, folder);
  batch::write_manifest(manifest, folder, session.line.limits);
  write_overview(session, manifest, folder);
  summarise(manifest, 0, session.console);
}

batch::SweepResult make(const Session& session, const SweepPlan& plan, bool resume, bool force) {
  tell_impossible(plan.sweep, session.console);
  Console quiet({.quiet = true});
  const auto job_of = [&](const job::JobSpec& spec) { return job_to_render(spec, quiet); };
  batch::SweepResult result =
      batch::run_sweep(plan.sweep, job_of, {session.line.jobs, version(), resume, force, session.line.limits},
                       session.console.progress(), session.cancel);
  if (!plan.sweep.shard) write_overview(session, result.manifest, plan.sweep.folder);
  return result;
}

/// The whole plan in every round; what its manifest proves done is kept.
class SweepRounds final : public Rounds {
 public:
  explicit SweepRounds(const Session& session) : session_(session) {}

  std::set<std::filesystem::path> sources() override {
    std::vector<std::string> files = planned_;
    try {
      for (const job::SweepJob& job : sweep_jobs(session_.line, files))
        for (std::string& file : files_read(job.spec)) files.push_back(std::move(file));
    } catch (const Error&) {  // those that it has named so far are in `files`
    }
    return {files.begin(), files.end()};
  }

  void make(const Show& show) override {
    const SweepPlan plan = plan_sweep(session_.line, session_.console);
    planned_.clear();
    for (const auto& files : plan.sources) planned_.insert(planned_.end(), files.begin(), files.end());
    if (plan.sweep.digest == made_) return;
    write_rules(session_, plan);
    made_.clear();
    const bool again = std::exchange(begun_, true);
    const batch::SweepResult result =
        cli::make(session_, plan, again || has(session_.line, "resume"), !again && has(session_.line, "force"));
    show(page_of(result.manifest, plan.sweep.folder));
    summarise(result.manifest, result.kept, session_.console);
    made_ = plan.sweep.digest;
  }

 private:
  const Session& session_;
  std::vector<std::string> planned_;  ///< what the last plan reads
  std::string made_;                  ///< digest of the last sweep that was made whole
  bool begun_ = false;
};

void make_once(const Session& session, SweepPlan plan) {
  write_rules(session, plan);
  if (has(session.line, "shard"))
    keep_shard(plan.sweep, parse_shard(*value(session.line, "shard"), process_environment()));
  if (has(session.line, "dry-run")) return print(table_of(plan.sweep));
  if (has(session.line, "emit-jobs")) return print(commands_of(plan.sweep));
  note_array(session);
  const auto result = make(session, plan, has(session.line, "resume"), has(session.line, "force"));
  summarise(result.manifest, result.kept, session.console);
}

}  // namespace

void make_sweep(const Session& session, const std::vector<job::SweepJob>& jobs) {
  make_once(session, plan_sweep(session.line, jobs, {}, session.console));
}

void run_sweep(const Session& session) {
  refuse_contradictions(session.line);
  if (has(session.line, "merge")) return merge(session);
  if (!watches(session.line)) return make_once(session, plan_sweep(session.line, session.console));
  SweepRounds rounds(session);
  watch(session, rounds);
}

}  // namespace convreel::cli
