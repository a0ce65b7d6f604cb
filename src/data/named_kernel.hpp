// Kernels with a name: edge finders, blurs, interpolation. One to three spatial axes; a size that a kernel does not
// have is an error that names the sizes it has.
#pragma once

#include "data/source.hpp"
#include "numerics/tensor.hpp"

namespace convreel::data {

/// Fills every [outer, inner] plane; identity and bilinear only those where inner is outer's own channel
/// (outer modulo inner count), so that channels stay apart. Derivatives are written for cross-correlation: a value that
/// rises with the column answers sobel-x with a positive number. gaussian and box sum to 1.
/// Throws Error{impossible}.
void fill(numerics::Kernel& kernel, const NamedKernel& named, int dims);

/// The sizes a kernel has, in words; empty for an unknown name.
[[nodiscard]] std::string_view legal_sizes(std::string_view name);

}  // namespace convreel::data
