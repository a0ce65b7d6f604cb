#include "batch/run_sweep.hpp"

#include <fmt/format.h>
#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/task_arena.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <map>
#include <thread>

#include "base/error.hpp"
#include "base/inside.hpp"
#include "batch/folder_lock.hpp"
#include "batch/ledger.hpp"
#include "batch/memory_gate.hpp"
#include "batch/run_job.hpp"
#include "batch/stale_posters.hpp"

namespace convreel::batch {

namespace {

namespace fs = std::filesystem;
using base::Error;
using base::ErrorKind;

using Proofs = std::map<std::string, CaseRecord>;

/// Finished cases by fingerprint, of every manifest in the folder. An unreadable one proves nothing.
Proofs proofs_in(const fs::path& folder, const base::Limits& limits) {
  Proofs proofs;
  for (const fs::path& path : manifests_in(folder)) {
    try {
      for (CaseRecord& record : read_manifest(path, limits).cases)
        if (record.outcome == Outcome::done) proofs[record.fingerprint] = std::move(record);
    } catch (const Error&) {
      continue;
    }
  }
  return proofs;
}

void refuse_another_sweep(const Sweep& sweep, const base::Limits& limits) {
  const fs::path path = sweep.folder / manifest_name(sweep.shard);
  base::hold_inside(path, limits);
  if (!fs::exists(path)) return;
  std::string found;
  try {
    found = read_manifest(path, limits).sweep;
  } catch (const Error&) {
    found.clear();
  }
  if (found != sweep.digest)
    throw Error(ErrorKind::usage, fmt::format("{} is of another sweep", path.string()),
                "--resume keeps what both share, --force makes all anew, or choose another folder for -o");
}

/// The work of one call, shared by its workers.
class Work {
 public:
  Work(const Sweep& sweep, const MakeJob& make_job, const SweepSettings& settings, base::Progress& progress,
       const base::Cancel& cancel)
      : sweep_(sweep),
        make_job_(make_job),
        settings_(settings),
        progress_(progress),
        cancel_(cancel),
        lock_(sweep.folder, sweep.shard, settings.limits),
        gate_(memory_budget()) {
    threads_ = settings.threads > 0 ? settings.threads : static_cast<int>(std::thread::hardware_concurrency());
    threads_ = std::max(threads_, 1);
    if (!settings.resume && !settings.force) refuse_another_sweep(sweep, settings.limits);
  }

  SweepResult run() {
    Manifest manifest = planned();
    if (settings_.resume && !settings_.force) keep_proven(manifest);
    for (std::size_t i = 0; i < manifest.cases.size(); ++i)
      if (manifest.cases[i].outcome == Outcome::pending) todo_.push_back(i);
    remove_stale_posters(manifest, sweep_.folder, settings_.limits);
    ledger_.emplace(std::move(manifest), sweep_.folder, settings_.limits);
    make_all();
    ledger_->close();
    cancel_.check();
    return {ledger_->manifest(), kept_};
  }

 private:
  [[nodiscard]] Manifest planned() const {
    Manifest manifest{settings_.version, sweep_.digest, sweep_.total, sweep_.shard, sweep_.axes, {}};
    for (const SweepCase& one : sweep_.cases) manifest.cases.push_back(one.record);
    return manifest;
  }

  void keep_proven(Manifest& manifest) {
    const Proofs proofs = proofs_in(sweep_.folder, settings_.limits);
    for (CaseRecord& record : manifest.cases) {
      const auto proof = proofs.find(record.fingerprint);
      if (record.outcome != Outcome::pending || proof == proofs.end() || !proven(proof->second, sweep_.folder))
        continue;
      record.outcome = Outcome::done;
      record.files = proof->second.files;
      record.poster = proof->second.poster;
      record.seconds = proof->second.seconds;
      ++kept_;
    }
  }

