// Values for a shape that is already decided: generators, and the default numbers that teach. Deterministic: the same
// on every machine and every run.
#pragma once

#include <cstdint>

#include "data/source.hpp"
#include "numerics/layer_kind.hpp"
#include "numerics/tensor.hpp"

namespace convreel::data {

/// ramp: 1, 2, 3, ... row-major through every channel. impulse: 1 in the middle of every channel (the cell after it for
/// even sizes). checker: 1 where row + column is even. gradient: the column's number. random:SEED: whole numbers 0..9.
void fill(numerics::Map& map, const Generator& generator);
/// The same for every [outer, inner] plane; random: whole numbers -3..3.
void fill(numerics::Kernel& kernel, const Generator& generator);
/// The same for a row of numbers; random: whole numbers -3..3.
void fill(std::vector<double>& bias, const Generator& generator);

/// What a kind's input is when nobody says. small_numbers: 0..3; digits: 0..9, whose windows have different maxima;
/// a larger map keeps a smaller one's numbers. ramp: 1, 2, 3, ...
void fill(numerics::Map& map, numerics::Sample sample);
/// edges: finds vertical ones (1 0 -1 times 1 2 1, and times 1 2 1 through the depth); further planes horizontal edges,
/// a blur, others. corner: 1 2 3; 1 1 2; 1 1 1, which turned is another kernel, a number more with each depth; further
/// planes small numbers.
void fill(numerics::Kernel& kernel, numerics::Sample sample);

}  // namespace convreel::data
