#include "explain/title.hpp"

#include <fmt/format.h>

namespace convreel::explain {

using numerics::Layer;

namespace {

bool depthwise(const Layer& layer) { return layer.groups > 1 && layer.groups == layer.in_channels; }

std::string channels_text(const Layer& layer) {
  if (layer.in_channels == 1 && layer.out_channels == 1) return {};
  if (layer.in_channels > 1 && (layer.out_channels == 1 || depthwise(layer) || !layer.row().mixes_channels) &&
      (layer.out_channels == 1 || layer.out_channels == layer.in_channels))
    return fmt::format(", {} channels", layer.in_channels);
  return fmt::format(", {} → {} channels", layer.in_channels, layer.out_channels);
}

}  // namespace

std::string layer_name(const Layer& layer) {
  const std::string name(layer.flip_kernel ? layer.row().flipped_title : layer.row().title);
  if (depthwise(layer)) return "depthwise " + name;
  return layer.groups > 1 ? "grouped " + name : name;
}

std::string capitalised(std::string words) {
  if (words[0] >= 'a' && words[0] <= 'z') words[0] = static_cast<char>(words[0] - 'a' + 'A');
  return words;
}

std::string layer_title(const Layer& layer) {
  std::string title = capitalised(layer_name(layer)) + channels_text(layer);
  if (layer.groups > 1 && !depthwise(layer)) title += fmt::format(" in {} groups", layer.groups);
  return title;
}

}  // namespace convreel::explain
