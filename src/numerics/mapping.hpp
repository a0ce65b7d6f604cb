// Layers of a stack that no kernel window makes: functions of one value, cells that move, resizing, adaptive windows,
// and those of which only the shape is told. Each output is still made from terms, so that all layers answer alike.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "numerics/axes.hpp"
#include "numerics/tensor.hpp"
#include "numerics/trace.hpp"

namespace convreel::numerics {

enum class MappingKind {
  relu,
  leaky_relu,
  clip,
  sigmoid,
  tanh,
  batch_norm,
  identity,
  dropout,
  upsample,
  pixel_shuffle,
  pixel_unshuffle,
  max_unpool,
  adaptive_avg_pool,
  adaptive_max_pool,
  zero_pad,
  flatten,
  linear
};

/// A map's shape; `flat`: its values in a row without axes, `channels` of them.
struct Shape {
  std::int64_t channels = 1;
  Cell size{1, 1, 1};
  bool flat = false;

  [[nodiscard]] std::int64_t values() const { return channels * area(size); }
  bool operator==(const Shape&) const = default;
};

/// How an upsampled value is made: of the nearest cell, or of two or four along each axis.
enum class Resizing { nearest, linear, cubic };

/// PyTorch's parameters of such a layer; which ones count is the kind's.
struct Mapping {
  MappingKind kind = MappingKind::identity;
  std::string name;  ///< as written: "UpsamplingBilinear2d"
  int dims = 2;
  Shape input;

  std::array<std::optional<double>, kAxes> scale{};     ///< upsample, where no size is wanted
  std::array<std::optional<std::int64_t>, kAxes> size;  ///< upsample, adaptive pooling; empty: the input's
  Resizing resizing = Resizing::nearest;                ///< upsample
  bool align_corners = false;                           ///< upsample
  bool recomputes = false;    ///< upsample: positions follow from the sizes, not from the scale
  std::int64_t factor = 1;    ///< pixel shuffle
  bool blocks_first = false;  ///< pixel shuffle: the place in its block counts before the channel (ONNX's DCR)
  Cell kernel{1, 1, 1}, stride{1, 1, 1};  ///< max unpool
  Padding padding{};                      ///< max unpool, zero pad; negative sides are cut off
  std::optional<Cell> unpooled;           ///< max unpool: the size that its pool read
  std::vector<std::int64_t> sources;      ///< max unpool: for each output value the number of the input's, -1 for none
  double slope = 0.01;                    ///< leaky ReLU
  double low = -1, high = 1;              ///< clip
  double epsilon = 1e-5;                  ///< batch norm, as the next four; one number a channel or none
  std::vector<double> mean, variance, weight, bias;
  bool affine = true;                              ///< batch norm, linear: has parameters of its own
  std::int64_t in_features = 0, out_features = 0;  ///< batch norm (in), linear
};

/// Positions first..last along one axis, which may lie outside of the map.
struct Span {
  std::int64_t first = 0, last = 0;

  [[nodiscard]] std::int64_t size() const { return last - first + 1; }
};

/// What sets a kind apart.
struct MappingRow {
  MappingKind kind;
  std::string_view name;     ///< the trace's word
  std::string_view summary;  ///< what it does, in a few words
  Shape (*output)(const Mapping&);
  /// The terms of an output: which cells, with which weights.
  void (*read)(const Mapping&, const Map&, Step&);
  /// What the terms come to: sets the step's sum, and its winner or divisor.
  void (*reduce)(const Mapping&, Step&);
  /// The input positions that output positions depend on.
  Span (*span)(const Mapping&, int axis, Span outputs);
  /// Input cells from one output cell to the next.
  double (*jump)(const Mapping&, int axis);
  bool combines = false;  ///< several cells make an output, so that steps tell something
  bool shape_only = false;
};
[[nodiscard]] const MappingRow& row_of(const Mapping& mapping);

/// True for a function of one value each.
[[nodiscard]] bool elementwise(const Mapping& mapping);

/// What batch norm does to a channel: (x - mean) / sqrt(variance + epsilon) * weight + bias, as PyTorch documents it.
/// What the layer does not give is what PyTorch begins with.
struct Normalisation {
  double mean = 0, variance = 1, epsilon = 1e-5, weight = 1, bias = 0;

  [[nodiscard]] double deviation() const;
  [[nodiscard]] double slope() const { return weight / deviation(); }
};
[[nodiscard]] Normalisation normalisation(const Mapping& mapping, std::int64_t channel);

/// The derivative of a function of one value at a step; 1 for layers that are none.
[[nodiscard]] double slope_at(const Mapping& mapping, const Step& step);

/// Why this layer cannot read what it is given, in a sentence each; empty when it can.
[[nodiscard]] std::vector<base::Problem> check(const Mapping& mapping);

/// The whole output; without values where the input has none or the kind only has a shape.
[[nodiscard]] Map mapped(const Mapping& mapping, const Map& input);
/// One output value; the mapping must give values.
[[nodiscard]] Step step_of(const Mapping& mapping, const Map& input, const Map& output, std::int64_t index);

[[nodiscard]] std::int64_t parameter_count(const Mapping& mapping);
[[nodiscard]] std::int64_t multiplication_count(const Mapping& mapping);

/// For each value of an unpooling's output the number of the one that `pool` found there, -1 for none.
[[nodiscard]] std::vector<std::int64_t> unpool_sources(const Trace& pool);

/// The input positions of an adaptive window: floor(y i / o) up to ceil((y + 1) i / o).
[[nodiscard]] Span adaptive_window(std::int64_t input, std::int64_t output, std::int64_t y);
/// The kernel size and stride whose windows are the adaptive ones; empty where no fixed ones are.
struct FixedWindow {
  std::int64_t kernel = 1, stride = 1;
};
[[nodiscard]] std::optional<FixedWindow> fixed_window(std::int64_t input, std::int64_t output);

}  // namespace convreel::numerics
