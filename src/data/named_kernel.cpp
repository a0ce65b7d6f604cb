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

/// A kernel that is a product of one row of numbers an axis.
struct Separable {
  std::string_view name;
  Row (*depth)(std::int64_t);
  Row (*rows)(std::int64_t);
  Row (*columns)(std::int64_t);
  bool (*legal_depth)(std::int64_t);
  bool (*legal_rows)(std::int64_t);
  bool (*legal_columns)(std::int64_t);
  bool own_channel;
  std::string_view sizes;
};
constexpr Separable kSeparable[] = {
    {"sobel-x", binomial, binomial, derivative, odd, odd, odd_from_3, false,
     "odd sizes, 3 columns or more, 31 at most"},
    {"sobel-y", binomial, derivative, binomial, odd, odd_from_3, odd, false, "odd sizes, 3 rows or more, 31 at most"},
    {"gaussian", gaussian, gaussian, gaussian, any, any, any, false, "sizes up to 31"},
    {"box", box, box, box, any, any, any, false, "sizes up to 31"},
    {"identity", middle, middle, middle, odd, odd, odd, true, "odd sizes up to 31"},
    {"bilinear", interpolation, interpolation, interpolation, any, any, any, true, "sizes up to 31"},
};

/// A kernel of size 3 with numbers at the middle and at its nearest neighbours along every axis. The middle makes the
/// sum of all.
struct Star {
  std::string_view name;
  double neighbour, sum;
  std::string_view sizes;
};
constexpr Star kStars[] = {{"sharpen", -1, 1, "size 3"}, {"laplacian", 1, 0, "size 3"}};

constexpr std::string_view kEmboss = "emboss", kEmbossSizes = "size 3x3, two axes";
constexpr std::array<double, 9> kEmbossPlane = {-2, -1, 0, -1, 1, 1, 0, 1, 2};

[[noreturn]] void refuse(std::string_view name, std::string_view sizes, const Cell& size, int dims) {
  throw base::Error(base::ErrorKind::impossible,
                    fmt::format("{} has no kernel of size {}", name, fmt::join(size.end() - dims, size.end(), "x")),
                    fmt::format("{} has {}", name, sizes));
}

Row values_of(const Separable& rule, const Cell& size, int dims) {
  const bool small = *std::max_element(size.begin(), size.end()) <= kLargest;
  if (!small || !rule.legal_depth(size[0]) || !rule.legal_rows(size[1]) || !rule.legal_columns(size[2]))
    refuse(rule.name, rule.sizes, size, dims);
  const Row depth = rule.depth(size[0]), rows = rule.rows(size[1]), columns = rule.columns(size[2]);
  Row values;
  for (double through : depth)
    for (double down : rows)
      for (double across : columns) values.push_back(through * down * across + 0.0);  // no -0
  return values;
}

Row values_of(const Star& rule, const Cell& size, int dims) {
  if (std::any_of(size.end() - dims, size.end(), [](std::int64_t n) { return n != 3; }))
    refuse(rule.name, rule.sizes, size, dims);
  Row values;
  numerics::each_cell(size, [&](const Cell& tap) {
    std::int64_t away = 0;
    for (int a = numerics::first_axis(dims); a < numerics::kAxes; ++a) away += std::abs(tap[a] - 1);
    values.push_back(away == 0 ? rule.sum - 2 * dims * rule.neighbour : away == 1 ? rule.neighbour : 0);
  });
  return values;
}

void put(numerics::Kernel& kernel, const Row& values, bool own_channel) {
  for (std::int64_t o = 0; o < kernel.outer; ++o)
    for (std::int64_t i = 0; i < kernel.inner; ++i)
      if (!own_channel || o % kernel.inner == i)
        std::copy(values.begin(), values.end(),
                  kernel.values.begin() + static_cast<std::ptrdiff_t>(kernel.offset(o, i, {})));
}

}  // namespace

void fill(numerics::Kernel& kernel, const NamedKernel& named, int dims) {
  for (const Separable& rule : kSeparable)
    if (rule.name == named.name) put(kernel, values_of(rule, kernel.size, dims), rule.own_channel);
  for (const Star& rule : kStars)
    if (rule.name == named.name) put(kernel, values_of(rule, kernel.size, dims), false);
  if (named.name != kEmboss) return;
  if (kernel.size != Cell{1, 3, 3}) refuse(kEmboss, kEmbossSizes, kernel.size, dims);
  put(kernel, {kEmbossPlane.begin(), kEmbossPlane.end()}, false);
}

std::string_view legal_sizes(std::string_view name) {
  for (const Separable& rule : kSeparable)
    if (rule.name == name) return rule.sizes;
  for (const Star& rule : kStars)
    if (rule.name == name) return rule.sizes;
  return name == kEmboss ? kEmbossSizes : std::string_view{};
}

}  // namespace convreel::data
