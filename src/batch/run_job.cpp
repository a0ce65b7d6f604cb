#include "batch/run_job.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <thread>

#include "base/error.hpp"
#include "batch/frame_pump.hpp"
#include "batch/lazy_reel.hpp"
#include "batch/plan.hpp"
#include "batch/stills.hpp"
#include "batch/targets.hpp"
#include "output/formats.hpp"
#include "output/still_choice.hpp"
#include "theme/theme.hpp"

namespace convreel::batch {
namespace {

/// Tried in this order where a palette is too small for the pictures at spec::kAaLevels: shapes get two steps at each,
/// text eight, six, three, two.
constexpr int kCoarser[] = {11, 8, 5, 2};

/// The state of one run: what is shared by its outputs, and the sinks that wait for their commit.
class Run {
 public:
  Run(const spec::Job& job, const Settings& settings, base::Progress& progress, const base::Cancel& cancel)
      : job_(job),
        settings_(settings),
        progress_(progress),
        cancel_(cancel),
        theme_(Timings::during(settings.timings, "theme",
                               [&] { return theme::load(job.show.theme, job.show.theme_overrides); })),
        groups_(plan(job)) {
    for (const Group& group : groups_) reels_.push_back(reel_for(group.look));
    threads_ = settings.threads > 0 ? settings.threads : static_cast<int>(std::thread::hardware_concurrency());
  }

  template <typename Work>
  decltype(auto) during(std::string_view stage, Work&& work) const {
    return Timings::during(settings_.timings, stage, std::forward<Work>(work));
  }

  std::vector<Written> write_all() {
    for (const spec::Output& output : job_.outputs) open(output);
    for (std::size_t i = 0; i < groups_.size(); ++i) write_group(groups_[i], *reels_[i]);
    cancel_.check();
    during("writing files", [&] {
      for (std::size_t i = 0; i < targets_.size(); ++i) commit(i);
    });
    return std::move(written_);
  }

 private:
  /// An animated output on its way.
  struct Moving {
    std::size_t output;
    std::unique_ptr<output::RasterExporter> exporter;
    paint::Raster raster;
    [[nodiscard]] bool surveys() const { return exporter->wants_survey(); }
    /// The survey was not enough: it must see every frame again.
    [[nodiscard]] bool unsatisfied() const { return surveys() && !exporter->satisfied(); }
  };

  /// Groups that differ only in pixels share a reel.
  std::shared_ptr<const LazyReel> reel_for(const Look& look) {
    for (std::size_t i = 0; i < reels_.size(); ++i)
      if (groups_[i].look.smooth == look.smooth && groups_[i].look.fps == look.fps) return reels_[i];
    return std::make_shared<LazyReel>([this, pace = look.pace()] {
      if (!ruler_) ruler_ = paint::make_ruler(theme_);
      std::vector<views::Panel> panels{{&job_.trace, &job_.show, job_.subtitle}};
      for (const spec::Beside& other : job_.beside) panels.push_back({&other.trace, &other.show, other.subtitle});
      return views::make_reel(panels, job_.show, pace, *ruler_);
    });
  }

  void open(const spec::Output& output) {
    targets_.push_back(is_numbered(output.path) ? nullptr : std::make_unique<Target>(output.path));
  }

  void commit(std::size_t i) {
    if (!targets_[i]) return;
    targets_[i]->commit();
    const auto note = notes_.find(i);
    written_.push_back({job_.outputs[i].path, targets_[i]->bytes(), targets_[i]->digest(),
                        note == notes_.end() ? std::string() : note->second});
  }

  output::Subject subject(const views::Reel& reel, std::size_t i) const {
    return {job_, reel, theme_, job_.outputs[i], settings_.version, threads_};
  }

  void write_group(const Group& group, const views::Reel& reel) {
    std::vector<Moving> moving;
    std::vector<std::size_t> still;
    for (const std::size_t i : group.outputs) {
      const output::Format& format = format_of(job_.outputs[i]);
      if (format.write_document)
        write_document(format, reel, i);
      else if (format.animated)
        moving.push_back({i, nullptr, {}});
      else
        still.push_back(i);
    }
    if (moving.empty() && still.empty()) return;
    const scene::Size canvas = during("fonts and layout", [&] { return reel.canvas(); });
    const paint::Raster raster = raster_of(group.look, canvas, job_.show.aa_levels);
    if (!moving.empty()) write_moving(moving, reel, raster);
    for (const std::size_t i : still) write_still(i, group.look, reel, raster);
  }

  void write_document(const output::Format& format, const views::Reel& reel, std::size_t i) {
    cancel_.check();
    during(format.name, [&] { format.write_document(subject(reel, i), *targets_[i]); });
  }

  void write_moving(std::vector<Moving>& outputs, const views::Reel& reel, const paint::Raster& raster) {
    std::deque<output::Subject> subjects;  // stays put: exporters keep references
    for (Moving& one : outputs) {
      subjects.push_back(subject(reel, one.output));
      one.raster = raster;
      make(one, subjects.back());
    }
    std::vector<Moving*> all;
    for (Moving& one : outputs) all.push_back(&one);
    show_all(all, reel, raster);
    for (std::size_t n = 0; n < outputs.size(); ++n) soften(outputs[n], subjects[n], reel);
    for (Moving& one : outputs)
      if (one.unsatisfied() && one.raster.aa_levels != raster.aa_levels) show_again({&one}, reel, one.raster);
    std::erase_if(all,
                  [&](const Moving* one) { return !one->unsatisfied() || one->raster.aa_levels != raster.aa_levels; });
    if (!all.empty()) show_again(all, reel, raster);
    for (Moving& one : outputs) encoding(one, [&] { one.exporter->finish(*targets_[one.output]); });
    progress_.finish();
  }

