// Scenes and their pixels. A step is one shot after the one before it: what an animation pays a frame.
#include <benchmark/benchmark.h>

#include "reel_case.hpp"

namespace convreel::bench {
namespace {

/// Painting on from the shot before must give what painting from nothing gives.
bool snapshots_are_exact(const ReelCase& one) {
  paint::Painter kept(one.look, one.raster), fresh(one.look, one.raster);
  for (std::int64_t i = 0; i < std::min<std::int64_t>(one.reel->size(), 12); ++i) {
    const scene::Scene scene = one.reel->shot(i).scene;
    fresh.forget();
    if (!(base::Image(kept.paint(scene)) == base::Image(fresh.paint(scene)))) return false;
  }
  return true;
}

void scene(benchmark::State& state) {
  const ReelCase one(state.range(0));
  std::int64_t i = 0;
  for (auto _ : state) benchmark::DoNotOptimize(one.reel->shot(i++ % one.reel->size()));
}

void paint_step(benchmark::State& state) {
  const ReelCase one(state.range(0));
  if (!snapshots_are_exact(one)) return state.SkipWithError("snapshots differ from fresh painting");
  paint::Painter painter(one.look, one.raster);
  const std::int64_t shots = std::min<std::int64_t>(one.reel->size(), 64);
  std::vector<scene::Scene> scenes;
  for (std::int64_t i = 0; i < shots; ++i) scenes.push_back(one.reel->shot(i).scene);
  std::size_t i = 0;
  for (auto _ : state) {
    if (i == scenes.size()) {  // going back to the first is no step
      state.PauseTiming();
      painter.paint(scenes[0]);
      i = 1;
      state.ResumeTiming();
    }
    benchmark::DoNotOptimize(painter.paint(scenes[i++]));
  }
}

void paint_whole(benchmark::State& state) {
  const ReelCase one(state.range(0));
  if (!snapshots_are_exact(one)) return state.SkipWithError("snapshots differ from fresh painting");
  paint::Painter painter(one.look, one.raster);
  const scene::Scene scene = one.reel->shot(one.reel->size() / 2).scene;
  for (auto _ : state) {
    painter.forget();
    benchmark::DoNotOptimize(painter.paint(scene));
  }
}

BENCHMARK(scene)->Arg(8)->Arg(16)->Arg(64)->Unit(benchmark::kMicrosecond);
BENCHMARK(paint_step)->Arg(8)->Arg(16)->Arg(64)->Unit(benchmark::kMicrosecond);
BENCHMARK(paint_whole)->Arg(8)->Arg(16)->Arg(64)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace convreel::bench
