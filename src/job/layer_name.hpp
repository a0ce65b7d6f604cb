// The words for a kind of layer: commands, the `layer` key, sweep axes.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "job/job_spec.hpp"

namespace convreel::job {

struct LayerRow {
  std::string_view name;        ///< "conv-transpose2d"; also the command
  std::string_view short_name;  ///< "transpose"; empty for 1-D layers
  std::string_view torch_name;  ///< "ConvTranspose2d"
  LayerName layer;
  std::string_view summary;
};
[[nodiscard]] std::span<const LayerRow> layer_rows();

/// By name, short name or PyTorch's name, '-' and '_' and case alike; also "deconv1d" and "deconv2d", which people say
/// for a transposed convolution. Empty when unknown.
[[nodiscard]] std::optional<LayerName> layer_named(std::string_view text);
/// "conv-transpose2d".
[[nodiscard]] std::string_view name(const LayerName& layer);
/// "ConvTranspose2d".
[[nodiscard]] std::string_view torch_name(const LayerName& layer);

/// False for an option that only other kinds of layer have; resolve() refuses it.
[[nodiscard]] bool has_option(const LayerName& layer, std::string_view option);

}  // namespace convreel::job
