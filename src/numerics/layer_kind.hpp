// THE table of layer kinds: one row a kind says all that sets it apart. Who asks, asks for a fact of the row and not
// which kind it is, so that a new kind is a row here and, where windows are combined in a new way, a reducer.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>

#include "numerics/axes.hpp"
#include "numerics/reducers.hpp"

namespace convreel::numerics {

enum class LayerKind { conv, conv_transpose, max_pool, avg_pool };

/// The numbers that a layer has when nobody gives any, chosen to teach.
enum class Sample { none, small_numbers, signed_numbers, digits, ramp, edges, corner };

struct KindRow {
  LayerKind kind = LayerKind::conv;
  std::string_view name;                    ///< the trace's word
  std::string_view command, short_command;  ///< "conv-transpose" of "conv-transpose2d"; the short one has two axes
  std::string_view misnomer = {};           ///< "deconv", which people say for it
  std::string_view torch_name;              ///< "ConvTranspose" of "ConvTranspose2d"
  std::string_view keras_name;              ///< "Conv{}DTranspose", the number of axes in the place of {}
  std::string_view onnx_name;
  std::string_view title, flipped_title = {};  ///< "convolution"; with its kernel flipped "true convolution"
  std::string_view family, summary;            ///< "standard", "transposed", "pooling"; "maximum of each window"
  int least_axes = 1, most_axes = kAxes;

  bool swapped = false;                   ///< big is the output and small the input
  Reducer reduce = sum_products;          ///< how a window's products become one number
  std::string_view reduced_by = {};       ///< "max", the sign between window and output; the sum of products needs none
  std::string_view result = {};           ///< "maximum"; likewise
  bool picks = false;                     ///< one of the values wins; otherwise the output is linear in them
  bool divides = false;                   ///< the sum is divided, by the window's cells unless somebody says otherwise
  std::optional<LayerKind> adjoint = {};  ///< the kind that goes back with the same kernel
  double padding = 0;                     ///< what a cell of padding counts as, unless a padding mode copies an input
  bool weights = false;                   ///< kernel and bias; without them a window's values are taken as they are
  bool mixes_channels = false;            ///< an output reads its group's channels; otherwise its own channel alone
  bool padding_modes = false;             ///< padding may copy inputs, or be PyTorch's 'same'
  bool dilates = false;
  bool pools = false;  ///< PyTorch's pooling windows: stride k unless given, padding up to half of k, ceil mode

  std::int64_t default_size = 5;  ///< of the input, along every axis
  Sample default_input, default_kernel = Sample::none;
  std::string_view torch_parameters;  ///< in PyTorch's order, as options call them
  int torch_required = 1;             ///< so many of them, from the first, have no default
};

inline constexpr std::array kLayerKinds{
    KindRow{.kind = LayerKind::conv,
            .name = "conv",
            .command = "conv",
            .short_command = "conv",
            .torch_name = "Conv",
            .keras_name = "Conv{}D",
            .onnx_name = "Conv",
            .title = "convolution",
            .flipped_title = "true convolution",
            .family = "standard",
            .summary = "convolution (cross-correlation)",
            .adjoint = LayerKind::conv_transpose,
            .weights = true,
            .mixes_channels = true,
            .padding_modes = true,
            .dilates = true,
            .default_input = Sample::small_numbers,
            .default_kernel = Sample::edges,
            .torch_parameters = "in_channels out_channels kernel_size stride padding dilation groups bias padding_mode "
                                "device dtype",
            .torch_required = 3},
    KindRow{.kind = LayerKind::conv_transpose,
            .name = "conv_transpose",
            .command = "conv-transpose",
            .short_command = "transpose",
            .misnomer = "deconv",
            .torch_name = "ConvTranspose",
            .keras_name = "Conv{}DTranspose",
            .onnx_name = "ConvTranspose",
            .title = "transposed convolution",
            .flipped_title = "transposed convolution, kernel flipped",
            .family = "transposed",
            .summary = "transposed convolution",
            .swapped = true,
            .adjoint = LayerKind::conv,
            .weights = true,
            .mixes_channels = true,
            .dilates = true,
            .default_size = 3,
            .default_input = Sample::ramp,
            .default_kernel = Sample::corner,
            .torch_parameters = "in_channels out_channels kernel_size stride padding output_padding groups bias "
                                "dilation padding_mode device dtype",
            .torch_required = 3},
    KindRow{.kind = LayerKind::max_pool,
            .name = "max_pool",
            .command = "max-pool",
            .short_command = "max-pool",
            .torch_name = "MaxPool",
            .keras_name = "MaxPooling{}D",
            .onnx_name = "MaxPool",
            .title = "max pooling",
            .family = "pooling",
            .summary = "maximum of each window",
            .reduce = take_maximum,
            .reduced_by = "max",
            .result = "maximum",
            .picks = true,
            .padding = -std::numeric_limits<double>::infinity(),
            .dilates = true,
            .pools = true,
            .default_input = Sample::digits,
            .torch_parameters = "kernel_size stride padding dilation return_indices ceil_mode"},
    KindRow{.kind = LayerKind::avg_pool,
            .name = "avg_pool",
            .command = "avg-pool",
            .short_command = "avg-pool",
            .torch_name = "AvgPool",
            .keras_name = "AveragePooling{}D",
            .onnx_name = "AveragePool",
            .title = "average pooling",
            .family = "pooling",
            .summary = "mean of each window",
            .reduce = take_mean,
            .reduced_by = "mean",
            .result = "mean",
            .divides = true,
            .pools = true,
            .default_input = Sample::digits,
            .torch_parameters = "kernel_size stride padding ceil_mode count_include_pad divisor_override"},
};

[[nodiscard]] constexpr const KindRow& row_of(LayerKind kind) { return kLayerKinds[static_cast<std::size_t>(kind)]; }
static_assert([] {
  for (const KindRow& row : kLayerKinds)
    if (&row_of(row.kind) != &row) return false;
  return true;
}());

}  // namespace convreel::numerics
