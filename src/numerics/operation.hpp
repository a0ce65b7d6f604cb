// A layer without its numbers, a window layer or a mapping: shapes, fields and costs follow from its parameters alone,
// also where nobody computes its values. Layers may be wired to any layers before them.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "numerics/layer.hpp"
#include "numerics/mapping.hpp"

namespace convreel::numerics {

/// A view of one of the two; of neither: what passes its values on, or only their shape.
struct Operation {
  const Layer* layer = nullptr;
  const Mapping* mapping = nullptr;
  bool bias = false;  ///< the window layer adds one

  [[nodiscard]] int dims() const;
  /// PyTorch's name: "Conv2d".
  [[nodiscard]] std::string name() const;
  /// The trace's word: "conv", "relu".
  [[nodiscard]] std::string_view kind() const;
  /// Of one of the two.
  [[nodiscard]] Shape input_shape() const;
  [[nodiscard]] Shape output_shape() const;

  /// With bias where it has one.
  [[nodiscard]] std::int64_t parameters() const;
  /// Multiplications by a number of its own.
  [[nodiscard]] std::int64_t multiplications() const;

  /// The input positions along an axis that outputs first..last depend on, as if the map had no border.
  [[nodiscard]] Span span(int axis, Span outputs) const;
  /// Input cells from one output cell to the next.
  [[nodiscard]] double jump(int axis) const;
};

/// Reads the chain's input.
inline constexpr std::size_t kChainInput = static_cast<std::size_t>(-1);

/// An operation and whose outputs it reads: numbers of earlier ones, or kChainInput.
struct Wired {
  Operation operation;
  Shape output;
  std::vector<std::size_t> reads;
};

/// What an output cell of a chain's stage sees of the chain's input, along each axis.
struct ReceptiveField {
  std::array<std::int64_t, kAxes> size{1, 1, 1};  ///< input cells, as if the input had no border
  std::array<double, kAxes> jump{1, 1, 1};        ///< input cells from one output cell to the next
  std::array<double, kAxes> start{};              ///< the middle of the first output cell's field, in input cells
  bool whole = false;                             ///< sees everything: a linear layer
};
/// One an operation, in order. The size is the largest that any output cell has; of several inputs the widest counts.
[[nodiscard]] std::vector<ReceptiveField> receptive_fields(const std::vector<Wired>& wired, const Shape& input);

}  // namespace convreel::numerics
