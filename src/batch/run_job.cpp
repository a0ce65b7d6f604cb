#include "batch/run_job.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <thread>

#include "base/error.hpp"
#include "batch/budget.hpp"
#include "batch/costs.hpp"
#include "batch/lazy_reel.hpp"
#include "batch/moving.hpp"
#include "batch/plan.hpp"
#include "batch/stills.hpp"
#include "batch/targets.hpp"
#include "output/formats.hpp"
#include "output/still_choice.hpp"
#include "theme/theme.hpp"

namespace convreel::batch {
namespace {

/// The state of one run: what is shared by its outputs, and the sinks that wait for their commit.
class Run {
 public:
  Run(const job::Job& job, const Settings& settings, base::Progress& progress, const base::Cancel& cancel)
      : job_(job),
        settings_(settings),
        progress_(progress),
        cancel_(cancel),
        theme_(Timings::during(settings.timings, "theme",
                               [&] { return theme::load(*job.show.theme, job.show.theme_overrides); })),
        groups_(plan(job)),
        outputs_(job.outputs),
        rungs_(job.outputs.size()),
        given_up_(job.outputs.size()) {
    for (const Group& group : groups_) reels_.push_back(reel_for(group.look));
    threads_ = settings.threads > 0 ? settings.threads : static_cast<int>(std::thread::hardware_concurrency());
  }

  template <typename Work>
  decltype(auto) during(std::string_view stage, Work&& work) const {
    return Timings::during(settings_.timings, stage, std::forward<Work>(work));
  }

  std::vector<Written> write_all() {
    targets_.resize(outputs_.size());
    for (std::size_t i = 0; i < outputs_.size(); ++i) open(i);
    for (std::size_t i = 0; i < groups_.size(); ++i) write_group(groups_[i], *reels_[i]);
    keep_within_limits();
    cancel_.check();
    during("writing files", [&] {
      for (std::size_t i = 0; i < targets_.size(); ++i) commit(i);
    });
    return std::move(written_);
  }

  [[nodiscard]] std::optional<Picture> picture() const {
    const auto drawn = std::ranges::find_if(reels_, [](const auto& reel) { return reel->made(); });
    if (drawn == reels_.end()) return std::nullopt;
    const views::Reel& reel = **drawn;
    const paint::Raster raster =
        raster_of(look_of(job_, {"still.png", "png", {}}), reel.canvas(), job_.show.aa_levels, job_.limits);
    return Picture{reel.title(), reel.alt_text(), raster.width, raster.height, reel.stills().size()};
  }

 private:
  /// Groups that differ only in pixels share a reel.
  std::shared_ptr<const LazyReel> reel_for(const Look& look) {
    for (std::size_t i = 0; i < reels_.size(); ++i)
      if (groups_[i].look.smooth == look.smooth && groups_[i].look.fps == look.fps &&
          groups_[i].look.sweeps == look.sweeps)
        return reels_[i];
    return std::make_shared<LazyReel>([this, pace = look.pace()] {
      if (!ruler_) ruler_ = paint::make_ruler(theme_);
      return views::make_reel(views::panels_of(job_), job_.show, pace, *ruler_);
    });
  }

  void open(std::size_t i) {
    targets_[i].reset();
    if (is_numbered(outputs_[i].path)) return;
    targets_[i] =
        std::make_unique<Target>(outputs_[i].path, job_.limits, &cancel_, outputs_[i].options.max_bytes.has_value());
  }

  void commit(std::size_t i) {
    if (!targets_[i]) return;
    targets_[i]->commit();
    written_.push_back({outputs_[i].path, targets_[i]->bytes(), targets_[i]->digest(), softened_note(i), given_up_[i],
                        left_out_note(i)});
  }

  /// Not text, nor pages of their own size.
  [[nodiscard]] bool takes_size(std::size_t i) const {
    const auto idle = output::idle_options(outputs_[i], job_.show);
    return std::ranges::find(idle, "size") == idle.end();
  }

  [[nodiscard]] std::string left_out_note(std::size_t i) const {
    if (!left_out_.contains(i)) return {};
    return fmt::format("{}: numbers under {} px are left out; a larger size or scale shows them", outputs_[i].path,
                       paint::kSmallestDigits);
  }

  [[nodiscard]] std::string softened_note(std::size_t i) const {
    const auto levels = softened_.find(i);
    if (levels == softened_.end() || !given_up_[i].empty()) return {};
    return fmt::format("{}: painted with --aa-levels {}, so that its palette holds every colour", outputs_[i].path,
                       levels->second);
  }

