#include "batch/budget.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "batch/plan.hpp"
#include "job/byte_size.hpp"

namespace convreel::batch {

namespace {

constexpr int kEdges[] = {11, 8, 5};  ///< steps between do not change text, see paint::Raster
constexpr int kRates[] = {15, 10};
constexpr double kShrinks[] = {0.75, 0.6, 0.5};  ///< a usual picture keeps 480 pixels: small text can just be read

/// Shares of a file's bytes below which none was seen after such a step, with room to spare.
constexpr double kEdgesKeep = 0.3, kCrfKeeps = 0.6;

bool size_was_chosen(const job::Job& job, const job::Output& output) {
  return job.show.size || job.show.cell || output.options.scale;
}

double least_share(const Rung& rung, const job::Output& output) {
  double share = rung.shrink * rung.shrink;
  if (rung.aa_levels) share *= kEdgesKeep;
  const double rate = rung.fps ? static_cast<double>(*rung.fps) / format_of(output).fps : 1;
  share *= rate * rate;
  if (rung.crf)
    for (const int crf : format_of(output).savings(output).crf)
      if (crf <= *rung.crf) share *= kCrfKeeps;
  return share;
}

/// Means that would make the file smaller and that only a person may choose.
std::string ways_out(const job::Job& job, const job::Output& output) {
  const output::Format& format = format_of(output);
  const bool still = format.make_raster && format.clock(output) == output::Clock::none;
  const std::vector<std::string_view> idle = output::idle_options(output, job.show);
  const bool steps = std::ranges::find(idle, "steps") == idle.end();
  std::string ways = "try ";
  if (!still && look_of(job, output).smooth) ways += "--motion step, ";
  if (!still) ways += steps ? "fewer --steps, " : "a smaller layer, ";
  if (format.make_raster)
    ways += job.show.size ? "a smaller --size, " : job.show.cell ? "a smaller --cell, " : "a smaller :scale=, ";
  return ways + "or another format";
}

}  // namespace

std::vector<Rung> ladder(const job::Job& job, const job::Output& output) {
  const output::Format& format = format_of(output);
  if (!format.savings) return {};
  const output::Savings savings = format.savings(output);
  const bool edges = savings.edges && !job.show.aa_levels;
  const bool rate = savings.rate && !job.show.fps && !output.options.fps && look_of(job, output).smooth;
  const bool pixels = !size_was_chosen(job, output);
  std::vector<Rung> rungs;
  Rung rung;
  const auto add = [&](auto& member, const auto& values) {
    for (const auto& value : values) member = value, rungs.push_back(rung);
  };
  if (edges) add(rung.aa_levels, kEdges);
  if (rate) add(rung.fps, kRates);
  if (!output.options.crf) add(rung.crf, savings.crf);
  if (pixels) add(rung.shrink, kShrinks);
  // Letters lose their shape: only where the size was chosen.
  if (edges && !pixels) add(rung.aa_levels, std::span(&kLeastLevels, 1));
  return rungs;
}

job::Output lowered(const job::Job& job, const job::Output& output, const Rung& rung) {
  job::Output low = output;
  if (rung.fps) low.options.fps = rung.fps;
  if (rung.crf) low.options.crf = rung.crf;
  if (rung.shrink != 1) low.options.scale = look_of(job, output).scale * rung.shrink;
  return low;
}

Budget::Budget(const job::Job& job, const job::Output& output, std::int64_t limit)
    : job_(job), output_(output), limit_(static_cast<std::uint64_t>(limit)), ladder_(ladder(job, output)) {}

std::optional<Rung> Budget::after(std::uint64_t bytes, int aa_levels) {
  if (first_ == 0) first_ = smallest_ = bytes;
  last_ = bytes;
  smallest_ = std::min(smallest_, bytes);
  aa_levels_ = aa_levels;
  if (met()) return std::nullopt;
  while (next_ < ladder_.size()) {
    const Rung& rung = ladder_[next_++];
    const bool last = next_ == ladder_.size();
    if (repeats(rung) || (hopeless(rung) && !last)) continue;  // the last one says how small it can be
    rung_ = rung;
    return rung;
  }
  return std::nullopt;
}

/// The last attempt had its edges as coarse as that already, for its palette's sake.
bool Budget::repeats(const Rung& rung) const {
  Rung same = rung;
  same.aa_levels = rung_.aa_levels;
  return same == rung_ && rung.aa_levels && *rung.aa_levels >= aa_levels_;
}

bool Budget::hopeless(const Rung& rung) const {
  return static_cast<double>(first_) * least_share(rung, output_) > static_cast<double>(limit_);
}

std::string Budget::note() const {
  if (rung_ == Rung{}) return {};
  std::string after_colon;
  if (rung_.crf) after_colon += fmt::format(":crf={}", *rung_.crf);
  if (rung_.fps) after_colon += fmt::format(":fps={}", *rung_.fps);
  if (rung_.shrink != 1) after_colon += fmt::format(":scale={:.6g}", *lowered(job_, output_, rung_).options.scale);
  std::string options = rung_.aa_levels ? fmt::format("--aa-levels {}", aa_levels_) : std::string();
  if (!options.empty() && !after_colon.empty()) options += " and ";
  options += after_colon;
  return fmt::format("{}: made with {} to stay within --max-bytes {}: {} bytes instead of {}", output_.path, options,
                     job::print_byte_size(static_cast<std::int64_t>(limit_)), last_, first_);
}

base::Problem Budget::problem() const {
  return {fmt::format("{}: {} bytes at the smallest, more than --max-bytes {}", output_.path, smallest_,
                      job::print_byte_size(static_cast<std::int64_t>(limit_))),
          ways_out(job_, output_)};
}

}  // namespace convreel::batch
