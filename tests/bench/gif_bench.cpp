// The numbers of a layer, and painted frames to a GIF: survey (colours), palette, changed rectangles, LZW.
#include <benchmark/benchmark.h>

#include "encode/media.hpp"
#include "output/formats.hpp"
#include "reel_case.hpp"

namespace convreel::bench {
namespace {

void trace(benchmark::State& state) {
  const job::JobSpec layer = ReelCase::spec_for(state.range(0));
  const std::int64_t steps = job::resolve(layer, {}).chain.only().step_count();
  if (steps != state.range(0) * state.range(0)) return state.SkipWithError("another number of steps");
  for (auto _ : state) benchmark::DoNotOptimize(job::resolve(layer, {}));
}

struct Painted {
  base::Image image;
  std::vector<base::PixelRect> damage;
  base::Duration start{}, duration{};
};

std::vector<Painted> painted(const ReelCase& one, std::int64_t shots) {
  paint::Painter painter(one.look, one.raster);
  std::vector<Painted> frames;
  for (std::int64_t i = 0; i < shots; ++i) {
    const views::Shot shot = one.reel->shot(i);
    base::Image image(painter.paint(shot.scene));
    frames.push_back({std::move(image), painter.damage(), shot.start, shot.duration});
  }
  return frames;
}

std::vector<std::uint8_t> gif_of(const ReelCase& one, const std::vector<Painted>& frames) {
  const job::Output output{"a.gif", "gif", {}};
  const output::Subject subject{one.job, *one.reel, one.look, output, {}};
  const auto exporter = output::format_named("gif")->make_raster(subject, one.raster);
  const auto each = [&](auto take) {
    for (const Painted& frame : frames)
      take(output::Frame{frame.image.view(), &frame.damage, frame.start, frame.duration, true});
  };
  each([&](const output::Frame& frame) { exporter->survey(frame); });
  if (!exporter->satisfied()) each([&](const output::Frame& frame) { exporter->add(frame); });
  base::MemorySink sink;
  exporter->finish(sink);
  return sink.bytes();
}

/// Every decoded picture is the painted one.
bool decodes_to(const std::vector<std::uint8_t>& gif, const std::vector<Painted>& frames) {
  const auto decoded = encode::media().decode_video(gif, "bench.gif", std::int64_t{1} << 24);
  std::size_t n = 0;
  for (const Painted& frame : frames) {
    while (n < decoded.size() && decoded[n].start + decoded[n].duration <= frame.start) ++n;
    if (n == decoded.size() || !(decoded[n].image == frame.image)) return false;
  }
  return true;
}

void gif(benchmark::State& state) {
  const ReelCase one(state.range(0));
  const std::vector<Painted> frames = painted(one, std::min<std::int64_t>(one.reel->size(), 25));
  const std::vector<std::uint8_t> file = gif_of(one, frames);
  if (!decodes_to(file, frames)) return state.SkipWithError("the GIF shows other pictures");
  for (auto _ : state) benchmark::DoNotOptimize(gif_of(one, frames));
  state.counters["frames"] =
      benchmark::Counter(static_cast<double>(frames.size()), benchmark::Counter::kIsIterationInvariantRate);
  state.counters["bytes"] = static_cast<double>(file.size());
}

BENCHMARK(trace)->Arg(8)->Arg(64)->Unit(benchmark::kMicrosecond);
BENCHMARK(gif)->Arg(5)->Arg(16)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace convreel::bench
