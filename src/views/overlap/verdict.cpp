#include "views/overlap/verdict.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <string>

#include "numerics/axis.hpp"

namespace convreel::views {

using numerics::Axis;

namespace {

struct Evenness {
  bool even = false, holes = false;
};

Evenness evenness(const Axis& axis) {
  // Beyond the period every residue that is hit at all is hit again in the same order.
  const std::int64_t shared = std::gcd(axis.d, axis.s), period = axis.s / shared;
  return {shared == 1 && axis.k % axis.s == 0, shared > 1 || axis.k < period};
}

std::string modulus(const Axis& axis) {
  if (const std::int64_t shared = std::gcd(axis.d, axis.s); shared > 1)
    return fmt::format("dilation {} and stride {} share the factor {}", axis.d, axis.s, shared);
  return fmt::format("{} mod {} = {}", axis.k, axis.s, axis.k % axis.s);
}

std::string consequence(const Layer& layer, const Evenness& found, bool checkerboard) {
  if (found.even) return "even inside";
  if (found.holes) return layer.transposed() ? "holes, outputs with no product" : "holes, cells that are never read";
  return checkerboard ? "uneven, a checkerboard" : "uneven, stripes";
}

bool alike(const Axis& a, const Axis& b) { return a.k == b.k && a.s == b.s && a.d == b.d; }

}  // namespace

std::vector<Verdict> overlap_verdicts(const Layer& layer) {
  const Axis rows = numerics::axis_of(layer, 1), columns = numerics::axis_of(layer, 2);
  const Evenness down = evenness(rows), across = evenness(columns);
  const bool checkerboard = layer.dims > 1 && !down.even && !across.even;
  const auto verdict = [&](const Axis& axis, const Evenness& found, std::string_view prefix) {
    return Verdict{found.even, fmt::format("{}{}: {}", prefix, modulus(axis), consequence(layer, found, checkerboard))};
  };
  if (layer.dims == 1 || alike(rows, columns)) return {verdict(columns, across, "")};
  return {verdict(rows, down, "rows: "), verdict(columns, across, "columns: ")};
}

}  // namespace convreel::views
