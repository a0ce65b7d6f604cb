#include <algorithm>

#include "numerics/arithmetic.hpp"
#include "numerics/layer.hpp"

namespace convreel::numerics {

namespace {

Sides split(std::int64_t total, bool odd_one_before) {
  const std::int64_t half = total / 2;
  return odd_one_before ? Sides{total - half, half} : Sides{half, total - half};
}

}  // namespace

Sides same_padding(std::int64_t kernel, std::int64_t dilation) { return split(dilation * (kernel - 1), false); }

Sides same_padding_strided(std::int64_t input, std::int64_t kernel, std::int64_t stride, std::int64_t dilation,
                           bool lower) {
  const std::int64_t ke = dilation * (kernel - 1) + 1;
  const std::int64_t output = ceil_div(input, stride);
  return split(std::max<std::int64_t>(0, (output - 1) * stride + ke - input), lower);
}

TransposedSame same_padding_transposed(std::int64_t kernel, std::int64_t stride, std::int64_t dilation, bool lower) {
  return cropped_to(kernel, dilation, stride, lower);
}

TransposedSame cropped_to(std::int64_t kernel, std::int64_t dilation, std::int64_t last, bool lower) {
  const std::int64_t ke = dilation * (kernel - 1) + 1;
  if (ke < last) return {{0, 0}, last - ke};
  return {split(ke - last, lower), 0};
}

}  // namespace convreel::numerics
