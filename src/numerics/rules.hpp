// THE table of frameworks: what each allows and what it means by a word or by silence. A layer's numbers are the same
// under all of them; whose rules they have to obey is `Layer::rules`.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace convreel::numerics {

enum class Rules { pytorch, onnx, keras, jax };

/// How much padding a pooling window may have on a side.
enum class PoolPadding { half_the_kernel, less_than_the_kernel };

struct RulesRow {
  Rules rules = Rules::pytorch;
  std::string_view name, title;  ///< "onnx", "ONNX"

  // What is legal.
  PoolPadding pool_padding = PoolPadding::half_the_kernel;
  bool padding_by_number = true;  ///< otherwise a layer is padded as `valid`, `same` or `causal` say
  bool copying_modes = false;     ///< reflect and circular padding
  bool replicate_mode = false;
  bool grouped_transposed = true;  ///< a transposed layer may have groups
  bool strides_and_dilates = true;
  bool dilated_pooling = true;
  bool ceil_mode = true;
  bool counts_by_choice = true;  ///< whether a mean counts its padding may be chosen
  bool own_divisor = false;
  bool output_padding = true;                ///< a transposed layer has it
  bool output_padding_below_stride = false;  ///< otherwise below the stride or the dilation

  // What is meant.
  bool valid_gives_strides = true;  ///< a transposed layer's `valid` is o = (i - 1)s + max(ke, s), as TensorFlow has it
  bool same_takes_strides = true;   ///< `same` is o = ceil(i / s), transposed o = i * s, and not stride 1 alone
  bool pads_same_by_default = false;  ///< layers with weights
  bool pools_by_kernel = true;        ///< a pooling's stride is its kernel unless said; 1 otherwise
  bool mean_counts_padding = true;    ///< unless said
  bool turns_kernel = true;           ///< a transposed layer turns it, unless said
  bool pads_stretched = false;  ///< a transposed layer's numbers are the padding of the stretched input, not the crop
  bool crops_to_size = false;   ///< a wanted output size decides a transposed layer's crop, not its output padding
};

// Sources. PyTorch: torch/nn/modules/conv.py and pooling.py, ATen/native/Pool.h. ONNX: docs/Operators.md (Conv,
// ConvTranspose, MaxPool, AveragePool) sets no bound to pooling's pads; onnxruntime asks that pads are smaller than the
// kernel. Keras 3: layers/convolutional/base_conv.py, base_conv_transpose.py, layers/pooling, and
// backend/common/backend_utils.py. JAX: lax.conv_transpose, lax.conv_general_dilated, lax.reduce_window, and Flax's
// linen.Conv, ConvTranspose, pooling.py.
inline constexpr std::array kRules{
    RulesRow{.rules = Rules::pytorch,
             .name = "pytorch",
             .title = "PyTorch",
             .copying_modes = true,
             .replicate_mode = true,
             .own_divisor = true,
             .same_takes_strides = false},
    RulesRow{.rules = Rules::onnx,
             .name = "onnx",
             .title = "ONNX",
             .pool_padding = PoolPadding::less_than_the_kernel,
             .valid_gives_strides = false,
             .pools_by_kernel = false,
             .mean_counts_padding = false,
             .crops_to_size = true},
    RulesRow{.rules = Rules::keras,
             .name = "keras",
             .title = "Keras",
             .pool_padding = PoolPadding::less_than_the_kernel,
             .padding_by_number = false,
             .grouped_transposed = false,
             .strides_and_dilates = false,
             .dilated_pooling = false,
             .ceil_mode = false,
             .counts_by_choice = false,
             .output_padding_below_stride = true,
             .mean_counts_padding = false},
    RulesRow{.rules = Rules::jax,
             .name = "jax",
             .title = "JAX",
             .pool_padding = PoolPadding::less_than_the_kernel,
             .copying_modes = true,
             .grouped_transposed = false,
             .dilated_pooling = false,
             .ceil_mode = false,
             .output_padding = false,
             .pads_same_by_default = true,
             .pools_by_kernel = false,
             .turns_kernel = false,
             .pads_stretched = true},
};

[[nodiscard]] constexpr const RulesRow& row_of(Rules rules) { return kRules[static_cast<std::size_t>(rules)]; }
static_assert([] {
  for (const RulesRow& row : kRules)
    if (&row_of(row.rules) != &row) return false;
  return true;
}());

inline constexpr auto kRulesNames = [] {
  std::array<std::string_view, kRules.size()> names;
  for (std::size_t n = 0; n < names.size(); ++n) names[n] = kRules[n].name;
  return names;
}();

}  // namespace convreel::numerics
