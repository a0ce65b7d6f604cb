// Whole-number arithmetic that the sizes need: division towards minus infinity, products that stop at the largest
// number instead of overflowing.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <limits>

namespace convreel::numerics {

/// floor(a / b) for b > 0; the language's own division truncates and would turn -1/2 into 0.
[[nodiscard]] constexpr std::int64_t floor_div(std::int64_t a, std::int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }
[[nodiscard]] constexpr std::int64_t ceil_div(std::int64_t a, std::int64_t b) { return -floor_div(-a, b); }
/// a - b * floor(a / b), never negative for b > 0.
[[nodiscard]] constexpr std::int64_t floor_mod(std::int64_t a, std::int64_t b) { return a - b * floor_div(a, b); }

/// The product of numbers >= 0, or the largest int64 when it does not fit.
[[nodiscard]] constexpr std::int64_t saturating_product(std::initializer_list<std::int64_t> factors) {
  constexpr std::int64_t kMax = std::numeric_limits<std::int64_t>::max();
  std::int64_t product = 1;
  bool over = false;
  for (std::int64_t factor : factors) {
    if (factor == 0) return 0;
    over = over || product > kMax / factor;
    if (!over) product *= factor;
  }
  return over ? kMax : product;
}

}  // namespace convreel::numerics
