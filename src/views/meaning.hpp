// What drawn cells stand for, as data for everybody who shows a picture: which cells of a layer's tensors.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "numerics/axes.hpp"
#include "numerics/trace.hpp"

namespace convreel::views {

enum class Tensor : std::uint8_t { input, kernel, output };

/// The channels that a cell is of: an input's or an output's own, both for a kernel's. One left open is every channel
/// that the layer joins with the other.
struct Channels {
  std::optional<std::int64_t> in, out;

  bool operator==(const Channels&) const = default;
};

/// Depth, row, column in the tensor. An input's may lie outside (padding) or, as a fraction, between two (a zero that
/// was inserted); a kernel's are those of the stored tensor.
using Position = std::array<double, numerics::kAxes>;

[[nodiscard]] constexpr Position position(const numerics::Cell& cell) {
  return {static_cast<double>(cell[0]), static_cast<double>(cell[1]), static_cast<double>(cell[2])};
}

struct TensorCell {
  Tensor tensor = Tensor::input;
  Channels channels;
  Position at{};
  std::size_t stage = 0;  ///< whose tensor, where several layers are shown

  bool operator==(const TensorCell&) const = default;
};

/// A grid whose cells "<grid>.<channel>.<row>.<column>" (with three axes the depth before the row) are one tensor's:
/// drawn = origin + spacing * position, the spacing negative for a kernel that is turned.
struct GridMeaning {
  std::string grid;
  Tensor tensor = Tensor::input;
  std::vector<Channels> channels;  ///< of every drawn channel
  numerics::Cell origin{}, spacing{1, 1, 1};
  std::size_t stage = 0;  ///< whose tensor, where several layers are shown
};

/// A cell by itself, when it stands for several at once. Those of one tensor are alternatives, those of several
/// tensors belong together, such as the factors of a product.
struct CellMeaning {
  std::string id;
  std::vector<TensorCell> cells;
};

struct Meaning {
  std::vector<GridMeaning> grids;
  std::vector<CellMeaning> cells;
  /// What cells stand for in another layer than the one that is shown.
  std::vector<Meaning> elsewhere = {};
  const numerics::Trace* layer = nullptr;  ///< that other layer, in an entry of `elsewhere`
};

}  // namespace convreel::views
