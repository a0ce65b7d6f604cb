// The words for a kind of layer and its axes: commands, the `layer` key, sweep axes.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "job/job_spec.hpp"

namespace convreel::job {

struct LayerRow {
  std::string name;        ///< "conv-transpose2d"; also the command
  std::string short_name;  ///< "transpose"; empty unless the layer has two axes
  std::string misnomer;    ///< "deconv2d"; empty for most
  std::string torch_name;  ///< "ConvTranspose2d"
  std::string keras_name;  ///< "Conv2DTranspose"
  LayerName layer;
  std::string summary;
};
[[nodiscard]] std::span<const LayerRow> layer_rows();

/// By name, short name, misnomer or PyTorch's name, '-' and '_' and case alike. Empty when unknown.
[[nodiscard]] std::optional<LayerName> layer_named(std::string_view text);
/// "conv-transpose2d".
[[nodiscard]] std::string_view name(const LayerName& layer);
/// "ConvTranspose2d".
[[nodiscard]] std::string_view torch_name(const LayerName& layer);

/// "one axis", "two axes", "three axes".
[[nodiscard]] std::string_view axes_words(int dims);

/// False for an option that only other kinds of layer have; resolve() refuses it.
[[nodiscard]] bool has_option(const LayerName& layer, std::string_view option);

}  // namespace convreel::job
