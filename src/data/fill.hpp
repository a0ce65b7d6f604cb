// Values for a shape that is already decided: generators, and the default numbers that teach. Deterministic: the same
// on every machine and every run.
#pragma once

#include <cstdint>

#include "data/source.hpp"
#include "numerics/tensor.hpp"

namespace convreel::data {

/// ramp: 1, 2, 3, ... row-major through every channel. impulse: 1 in the middle of every channel (the cell after it for
/// even sizes). checker: 1 where row + column is even. gradient: the column's number. random:SEED: whole numbers 0..9.
void fill(numerics::Map& map, const Generator& generator);
/// The same for every [outer, inner] plane; random: whole numbers -3..3.
void fill(numerics::Kernel& kernel, const Generator& generator);
/// The same for a row of numbers; random: whole numbers -3..3.
void fill(std::vector<double>& bias, const Generator& generator);

/// What a convolution's input is when nobody says: small numbers 0..3. A larger map keeps a smaller one's numbers.
void fill_conv_input(numerics::Map& map);
/// A transposed convolution's: 1, 2, 3, ...
void fill_transposed_input(numerics::Map& map);
/// A pooling layer's: 0..9.
void fill_pooling_input(numerics::Map& map);
/// A convolution's kernel: finds vertical edges (1 0 -1 times 1 2 1); further planes horizontal edges, a blur, others.
void fill_conv_kernel(numerics::Kernel& kernel);
/// A transposed convolution's: a hill (1 2 1 times 1 2 1); further planes small numbers.
void fill_transposed_kernel(numerics::Kernel& kernel);

}  // namespace convreel::data
