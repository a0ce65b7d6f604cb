// A layer's parameters, what makes them impossible, and the sizes that follow. Knows no values.
// Symbols are per axis: i input, k kernel, s stride, p padding, d dilation, op output padding, o output,
// ke = d(k-1)+1 effective kernel, z = s-1 inserted zeros, p' = ke-1-p padding of the equivalent stride-1 convolution.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "numerics/axes.hpp"
#include "numerics/layer_kind.hpp"
#include "numerics/rules.hpp"

namespace convreel::numerics {

enum class PaddingMode { zeros, reflect, replicate, circular };

/// PyTorch's word.
[[nodiscard]] std::string_view name(PaddingMode mode);

struct Layer {
  LayerKind kind = LayerKind::conv;
  Rules rules = Rules::pytorch;
  int dims = 2;  ///< spatial axes in use: 1, 2 or 3
  Cell input{1, 5, 5};
  Cell kernel{1, 3, 3};
  Cell stride{1, 1, 1};
  Cell dilation{1, 1, 1};
  /// Zeros (or `padding_mode` values) around the input; for a transposed layer the cells its output loses.
  Padding padding{};
  Cell output_padding{0, 0, 0};  ///< transposed only
  std::int64_t in_channels = 1, out_channels = 1, groups = 1;
  PaddingMode padding_mode = PaddingMode::zeros;
  bool ceil_mode = false;                        ///< pooling only
  bool count_include_pad = true;                 ///< average pooling only
  std::optional<std::int64_t> divisor_override;  ///< average pooling only
  bool flip_kernel = false;  ///< true convolution: w[k-1-u] in the place of w[u], transposed layers alike

  [[nodiscard]] constexpr const KindRow& row() const { return row_of(kind); }
  [[nodiscard]] constexpr bool transposed() const { return row().swapped; }
  /// Groups of channels that have nothing to do with each other.
  [[nodiscard]] constexpr std::int64_t channel_groups() const { return row().mixes_channels ? groups : in_channels; }
  bool operator==(const Layer&) const = default;
};

/// Why this layer cannot exist, every reason with its numbers and the nearest legal values; empty when it can.
/// The rules are `layer.rules`, plus asymmetric padding; where others allow the layer, the last hint names them. No
/// number may exceed 2^31 - 1, no map or kernel 2^31 values.
[[nodiscard]] std::vector<base::Problem> check(const Layer& layer);
/// True when check() has nothing to say, without looking for other rules.
[[nodiscard]] bool legal(const Layer& layer);
/// "--rules onnx or jax allows it", "--rules jax allows it": the rules but for `layer.rules` of which `allows` is true;
/// empty when none.
[[nodiscard]] std::string allowing_rules(const Layer& layer, const std::function<bool(const Layer&)>& allows);

/// The sizes that follow from a legal layer.
struct Geometry {
  Cell effective_kernel{1, 1, 1};  ///< ke
  Cell zeros_inserted{};           ///< z = s-1 for a transposed layer, else 0
  Cell spread{1, 1, 1};            ///< input with the zeros inserted: (i-1)s+1; the input's size otherwise
  Padding equivalent_padding{};    ///< p' (end side: p'+op) for a transposed layer, may be negative; p otherwise
  Cell stretched{1, 1, 1};         ///< the map the window slides over: spread plus equivalent padding
  Cell window_stride{1, 1, 1};     ///< 1 for a transposed layer, s otherwise
  Cell window_dilation{1, 1, 1};
  Cell full{1, 1, 1};    ///< transposed: (i-1)s+ke, before the crop; the output's size otherwise
  Cell output{1, 1, 1};  ///< o

  bool operator==(const Geometry&) const = default;
};

/// Throws base::Error{impossible} with all of check()'s problems when the layer is not legal.
[[nodiscard]] Geometry geometry(const Layer& layer);

/// The map on whose cells big = stride * small + dilation * tap - pad counts: a transposed layer's input.
[[nodiscard]] Cell small_size(const Layer& layer, const Geometry& geometry);

/// A kernel's first two axes.
struct KernelPlane {
  std::int64_t outer = 0, inner = 0;
  bool operator==(const KernelPlane&) const = default;
};
/// How many there are; none without weights.
[[nodiscard]] KernelPlane kernel_planes(const Layer& layer);
/// The one that joins an output channel with an input channel that it reads.
[[nodiscard]] KernelPlane kernel_plane(const Layer& layer, std::int64_t output_channel, std::int64_t input_channel);

/// The input sizes along `axis`, first to last, that give the same output size as this layer's (all parameters kept).
struct InputRange {
  std::int64_t first = 1, last = 1;
};
[[nodiscard]] InputRange input_range_with_same_output(const Layer& layer, int axis);
/// The same as a list, ascending; of a range longer than 65536 the first so many.
[[nodiscard]] std::vector<std::int64_t> inputs_with_same_output(const Layer& layer, int axis);

/// Legal output paddings along `axis` of a transposed layer: 0 .. max(s, d)-1, at most the first 65536.
[[nodiscard]] std::vector<std::int64_t> legal_output_paddings(const Layer& layer, int axis);

/// The remainder r = (i + pL + pR - ke) mod s along `axis`: padded cells at the end that no window reaches, and the
/// output padding with which the transposed layer gives i back. For a transposed layer r is that of the convolution
/// with the same parameters over its output.
[[nodiscard]] std::int64_t remainder(const Layer& layer, int axis);

[[nodiscard]] std::int64_t parameter_count(const Layer& layer, bool bias);
/// Both counts stop at the largest int64. Multiply-accumulates: conv o*C_out*C_in/g*k, transposed i*C_in*C_out/g*k
/// (before the crop); without weights the values that are looked at.
[[nodiscard]] std::int64_t product_count(const Layer& layer);

/// Padding rules by name, as the frameworks compute them for one axis.
/// PyTorch 'same' (stride must be 1, checked by the caller): total d(k-1), the odd one after.
[[nodiscard]] Sides same_padding(std::int64_t kernel, std::int64_t dilation);
/// TensorFlow's and ONNX's SAME for a convolution or pooling: o = ceil(i/s); `lower` puts the odd one before.
[[nodiscard]] Sides same_padding_strided(std::int64_t input, std::int64_t kernel, std::int64_t stride,
                                         std::int64_t dilation, bool lower);
/// TensorFlow's and ONNX's SAME for a transposed layer, o = i*s: the crop, and the output padding where ke < s.
struct TransposedSame {
  Sides crop;
  std::int64_t output_padding = 0;
};
[[nodiscard]] TransposedSame same_padding_transposed(std::int64_t kernel, std::int64_t stride, std::int64_t dilation,
                                                     bool lower);
/// The same for o = (i-1)s + `last`: what the last input adds to the output.
[[nodiscard]] TransposedSame cropped_to(std::int64_t kernel, std::int64_t dilation, std::int64_t last, bool lower);

}  // namespace convreel::numerics
