// The numbers of a layer: feature maps and kernels, row-major doubles.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "numerics/axes.hpp"

namespace convreel::numerics {

/// A feature map, shape [channels, depth, rows, columns].
struct Map {
  std::int64_t channels = 1;
  Cell size{1, 1, 1};
  std::vector<double> values;  ///< channels * area(size)

  Map() = default;
  Map(std::int64_t c, Cell s, double fill = 0.0)
      : channels(c), size(s), values(static_cast<std::size_t>(c * area(s)), fill) {}

  [[nodiscard]] std::size_t offset(const Place& p) const { return static_cast<std::size_t>(flat(p, size)); }
  [[nodiscard]] double at(const Place& p) const { return values[offset(p)]; }
  [[nodiscard]] double& at(const Place& p) { return values[offset(p)]; }
  bool operator==(const Map&) const = default;
};

/// A map that several layers hold: what one gives is what the next one reads.
using SharedMap = std::shared_ptr<const Map>;

/// A kernel, shape [outer, inner, depth, rows, columns]. Convolution: [C_out, C_in/groups, ...]; transposed
/// convolution: [C_in, C_out/groups, ...] (PyTorch's layouts). Pooling has none (outer = 0).
struct Kernel {
  std::int64_t outer = 0, inner = 0;
  Cell size{1, 1, 1};
  std::vector<double> values;  ///< outer * inner * area(size)

  Kernel() = default;
  Kernel(std::int64_t o, std::int64_t i, Cell s, double fill = 0.0)
      : outer(o), inner(i), size(s), values(static_cast<std::size_t>(o * i * area(s)), fill) {}

  [[nodiscard]] bool empty() const { return values.empty(); }
  [[nodiscard]] std::size_t offset(std::int64_t o, std::int64_t i, const Cell& tap) const {
    return static_cast<std::size_t>((o * inner + i) * area(size) + flat(tap, size));
  }
  [[nodiscard]] double at(std::int64_t o, std::int64_t i, const Cell& tap) const { return values[offset(o, i, tap)]; }
  [[nodiscard]] double& at(std::int64_t o, std::int64_t i, const Cell& tap) { return values[offset(o, i, tap)]; }
  bool operator==(const Kernel&) const = default;
};

}  // namespace convreel::numerics
