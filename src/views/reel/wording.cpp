#include "views/reel/wording.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "explain/size.hpp"
#include "explain/stack_text.hpp"
#include "explain/title.hpp"
#include "words/sentences.hpp"

namespace convreel::views {

std::string default_title(const Layer& layer, job::Layout layout) {
  if (layout != job::Layout::article) return explain::layer_title(layer);
  // The article's heading, its hyphen and words kept.
  const std::string_view type = layer.transposed() ? "transposed_conv" : layer.row().name;
  return words::say(words::kArticleHeading, {{"type", type},
                                             {"stride", explain::per_axis_text(layer.stride, layer.dims)},
                                             {"padding", explain::padding_text(layer.padding, layer.dims)}});
}

std::string comparison_title(const std::vector<const Layer*>& layers, job::Layout layout) {
  const std::string first = default_title(*layers.front(), layout);
  if (std::all_of(layers.begin(), layers.end(), [&](const Layer* l) { return default_title(*l, layout) == first; }))
    return first;
  std::vector<std::string> names;
  for (const Layer* layer : layers) {
    const std::string name = explain::layer_name(*layer);
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  }
  return explain::capitalised(words::both(names));
}

std::vector<Span> sweep_sentence(std::int64_t first, std::int64_t last) {
  return {{words::say(words::kStepsTogether, {{"first", first}, {"last", last}}), Role::muted}};
}

std::string sweeps_note(const story::Chapter& chapter) {
  std::int64_t alone = 0, together = 1;
  for (const story::Stretch& stretch : chapter.stretches) {
    if (together == 1 && stretch.steps == 1) alone += stretch.beats;
    together = std::max(together, stretch.steps);
  }
  if (together == 1) return {};
  return words::say(words::kShownTogether, {{"first", chapter.first + 1},
                                            {"alone", chapter.first + alone},
                                            {"next", chapter.first + alone + 1},
                                            {"together", together}});
}

std::vector<std::pair<std::string, std::string>> chips(const std::vector<numerics::Stage>& stack) {
  const int dims = stack.front().dims();
  return {
      {words::say(words::kInput), explain::shape_text(stack.front().input_shape(), dims)},
      {words::say(words::kOutput), explain::shape_text(stack.back().output_shape(), dims)},
      {words::say(words::kReceptiveFieldName), explain::field_text(numerics::receptive_fields(stack).back(), dims)}};
}

std::vector<std::pair<std::string, std::string>> chips(const Layer& layer) {
  const int dims = layer.dims;
  std::vector<std::pair<std::string, std::string>> chips{
      {words::say(words::kInput), explain::map_text(layer.in_channels, layer.input, dims)},
      {words::say(words::kKernel), explain::size_text(layer.kernel, dims)},
      {words::say(words::kStrideName), explain::per_axis_text(layer.stride, dims)},
      {words::say(words::kPaddingName), explain::padding_text(layer.padding, dims)}};
  const Cell ones{1, 1, 1}, zeros{};
  if (layer.dilation != ones)
    chips.push_back({words::say(words::kDilationName), explain::per_axis_text(layer.dilation, dims)});
  if (layer.output_padding != zeros)
    chips.push_back({words::say(words::kOutputPaddingName), explain::per_axis_text(layer.output_padding, dims)});
  if (layer.groups > 1) chips.push_back({words::say(words::kGroupsName), fmt::format("{}", layer.groups)});
  if (layer.padding_mode != numerics::PaddingMode::zeros)
    chips.push_back({words::say(words::kPaddingModeName), std::string(numerics::name(layer.padding_mode))});
  if (layer.ceil_mode) chips.push_back({words::say(words::kCeilMode), words::say(words::kOn)});
  if (layer.row().divides && !layer.count_include_pad)
    chips.push_back({words::say(words::kCountPaddingName), words::say(words::kNo)});
  if (layer.flip_kernel) chips.push_back({words::say(words::kKernel), words::say(words::kFlipped)});
  if (layer.rules != numerics::Rules::pytorch)
    chips.push_back({words::say(words::kRulesName), std::string(numerics::row_of(layer.rules).title)});
  return chips;
}

}  // namespace convreel::views
