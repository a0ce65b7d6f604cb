#include "batch/moving.hpp"

#include <algorithm>
#include <memory>
#include <string_view>
#include <utility>

#include "batch/frame_pump.hpp"
#include "batch/plan.hpp"

namespace convreel::batch {
namespace {

/// Tried in this order where a palette is too small for the pictures at job::kAaLevels: shapes get two steps at each,
/// text eight, six, three, two.
constexpr int kCoarser[] = {11, 8, 5, 2};

/// An output on its way.
struct Moving {
  const MovingOutput& to;
  paint::Raster raster;
  std::unique_ptr<output::RasterExporter> exporter;
  [[nodiscard]] bool surveys() const { return exporter->wants_survey(); }
  /// The survey was not enough: it must see every frame again.
  [[nodiscard]] bool unsatisfied() const { return surveys() && !exporter->satisfied(); }
};

class Painting {
 public:
  Painting(const std::vector<MovingOutput>& outputs, const paint::Raster& raster, const Watchers& watchers)
      : first_(outputs.front().about), raster_(raster), watchers_(watchers) {
    for (const MovingOutput& output : outputs) all_.push_back(make(output, raster));
  }

  void write() {
    show_all(everyone(), raster_);
    for (Moving& one : all_) soften(one);
    std::vector<Moving*> again;
    for (Moving& one : all_) {
      if (!one.unsatisfied()) continue;
      if (one.raster.aa_levels == raster_.aa_levels)
        again.push_back(&one);
      else
        show_again({&one}, one.raster);
    }
    if (!again.empty()) show_again(again, raster_);
    for (Moving& one : all_) encoding(one, [&] { one.exporter->finish(one.to.sink); });
    watchers_.progress.finish();
  }

  [[nodiscard]] std::vector<int> levels() const {
    std::vector<int> levels;
    for (const Moving& one : all_) levels.push_back(one.raster.aa_levels);
    return levels;
  }

 private:
  using Row = std::vector<Moving*>;

  Row everyone() {
    Row row;
    for (Moving& one : all_) row.push_back(&one);
    return row;
  }

  Moving make(const MovingOutput& to, const paint::Raster& raster) const {
    const output::Format& format = format_of(to.about.output);
    Moving made{to, raster, nullptr};
    Timings::during(watchers_.timings, format.name, [&] {
      made.exporter = format.make_raster(to.about, raster);
      made.exporter->begin(to.sink);
    });
    return made;
  }

  /// Every picture once: to the survey of those that want one, to the file of the others.
  void show_all(const Row& row, const paint::Raster& raster) {
    watchers_.progress.start("painting", first_.reel.size());
    pump_timed(row, raster, [&](const output::Frame& frame) {
      for (Moving* one : row)
        encoding(*one, [&] { one->surveys() ? one->exporter->survey(frame) : one->exporter->add(frame); });
    });
  }

  void show_again(const Row& row, const paint::Raster& raster) {
    watchers_.progress.start("painting again", first_.reel.size());
    pump_timed(row, raster, [&](const output::Frame& frame) {
      for (Moving* one : row) encoding(*one, [&] { one->exporter->add(frame); });
    });
  }

  /// Where a palette cannot hold all colours, the pictures are painted with coarser edges until it can. When even the
  /// coarsest have too many, or somebody chose the steps, they stay as they are and the nearest colours stand for them.
  void soften(Moving& one) {
    if (!one.surveys() || !one.exporter->too_many_colours() || one.to.about.job.show.aa_levels) return;
    for (const int levels : kCoarser) {
      if (levels >= one.raster.aa_levels || levels < one.to.coarsest) continue;
      paint::Raster raster = one.raster;
      raster.aa_levels = levels;
      Moving coarse = make(one.to, raster);
      show_all({&coarse}, raster);
      if (coarse.exporter->too_many_colours()) continue;
      one.raster = raster;
      one.exporter = std::move(coarse.exporter);
      return;
    }
  }

  template <typename Work>
  void encoding(const Moving& one, Work&& work) const {
    Timings::during(watchers_.timings, format_of(one.to.about.output).name, std::forward<Work>(work));
  }

  /// Painting is what is left of the pump's time once the exporters' is taken off: the time spent waiting for pictures.
  void pump_timed(const Row& row, const paint::Raster& raster, const TakeFrame& take) const {
    const bool aside = std::ranges::all_of(row, [](const Moving* one) { return one->exporter->works_aside(); });
    const int threads = aside ? 1 : first_.threads;
    const PumpJob pumping{first_.reel, first_.theme, raster, threads, watchers_.progress, watchers_.cancel};
    Timings* const timings = watchers_.timings;
    Timings taking;
    const TakeFrame timed = [&](const output::Frame& frame) {
      Timings::during(&taking, "taking", [&] { take(frame); });
    };
    Timings::during(timings, "scenes and painting", [&] { pump(pumping, timings ? timed : take); });
    if (timings) timings->add("scenes and painting", -taking.of("taking"));
  }

  const output::Subject& first_;
  const paint::Raster& raster_;
  const Watchers& watchers_;
  std::vector<Moving> all_;
};

}  // namespace

std::vector<int> write_moving(const std::vector<MovingOutput>& outputs, const paint::Raster& raster,
                              const Watchers& watchers) {
  Painting painting(outputs, raster, watchers);
  painting.write();
  return painting.levels();
}

}  // namespace convreel::batch