  /// Outputs over their limit are made again, each alone, with ever more given up. Throws with all that stay over it,
  /// before a file appears.
  void keep_within_limits() {
    std::vector<base::Problem> problems;
    for (std::size_t i = 0; i < outputs_.size(); ++i) {
      const auto limit = job_.outputs[i].options.max_bytes;
      if (!limit) continue;
      Budget budget(job_, job_.outputs[i], *limit);
      while (const auto rung = budget.after(bytes_of(i), levels_of(i))) lower(i, *rung);
      if (!budget.met()) problems.push_back(budget.problem());
      given_up_[i] = budget.note();
    }
    if (!problems.empty()) throw base::Error(base::ErrorKind::run_time, std::move(problems));
    rehearsing_ = false;
    for (std::size_t i = 0; i < outputs_.size(); ++i)
      if (rehearsed_.contains(i)) write_alone(i);
  }

  /// Of a row of numbered files, the largest.
  [[nodiscard]] std::uint64_t bytes_of(std::size_t i) const {
    return targets_[i] ? targets_[i]->bytes() : rehearsed_.at(i);
  }

  [[nodiscard]] int levels_of(std::size_t i) const {
    const auto softened = softened_.find(i);
    return softened != softened_.end() ? softened->second : asked_levels(i).value_or(job::kAaLevels);
  }

  [[nodiscard]] std::optional<int> asked_levels(std::size_t i) const {
    return rungs_[i].aa_levels ? rungs_[i].aa_levels : job_.show.aa_levels;
  }

  /// The fewest steps of coverage that a palette may ask for.
  [[nodiscard]] int coarsest(std::size_t i) const { return rungs_[i].shrink < 1 ? kLeastLevelsShrunk : kLeastLevels; }

  void lower(std::size_t i, const Rung& rung) {
    rungs_[i] = rung;
    outputs_[i] = lowered(job_, job_.outputs[i], rung);
    softened_.erase(i);
    open(i);
    write_alone(i);
  }

  void write_alone(std::size_t i) {
    const Look look = look_of(job_, outputs_[i]);
    write_group({look, {i}}, *reel_for(look));
  }

  output::Subject subject(const views::Reel& reel, std::size_t i) const {
    return {job_, reel, theme_, outputs_[i], settings_.version, threads_, look_of(job_, outputs_[i]).pace()};
  }

  void write_group(const Group& group, const views::Reel& reel) {
    std::vector<std::size_t> moving, still;
    for (const std::size_t i : group.outputs) {
      const output::Format& format = format_of(outputs_[i]);
      hold_pictures(job_, outputs_[i], group.look, reel);
      if (format.write_document)
        write_document(format, reel, i);
      else
        (format.animated ? moving : still).push_back(i);
    }
    if (moving.empty() && still.empty()) return;
    const scene::Size canvas = during("fonts and layout", [&] { return reel.canvas(); });
    const paint::Raster raster = raster_of(group.look, canvas, asked_levels(group.outputs.front()), job_.limits);
    std::vector<job::Output> together;
    for (const std::size_t i : moving) together.push_back(outputs_[i]);
    for (const std::size_t i : still) together.push_back(outputs_[i]);
    hold_memory(job_, together, raster, threads_);
    if (raster.scale < 1 && paint::leaves_numbers_out(reel.shot(reel.size() / 2).scene, raster))
      std::ranges::copy_if(group.outputs, std::inserter(left_out_, left_out_.end()),
                           [&](std::size_t i) { return takes_size(i); });
    if (!moving.empty()) write_together(moving, reel, raster);
    for (const std::size_t i : still) write_still(i, group.look, reel, raster);
  }

  void write_document(const output::Format& format, const views::Reel& reel, std::size_t i) {
    cancel_.check();
    during(format.name, [&] { format.write_document(subject(reel, i), *targets_[i]); });
  }

  void write_together(const std::vector<std::size_t>& moving, const views::Reel& reel, const paint::Raster& raster) {
    std::vector<MovingOutput> outputs;
    for (const std::size_t i : moving) outputs.push_back({subject(reel, i), *targets_[i], coarsest(i)});
    const std::vector<int> levels = write_moving(outputs, raster, {settings_.timings, progress_, cancel_});
    for (std::size_t n = 0; n < moving.size(); ++n)
      if (levels[n] != raster.aa_levels) softened_[moving[n]] = levels[n];
  }

