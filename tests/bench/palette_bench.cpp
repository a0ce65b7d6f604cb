// Choosing 256 colours of many, matching pixels to them, and GIF's LZW alone: the floor of a GIF's time.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <random>

#include "encode/gif_lzw.hpp"
#include "output/pixels/palette.hpp"

namespace convreel::bench {
namespace {

output::ColourTable colours(std::size_t size) {
  std::mt19937 random(1);
  output::ColourTable table;
  while (table.size() < size) table.count(table.number(0xFF000000u | random() % 0x1000000), 1 + random() % 900);
  return table;
}

void choose(benchmark::State& state) {
  const output::ColourTable table = colours(static_cast<std::size_t>(state.range(0)));
  if (output::choose_palette(table, {}, 256).size() > 256) return state.SkipWithError("more than 256 colours");
  for (auto _ : state) benchmark::DoNotOptimize(output::choose_palette(table, {}, 256));
}

void match(benchmark::State& state) {
  const output::ColourTable table = colours(4096);
  const std::vector<std::uint32_t> palette = output::choose_palette(table, {}, 256);
  output::Matcher matcher(palette, -1);
  for (std::size_t n = 0; n < palette.size(); ++n)
    if (palette[matcher(palette[n])] != palette[n]) return state.SkipWithError("a colour of the palette is not itself");
  std::size_t n = 0;
  for (auto _ : state) benchmark::DoNotOptimize(matcher(table.colours()[n++ % table.size()]));
}

/// Runs as a step of a default picture has them: 300,000 pixels, most of them unchanged.
std::vector<encode::GifRun> runs() {
  std::mt19937 random(2);
  std::vector<encode::GifRun> made;
  for (std::uint32_t left = 300'000; left > 0; left -= made.back().length) {
    const std::uint32_t length = random() % 4 == 0 ? 40 + random() % 400 : 1 + random() % 4;
    made.push_back({std::min(left, length), static_cast<std::uint8_t>(random() % 40), random() % 8 != 0});
  }
  return made;
}

void lzw(benchmark::State& state) {
  const std::vector<encode::GifRun> pixels = runs();
  if (encode::gif_image_data({pixels, 40, 6}).empty()) return state.SkipWithError("no data");
  for (auto _ : state) benchmark::DoNotOptimize(encode::gif_image_data({pixels, 40, 6}));
  state.counters["pixels"] = benchmark::Counter(300'000, benchmark::Counter::kIsIterationInvariantRate);
}

BENCHMARK(choose)->Arg(500)->Arg(20'000)->Unit(benchmark::kMicrosecond);
BENCHMARK(match);
BENCHMARK(lzw)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace convreel::bench
