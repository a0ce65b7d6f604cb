#include "explain/title.hpp"

#include "words/sentences.hpp"

namespace convreel::explain {

using numerics::Layer;

namespace {

bool depthwise(const Layer& layer) { return layer.groups > 1 && layer.groups == layer.in_channels; }

std::string with_channels(const Layer& layer, const std::string& name) {
  if (layer.in_channels == 1 && layer.out_channels == 1) return name;
  if (layer.in_channels > 1 && (layer.out_channels == 1 || depthwise(layer) || !layer.row().mixes_channels) &&
      (layer.out_channels == 1 || layer.out_channels == layer.in_channels))
    return words::say(words::kChannels, {{"layer", name}, {"n", layer.in_channels}});
  return words::say(words::kChannelsChange, {{"layer", name}, {"in", layer.in_channels}, {"out", layer.out_channels}});
}

}  // namespace

std::string layer_name(const Layer& layer) {
  const std::string name(layer.flip_kernel ? layer.row().flipped_title : layer.row().title);
  if (layer.groups == 1) return name;
  return words::say(depthwise(layer) ? words::kDepthwise : words::kGrouped, {{"layer", name}});
}

std::string capitalised(std::string words) {
  if (words[0] >= 'a' && words[0] <= 'z') words[0] = static_cast<char>(words[0] - 'a' + 'A');
  return words;
}

std::string layer_title(const Layer& layer) {
  const std::string title = with_channels(layer, capitalised(layer_name(layer)));
  if (layer.groups == 1 || depthwise(layer)) return title;
  return words::say(words::kInGroups, {{"layer", title}, {"n", layer.groups}});
}

}  // namespace convreel::explain