  void write_still(std::size_t i, const Look& look, const views::Reel& reel, const paint::Raster& raster) {
    paint::Painter painter(theme_, raster);
    const job::Output& output = outputs_[i];
    if (is_numbered(output.path)) {
      const std::vector<std::int64_t> shots = numbered_shots(reel, look.smooth || job_.show.predict);
      if (rehearsing_ && output.options.max_bytes) return rehearse(i, shots, reel, painter, raster);
      return write_numbered(i, shots, reel, painter, raster);
    }
    write_picture(i, reel, output::still_shot(subject(reel, i)), painter, raster, *targets_[i]);
  }

  /// Numbered files appear one by one, so that a long row needs no memory; each is whole.
  void write_numbered(std::size_t i, const std::vector<std::int64_t>& shots, const views::Reel& reel,
                      paint::Painter& painter, const paint::Raster& raster) {
    progress_.start("painting", static_cast<std::int64_t>(shots.size()));
    for (std::size_t n = 0; n < shots.size(); ++n) {
      cancel_.check();
      const std::string path = numbered_path(outputs_[i].path, static_cast<std::int64_t>(n) + 1);
      Target target(path, job_.limits, &cancel_);
      write_picture(i, reel, shots[n], painter, raster, target);
      target.commit();
      written_.push_back({path,
                          target.bytes(),
                          target.digest(),
                          {},
                          n == 0 ? given_up_[i] : std::string(),
                          n == 0 ? left_out_note(i) : std::string()});
      progress_.advance();
    }
    progress_.finish();
  }

  /// As write_numbered(), but only the largest file's bytes are kept: all must fit before one appears.
  void rehearse(std::size_t i, const std::vector<std::int64_t>& shots, const views::Reel& reel, paint::Painter& painter,
                const paint::Raster& raster) {
    progress_.start("measuring", static_cast<std::int64_t>(shots.size()));
    rehearsed_[i] = 0;
    for (const std::int64_t shot : shots) {
      cancel_.check();
      base::MemorySink file;
      write_picture(i, reel, shot, painter, raster, file);
      rehearsed_[i] = std::max<std::uint64_t>(rehearsed_[i], file.bytes().size());
      progress_.advance();
    }
    progress_.finish();
  }

  void write_picture(std::size_t i, const views::Reel& reel, std::int64_t index, paint::Painter& painter,
                     const paint::Raster& raster, base::ByteSink& sink) {
    const output::Subject about = subject(reel, i);
    const auto exporter = format_of(outputs_[i]).make_raster(about, raster);
    const views::Shot shot = reel.shot(index);
    const base::ImageView image = during("scenes and painting", [&] { return painter.paint(shot.scene); });
    const output::Frame frame{image, nullptr, {}, shot.duration, story::Begins::step};
    during(format_of(outputs_[i]).name, [&] {
      if (exporter->wants_survey()) exporter->survey(frame);
      exporter->begin(sink);
      exporter->add(frame);
      exporter->finish(sink);
    });
  }

  const job::Job& job_;
  const Settings& settings_;
  base::Progress& progress_;
  const base::Cancel& cancel_;
  theme::Theme theme_;
  std::unique_ptr<scene::Ruler> ruler_;
  std::vector<Group> groups_;
  std::vector<std::shared_ptr<const LazyReel>> reels_;
  std::vector<std::unique_ptr<Target>> targets_;
  std::vector<Written> written_;
  std::vector<job::Output> outputs_;                ///< the job's, as they are asked for by now
  std::vector<Rung> rungs_;                         ///< what each of them gives up
  std::map<std::size_t, int> softened_;             ///< steps of coverage, where a palette chose them
  std::vector<std::string> given_up_;               ///< in words
  std::set<std::size_t> left_out_;                  ///< some of their numbers are too small to be read
  std::map<std::size_t, std::uint64_t> rehearsed_;  ///< numbered files with a limit: bytes of the largest
  bool rehearsing_ = true;                          ///< they are only measured
  int threads_ = 1;
};

}  // namespace

Made run_job(const job::Job& job, const Settings& settings, base::Progress& progress, const base::Cancel& cancel) {
  Run run(job, settings, progress, cancel);
  std::vector<Written> files = run.write_all();
  return {std::move(files), run.picture()};
}

}  // namespace convreel::batch
