#include "data/named_kernel.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "base/error.hpp"

namespace convreel::data {

namespace {

using numerics::Cell;
using Row = std::vector<double>;

constexpr std::int64_t kLargest = 31;  // binomial numbers stay exact in a double

/// 1 4 6 4 1: row n-1 of Pascal's triangle.
Row binomial(std::int64_t n) {
  Row row(static_cast<std::size_t>(n), 0.0);
  row[0] = 1;
  for (std::size_t length = 1; length < row.size(); ++length)
    for (std::size_t i = length; i > 0; --i) row[i] += row[i - 1];
  return row;
}

/// -1 -2 0 2 1: the binomial row of n-2, convolved with -1 0 1.
Row derivative(std::int64_t n) {
  const Row smooth = binomial(n - 2);
  Row row(static_cast<std::size_t>(n), 0.0);
  for (std::size_t i = 0; i < smooth.size(); ++i) {
    row[i] -= smooth[i];
    row[i + 2] += smooth[i];
  }
  return row;
}

/// .5 1 .5 at 3, .25 .75 .75 .25 at 4: linear interpolation (the formula of bilinear fillers: 1 - |x - centre| /
/// factor).
Row interpolation(std::int64_t n) {
  const double factor = std::floor((static_cast<double>(n) + 1) / 2);
  const double centre = n % 2 == 1 ? factor - 1 : factor - 0.5;
  Row row;
  for (std::int64_t x = 0; x < n; ++x) row.push_back(1 - std::abs(static_cast<double>(x) - centre) / factor);
  return row;
}

Row divided(Row row, double by) {
  for (double& value : row) value /= by;
  return row;
}
Row gaussian(std::int64_t n) { return divided(binomial(n), std::exp2(static_cast<double>(n - 1))); }
Row box(std::int64_t n) { return Row(static_cast<std::size_t>(n), 1.0 / static_cast<double>(n)); }
Row middle(std::int64_t n) {
  Row row(static_cast<std::size_t>(n), 0.0);
  row[static_cast<std::size_t>(n / 2)] = 1;
  return row;
}

bool any(std::int64_t) { return true; }
bool odd(std::int64_t n) { return n % 2 == 1; }
bool odd_from_3(std::int64_t n) { return n % 2 == 1 && n >= 3; }

/// A kernel that is a column times a row.
struct Separable {
  std::string_view name;
  Row (*column)(std::int64_t);
  Row (*row)(std::int64_t);
  bool (*legal_rows)(std::int64_t);
  bool (*legal_columns)(std::int64_t);
  bool own_channel;
  std::string_view sizes;
};
constexpr Separable kSeparable[] = {
    {"sobel-x", binomial, derivative, odd, odd_from_3, false, "odd sizes, 3 columns or more, 31 at most"},
    {"sobel-y", derivative, binomial, odd_from_3, odd, false, "odd sizes, 3 rows or more, 31 at most"},
    {"gaussian", gaussian, gaussian, any, any, false, "sizes up to 31"},
    {"box", box, box, any, any, false, "sizes up to 31"},
    {"identity", middle, middle, odd, odd, true, "odd sizes up to 31"},
    {"bilinear", interpolation, interpolation, any, any, true, "sizes up to 31"},
};

/// A kernel written out.
struct Fixed {
  std::string_view name;
  std::array<double, 9> plane;
  std::array<double, 3> strip;  ///< for one axis; empty (all 0) when there is none
  std::string_view sizes;
};
constexpr Fixed kFixed[] = {
    {"sharpen", {0, -1, 0, -1, 5, -1, 0, -1, 0}, {-1, 3, -1}, "size 3"},
    {"laplacian", {0, 1, 0, 1, -4, 1, 0, 1, 0}, {1, -2, 1}, "size 3"},
    {"emboss", {-2, -1, 0, -1, 1, 1, 0, 1, 2}, {}, "size 3x3, two axes"},
};

[[noreturn]] void refuse(std::string_view name, std::string_view sizes, const Cell& size, int dims) {
  const std::string asked = dims == 1 ? fmt::format("{}", size[2]) : fmt::format("{}x{}", size[1], size[2]);
  throw base::Error(base::ErrorKind::impossible, fmt::format("{} has no kernel of size {}", name, asked),
                    fmt::format("{} has {}", name, sizes));
}

Row plane_of(const Separable& rule, const Cell& size, int dims) {
  const bool fits =
      size[1] <= kLargest && size[2] <= kLargest && rule.legal_rows(size[1]) && rule.legal_columns(size[2]);
  if (!fits) refuse(rule.name, rule.sizes, size, dims);
  const Row column = rule.column(size[1]), row = rule.row(size[2]);
  Row plane;
  for (double down : column)
    for (double across : row) plane.push_back(down * across + 0.0);  // no -0
  return plane;
}

Row plane_of(const Fixed& rule, const Cell& size, int dims) {
  const bool strip = dims == 1 && size[2] == 3 && rule.strip[1] != 0;
  if (strip) return {rule.strip.begin(), rule.strip.end()};
  if (dims == 1 || size[1] != 3 || size[2] != 3) refuse(rule.name, rule.sizes, size, dims);
  return {rule.plane.begin(), rule.plane.end()};
}

void put(numerics::Kernel& kernel, const Row& plane, bool own_channel) {
  for (std::int64_t o = 0; o < kernel.outer; ++o)
    for (std::int64_t i = 0; i < kernel.inner; ++i)
      if (!own_channel || o % kernel.inner == i)
        std::copy(plane.begin(), plane.end(),
                  kernel.values.begin() + static_cast<std::ptrdiff_t>(kernel.offset(o, i, {})));
}

}  // namespace

void fill(numerics::Kernel& kernel, const NamedKernel& named, int dims) {
  for (const Separable& rule : kSeparable)
    if (rule.name == named.name) put(kernel, plane_of(rule, kernel.size, dims), rule.own_channel);
  for (const Fixed& rule : kFixed)
    if (rule.name == named.name) put(kernel, plane_of(rule, kernel.size, dims), false);
}

std::string_view legal_sizes(std::string_view name) {
  for (const Separable& rule : kSeparable)
    if (rule.name == name) return rule.sizes;
  for (const Fixed& rule : kFixed)
    if (rule.name == name) return rule.sizes;
  return {};
}

}  // namespace convreel::data