  void make_all() {
    if (todo_.empty()) return;
    const int workers = std::min<int>(threads_, static_cast<int>(std::min<std::size_t>(todo_.size(), 4096)));
    threads_per_case_ = std::max(1, threads_ / workers);
    progress_.start("sweep", static_cast<std::int64_t>(todo_.size()));
    tbb::task_arena arena(workers);
    // Each worker takes the next case in order: the progress line's estimate is honest and no one waits for a slow
    // half.
    arena.execute([&] {
      tbb::parallel_for(0, workers, 1, [&](int) {
        for (std::size_t n = next_++; n < todo_.size() && !stopped(); n = next_++) make(todo_[n]);
      });
    });
    progress_.finish();
  }

  [[nodiscard]] bool stopped() const { return cancel_.requested() || ledger_->broken(); }

  void make(std::size_t place) {
    const SweepCase& one = sweep_.cases[place];
    CaseRecord record = one.record;
    const auto began = std::chrono::steady_clock::now();
    try {
      write_files(one, record);
      record.outcome = Outcome::done;
    } catch (const Error& error) {
      if (error.kind() == ErrorKind::interrupted) return;
      fail(record, error.problems());
    } catch (const std::bad_alloc&) {
      fail(record, {{"out of memory", "make the layer or the picture smaller, or use -j 1"}});
    } catch (const std::exception& fault) {
      fail(record, {{fmt::format("unexpected failure: {}", fault.what()), "this is a fault of convreel"}});
    }
    const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - began;
    record.seconds = std::round(spent.count() * 1e3) / 1e3;
    ledger_->report(place, std::move(record));
    progress_.advance();
  }

  static void fail(CaseRecord& record, std::vector<base::Problem> problems) {
    record.outcome = Outcome::failed;
    record.files.clear();
    record.poster.reset();
    record.problems = std::move(problems);
  }

  void write_files(const SweepCase& one, CaseRecord& record) {
    job::Job job = make_job_(one.spec);
    if (one.poster_scale) job.outputs.push_back(poster_of(one));
    const MemoryGate::Pass pass(gate_, memory_estimate(job, threads_per_case_));
    base::NoProgress silent;
    for (const Written& file : run_job(job, {threads_per_case_, settings_.version}, silent, cancel_).files) {
      const bool poster = one.poster_scale && file.path == job.outputs.back().path;
      FileRecord written{relative(file.path), poster ? "png" : format_of(job, file.path), file.bytes, file.digest,
                         file.given_up};
      if (poster)
        record.poster = std::move(written);
      else
        record.files.push_back(std::move(written));
    }
  }

  [[nodiscard]] job::Output poster_of(const SweepCase& one) const {
    job::Output poster{(sweep_.folder / poster_path(one.record)).string(), "png", {}};
    poster.options.scale = std::round(*one.poster_scale * 1000) / 1000;
    return poster;
  }

  /// The format of the output that made `path`; a numbered output makes many files of one ending.
  static std::string format_of(const job::Job& job, const std::string& path) {
    for (const job::Output& output : job.outputs)
      if (output.path == path) return output.format;
    return fs::path(path).extension().string().substr(1);
  }

  [[nodiscard]] std::string relative(const std::string& path) const {
    return fs::absolute(path)
        .lexically_normal()
        .lexically_relative(fs::absolute(sweep_.folder).lexically_normal())
        .string();
  }

  const Sweep& sweep_;
  const MakeJob& make_job_;
  const SweepSettings& settings_;
  base::Progress& progress_;
  const base::Cancel& cancel_;
  FolderLock lock_;
  MemoryGate gate_;
  std::optional<Ledger> ledger_;
  std::vector<std::size_t> todo_;
  std::atomic<std::size_t> next_{0};
  std::int64_t kept_ = 0;
  int threads_ = 1, threads_per_case_ = 1;
};

}  // namespace

SweepResult run_sweep(const Sweep& sweep, const MakeJob& make_job, const SweepSettings& settings,
                      base::Progress& progress, const base::Cancel& cancel) {
  return Work(sweep, make_job, settings, progress, cancel).run();
}

}  // namespace convreel::batch
