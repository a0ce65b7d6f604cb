// --watch of the layer commands, render and compare.
#include <algorithm>
#include <map>
#include <utility>

#include "base/error.hpp"
#include "cli/commands/animate.hpp"
#include "cli/live_page.hpp"
#include "cli/print.hpp"
#include "cli/sources.hpp"
#include "cli/watch.hpp"
#include "explain/alt_text.hpp"
#include "explain/stack_text.hpp"
#include "explain/title.hpp"

namespace convreel::cli {
namespace {

void refuse_stdout(const std::vector<job::Job>& jobs) {
  for (const job::Job& job : jobs)
    for (const job::Output& output : job.outputs)
      if (output.path == "-")
        throw base::Error(base::ErrorKind::usage, "--watch cannot write to stdout again and again", "-o out.gif");
}

std::string outputs_text(const job::Job& job) {
  std::string text;
  for (const job::Output& output : job.outputs) text += output.path + '\n';
  return text;
}

std::string title_of(const job::Chain& chain) {
  return chain.stack ? explain::stack_title(chain.stages) : explain::layer_title(chain.only().layer());
}

std::string alt_text_of(const job::Chain& chain) {
  return chain.stack ? explain::stack_alt_text(chain.stages) : explain::alt_text(chain.only());
}

class AnimationRounds final : public Rounds {
 public:
  AnimationRounds(const Session& session, const ReadSpecs& read) : session_(session), read_(read) {}

  std::set<std::filesystem::path> sources() override {
    try {
      return files_read(session_.line, read_());
    } catch (const base::Error&) {
      return files_read(session_.line, {session_.line.flags});
    }
  }

  void make(const Show& show) override {
    const std::vector<job::JobSpec> specs = read_();
    batch::Timings timings;
    noted_ = session_.line.timings ? &timings : nullptr;
    const auto jobs = batch::Timings::during(noted_, "numbers", [&] { return decide(specs, session_); });
    refuse_stdout(jobs);
    if (!make_changed(specs, jobs)) return;
    show(page(jobs));
    if (noted_) print_timings(timings);
  }

 private:
  struct Made {
    std::string digest;
    std::vector<batch::Written> files;
  };

  /// Whether anything has changed. What is no job any more is forgotten, also when a job fails.
  bool make_changed(const std::vector<job::JobSpec>& specs, const std::vector<job::Job>& jobs) {
    std::map<std::string, Made> before = std::exchange(made_, {});
    bool changed = before.size() != jobs.size();
    for (std::size_t j = 0; j < jobs.size(); ++j) {
      const std::string name = outputs_text(jobs[j]), digest = fingerprint_of(specs[j], jobs[j]);
      auto kept = before.extract(name);
      const bool current = !kept.empty() && kept.mapped().digest == digest;
      changed = changed || !current;
      made_[name] = current ? std::move(kept.mapped())
                            : Made{digest, make_job(session_, specs[j], jobs[j], jobs.size() > 1, noted_)};
    }
    return changed;
  }

  [[nodiscard]] live::Page page(const std::vector<job::Job>& jobs) const {
    std::vector<Shown> shown;
    for (const job::Job& job : jobs)
      shown.push_back(
          {job.show.title.value_or(title_of(job.chain)), alt_text_of(job.chain), made_.at(outputs_text(job)).files});
    return page_of(shown);
  }

  const Session& session_;
  const ReadSpecs& read_;
  batch::Timings* noted_ = nullptr;
  std::map<std::string, Made> made_;  ///< by outputs
};

}  // namespace

void watch_animations(const Session& session, const ReadSpecs& read) {
  AnimationRounds rounds(session, read);
  watch(session, rounds);
}

}  // namespace convreel::cli
