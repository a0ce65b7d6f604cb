#include "data/fill.hpp"

#include <algorithm>

namespace convreel::data {

namespace {

using numerics::area;
using numerics::Cell;
using numerics::Kernel;
using numerics::Map;
using numerics::Sample;

/// Sebastiano Vigna's SplitMix64 finalizer: spreads `state` over 64 bits.
std::uint64_t mixed(std::uint64_t state) {
  state += 0x9E3779B97F4A7C15u;
  state = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9u;
  state = (state ^ (state >> 27)) * 0x94D049BB133111EBu;
  return state ^ (state >> 31);
}

/// A whole number lowest..highest that depends on `key` alone.
double small_integer(std::uint64_t key, int lowest, int highest) {
  const auto count = static_cast<std::uint64_t>(highest - lowest + 1);
  return lowest + static_cast<double>(mixed(key) % count);
}

/// One number for a channel's cell, the same whatever the size of the map.
std::uint64_t key_of(std::int64_t plane, const Cell& cell) {
  std::uint64_t key = static_cast<std::uint64_t>(plane);
  for (std::int64_t position : cell) key = mixed(key) + static_cast<std::uint64_t>(position);
  return key;
}

/// Sets every value of `planes` planes of `size` to rule(plane, cell, row-major index over everything).
template <class Rule>
void set_all(std::vector<double>& values, std::int64_t planes, const Cell& size, const Rule& rule) {
  const std::int64_t count = area(size);
  for (std::int64_t plane = 0; plane < planes; ++plane)
    for (std::int64_t i = 0; i < count; ++i)
      values[static_cast<std::size_t>(plane * count + i)] = rule(plane, numerics::unflat(i, size), plane * count + i);
}

struct Span {
  int lowest, highest;
};

void generate(std::vector<double>& values, std::int64_t planes, const Cell& size, const Generator& generator,
              Span random) {
  const Cell middle{size[0] / 2, size[1] / 2, size[2] / 2};
  const auto value = [&](std::int64_t, const Cell& cell, std::int64_t index) -> double {
    if (generator.name == "ramp") return static_cast<double>(index + 1);
    if (generator.name == "ones") return 1;
    if (generator.name == "impulse") return cell == middle ? 1 : 0;
    if (generator.name == "checker") return (cell[0] + cell[1] + cell[2]) % 2 == 0 ? 1 : 0;
    if (generator.name == "gradient") return static_cast<double>(cell[2]);
    if (generator.name == "random")
      return small_integer(mixed(generator.seed) + static_cast<std::uint64_t>(index), random.lowest, random.highest);
    return 0;
  };
  set_all(values, planes, size, value);
}

/// The numbers of the first picture in every guide.
double small_number(std::int64_t channel, const Cell& cell) {
  constexpr int kFirst[5][5] = {{1, 2, 0, 1, 3}, {0, 1, 2, 3, 1}, {2, 1, 0, 0, 2}, {3, 0, 1, 2, 1}, {1, 1, 0, 2, 0}};
  const bool known = channel == 0 && cell[0] == 0 && cell[1] < 5 && cell[2] < 5;
  return known ? kFirst[cell[1]][cell[2]] : small_integer(key_of(channel, cell), 0, 3);
}

/// 0 to 9 in broad heights and hollows, two cells wide, so that windows have different maxima.
double digit(std::int64_t channel, const Cell& cell) {
  constexpr std::int64_t kLand = 2284, kRoughness = 2784;  // not the small numbers', whose channels are counted from 0
  return small_integer(key_of(channel + kLand, {cell[0] / 2, cell[1] / 2, cell[2] / 2}), 0, 6) +
         small_integer(key_of(channel + kRoughness, cell), 0, 3);
}

/// On both sides of 0 and beyond 6, so that functions of one value show where they bend.
double signed_number(std::int64_t channel, const Cell& cell) {
  constexpr std::int64_t kSea = 4711;
  return small_integer(key_of(channel + kSea, cell), -5, 8);
}

/// 1 2 3 2 1: rises to the middle and falls.
double hill(std::int64_t position, std::int64_t size) {
  return static_cast<double>(std::min(position + 1, size - position));
}
/// 1 1 0 -1 -1: what lies before the middle minus what lies after; 1 for a single cell.
double slope(std::int64_t position, std::int64_t size) {
  const std::int64_t mirrored = size - 1 - position;
  return size == 1 || position < mirrored ? 1 : position == mirrored ? 0 : -1;
}

double edges_value(std::int64_t plane, const Cell& tap, const Cell& size) {
  if (area(size) == 1) return static_cast<double>(2 + plane % 4);
  const double depth = hill(tap[0], size[0]);
  if (plane == 0 && size[2] > 1) return depth * hill(tap[1], size[1]) * slope(tap[2], size[2]);
  if (plane < 2 && size[1] > 1) return depth * slope(tap[1], size[1]) * hill(tap[2], size[2]);
  if (plane == 2) return depth * hill(tap[1], size[1]) * hill(tap[2], size[2]);
  return small_integer(key_of(plane, tap), -2, 2);
}

/// Rises into one corner (1 2 3; 1 1 2; 1 1 1) and with the depth, so that a turned kernel is another one.
double corner_value(std::int64_t plane, const Cell& tap, const Cell& size) {
  if (plane > 0) return small_integer(key_of(plane, tap), 0, 3);
  const std::int64_t rise = size[2] > 1 ? tap[2] - tap[1] : tap[1];
  return static_cast<double>(std::max<std::int64_t>(0, rise) + 1 + tap[0]);
}

}  // namespace

void fill(Map& map, const Generator& generator) { generate(map.values, map.channels, map.size, generator, {0, 9}); }

void fill(Kernel& kernel, const Generator& generator) {
  generate(kernel.values, kernel.outer * kernel.inner, kernel.size, generator, {-3, 3});
}

void fill(std::vector<double>& bias, const Generator& generator) {
  generate(bias, 1, {1, 1, static_cast<std::int64_t>(bias.size())}, generator, {-3, 3});
}

void fill(Map& map, Sample sample) {
  // A longer ramp would rise to hundreds, and sums of theirs to numbers that no cell holds.
  constexpr std::size_t kTwoDigits = 99;
  if (sample == Sample::ramp && map.values.size() <= kTwoDigits) return fill(map, Generator{"ramp", 0});
  const auto value = sample == Sample::digits ? digit : sample == Sample::signed_numbers ? signed_number : small_number;
  set_all(map.values, map.channels, map.size,
          [&](std::int64_t channel, const Cell& cell, std::int64_t) { return value(channel, cell); });
}

void fill(Kernel& kernel, Sample sample) {
  const auto value = sample == Sample::edges ? edges_value : corner_value;
  set_all(kernel.values, kernel.outer * kernel.inner, kernel.size,
          [&](std::int64_t plane, const Cell& tap, std::int64_t) { return value(plane, tap, kernel.size); });
}

}  // namespace convreel::data
