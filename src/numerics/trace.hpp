// A layer with its numbers, computed: the output, and for every output cell the products that made it.
// One rule serves every kind: big = stride * small + dilation * tap - pad, where big is the input and small the output
// of a convolution or pooling, and the other way round for a transposed convolution.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "numerics/layer.hpp"
#include "numerics/tensor.hpp"

namespace convreel::numerics {

/// One product x * w (or one candidate of a pooling window).
struct Term {
  /// The input cell that is read. Empty for zero padding and for a pooling window's overhang.
  std::optional<Place> input;
  /// Where the window looks, in input coordinates; outside the map for padding. Channel as in `input`.
  Place looked_at;
  /// Index into the kernel: [outer, inner, tap]. Pooling: outer and inner are 0 and `tap` is the place in the window.
  std::int64_t outer = 0, inner = 0;
  Cell tap{};
  double x = 0.0;  ///< the input value; the row's `padding` for padding that copies no input
  double w = 1.0;  ///< the weight; 1 for pooling
};

/// How one output value came about.
struct Step {
  std::int64_t index = 0;  ///< row-major over [channel, depth, rows, columns] of the output
  Place output;
  std::vector<Term> terms;  ///< input channel by input channel, taps row-major
  double bias = 0.0;
  double divisor = 1.0;               ///< average pooling: what the sum is divided by
  std::optional<std::size_t> winner;  ///< max pooling: index into terms (first maximum; NaN wins)
  double sum = 0.0;                   ///< the output value: bias included, divided, or the maximum
};

/// Immutable once made; all questions are const and safe from several threads.
class Trace {
 public:
  /// Computes the output. Throws Error{impossible} for a layer that check() refuses or for tensors whose shape is not
  /// the layer's. `bias` is empty or has out_channels values. Pooling takes an empty kernel and no bias.
  Trace(Layer layer, Map input, Kernel kernel, std::vector<double> bias);
  /// The same over a map that somebody else holds too: the output of the layer before.
  Trace(Layer layer, SharedMap input, Kernel kernel, std::vector<double> bias);

  [[nodiscard]] const Layer& layer() const { return layer_; }
  [[nodiscard]] const Geometry& geometry() const { return geometry_; }
  [[nodiscard]] const Map& input() const { return *input_; }
  [[nodiscard]] const Kernel& kernel() const { return kernel_; }
  [[nodiscard]] const std::vector<double>& bias() const { return bias_; }
  [[nodiscard]] const Map& output() const { return *output_; }
  [[nodiscard]] const SharedMap& shared_output() const { return output_; }

  /// The kernel's entry between two channels, `tap` as it is stored; 1 for a layer without weights.
  [[nodiscard]] double weight(std::int64_t output_channel, std::int64_t input_channel, const Cell& tap) const;

  [[nodiscard]] std::int64_t step_count() const { return output_->channels * area(output_->size); }
  /// The products of output number `index`. Computed on demand, so that no trace outgrows its tensors.
  [[nodiscard]] Step step(std::int64_t index) const;

  /// Input cells that no window reads, exactly, in row-major order.
  [[nodiscard]] std::vector<Place> unread() const;
  /// Products each output spatial cell receives from one input channel (padding's not counted); channels = 1.
  [[nodiscard]] Map overlap() const;
  /// The same for a transposed layer before its crop, size geometry().full; the output's otherwise.
  [[nodiscard]] Map overlap_before_crop() const;

 private:
  Layer layer_;
  Geometry geometry_;
  SharedMap input_;
  Kernel kernel_;
  std::vector<double> bias_;
  SharedMap output_;
};

/// Input channels [first, last) that output channel `channel` reads.
struct ChannelRange {
  std::int64_t first = 0, last = 0;
};
[[nodiscard]] ChannelRange channels_read(const Layer& layer, std::int64_t output_channel);

/// Where a padding mode looks for position t of a row of n cells: nothing for zeros outside the row.
[[nodiscard]] std::optional<std::int64_t> padded_index(std::int64_t t, std::int64_t n, PaddingMode mode);

}  // namespace convreel::numerics