  void make(Moving& one, const output::Subject& about) {
    const output::Format& format = format_of(job_.outputs[one.output]);
    during(format.name, [&] {
      one.exporter = format.make_raster(about, one.raster);
      one.exporter->begin(*targets_[one.output]);
    });
  }

  /// Every picture once: to the survey of those that want one, to the file of the others.
  void show_all(const std::vector<Moving*>& outputs, const views::Reel& reel, const paint::Raster& raster) {
    progress_.start("painting", reel.size());
    pump_timed({reel, theme_, raster, threads_, progress_, cancel_}, [&](const output::Frame& frame) {
      for (Moving* one : outputs)
        encoding(*one, [&] { one->surveys() ? one->exporter->survey(frame) : one->exporter->add(frame); });
    });
  }

  void show_again(const std::vector<Moving*>& outputs, const views::Reel& reel, const paint::Raster& raster) {
    progress_.start("painting again", reel.size());
    pump_timed({reel, theme_, raster, threads_, progress_, cancel_}, [&](const output::Frame& frame) {
      for (Moving* one : outputs) encoding(*one, [&] { one->exporter->add(frame); });
    });
  }

  /// Where a palette cannot hold all colours, the pictures are painted with coarser edges until it can. When even the
  /// coarsest have too many, or somebody chose the steps, they stay as they are and the nearest colours stand for them.
  void soften(Moving& one, const output::Subject& about, const views::Reel& reel) {
    if (!one.surveys() || !one.exporter->too_many_colours() || job_.show.aa_levels) return;
    for (const int levels : kCoarser) {
      Moving coarse{one.output, nullptr, one.raster};
      coarse.raster.aa_levels = levels;
      make(coarse, about);
      show_all({&coarse}, reel, coarse.raster);
      if (coarse.exporter->too_many_colours()) continue;
      notes_[one.output] = fmt::format("{}: painted with --aa-levels {}, so that its palette holds every colour",
                                       job_.outputs[one.output].path, levels);
      one = std::move(coarse);
      return;
    }
  }

  template <typename Work>
  void encoding(const Moving& one, Work&& work) const {
    during(format_of(job_.outputs[one.output]).name, std::forward<Work>(work));
  }

  /// Painting is what is left of the pump's time once the exporters' is taken off: the time spent waiting for pictures.
  void pump_timed(const PumpJob& pumping, const TakeFrame& take) const {
    Timings taking;
    const TakeFrame timed = [&](const output::Frame& frame) {
      Timings::during(&taking, "taking", [&] { take(frame); });
    };
    during("scenes and painting", [&] { pump(pumping, settings_.timings ? timed : take); });
    if (settings_.timings) settings_.timings->add("scenes and painting", -taking.of("taking"));
  }

  void write_still(std::size_t i, const Look& look, const views::Reel& reel, const paint::Raster& raster) {
    paint::Painter painter(theme_, raster);
    const spec::Output& output = job_.outputs[i];
    if (is_numbered(output.path)) return write_numbered(i, numbered_shots(reel, look.smooth), reel, painter, raster);
    const auto choice = output.options.find("still");
    const std::int64_t shot =
        output::still_shot(reel, job_.show, choice == output.options.end() ? "last" : choice->second);
    write_picture(i, reel, shot, painter, raster, *targets_[i]);
  }

  /// Numbered files appear one by one, so that a long row needs no memory; each is whole.
  void write_numbered(std::size_t i, const std::vector<std::int64_t>& shots, const views::Reel& reel,
                      paint::Painter& painter, const paint::Raster& raster) {
    progress_.start("painting", static_cast<std::int64_t>(shots.size()));
    for (std::size_t n = 0; n < shots.size(); ++n) {
      cancel_.check();
      const std::string path = numbered_path(job_.outputs[i].path, static_cast<std::int64_t>(n) + 1);
      Target target(path);
      write_picture(i, reel, shots[n], painter, raster, target);
      target.commit();
      written_.push_back({path, target.bytes(), target.digest()});
      progress_.advance();
    }
    progress_.finish();
  }

  void write_picture(std::size_t i, const views::Reel& reel, std::int64_t index, paint::Painter& painter,
                     const paint::Raster& raster, base::ByteSink& sink) {
    const output::Subject about = subject(reel, i);
    const auto exporter = format_of(job_.outputs[i]).make_raster(about, raster);
    const views::Shot shot = reel.shot(index);
    const base::ImageView image = during("scenes and painting", [&] { return painter.paint(shot.scene); });
    const output::Frame frame{image, nullptr, {}, shot.duration, true};
    during(format_of(job_.outputs[i]).name, [&] {
      if (exporter->wants_survey()) exporter->survey(frame);
      exporter->begin(sink);
      exporter->add(frame);
      exporter->finish(sink);
    });
  }

  const spec::Job& job_;
  const Settings& settings_;
  base::Progress& progress_;
  const base::Cancel& cancel_;
  theme::Theme theme_;
  std::unique_ptr<scene::Ruler> ruler_;
  std::vector<Group> groups_;
  std::vector<std::shared_ptr<const LazyReel>> reels_;
  std::vector<std::unique_ptr<Target>> targets_;
  std::vector<Written> written_;
  std::map<std::size_t, std::string> notes_;  ///< by output
  int threads_ = 1;
};

}  // namespace

std::vector<Written> run_job(const spec::Job& job, const Settings& settings, base::Progress& progress,
                             const base::Cancel& cancel) {
  return Run(job, settings, progress, cancel).write_all();
}

}  // namespace convreel::batch
