// Padding by number and by name, and the output padding that a wanted output size asks for.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "job/layer_name.hpp"
#include "job/resolve_parts.hpp"
#include "numerics/axis.hpp"

namespace convreel::job {

namespace {

using numerics::Layer;

constexpr std::array kSideWords = {"before,after", "top,bottom,left,right; or ROWSxCOLUMNS",
                                   "front,back,top,bottom,left,right; or DEPTHxROWSxCOLUMNS"};

std::string range_text(std::int64_t least, std::int64_t most) {
  return least == most ? fmt::format("{} only", least) : fmt::format("{} to {}", least, most);
}

void apply_output_size(const numerics::Cell& wanted, Layer& layer, Problems& problems) {
  for (int a = numerics::first_axis(layer.dims); a < numerics::kAxes; ++a) {
    const std::int64_t least =
        (layer.input[a] - 1) * layer.stride[a] + numerics::axis_of(layer, a).ke() - layer.padding[a].sum();
    const std::int64_t most = least + layer.stride[a] - 1;
    layer.output_padding[a] = wanted[a] - least;
    if (most < 1) {
      problems.push_back(
          {fmt::format("output size {} along {} is out of reach: padding {} crops all {} cells", wanted[a],
                       numerics::axis_name(a), layer.padding[a].sum(), least + layer.padding[a].sum()),
           "use less padding"});
      continue;
    }
    if (wanted[a] < least || wanted[a] > most)
      problems.push_back(
          {fmt::format("output size {} along {} is out of reach: stride {} allows {}", wanted[a],
                       numerics::axis_name(a), layer.stride[a], range_text(std::max<std::int64_t>(least, 1), most)),
           "change the output size, the padding or the stride"});
  }
}

/// JAX's way: the numbers are the padding of the stretched input, p' = ke - 1 - p. What is more than ke - 1 at the end
/// is output padding; at the begin a layer has no such thing.
void crop_as_stretched(Layer& layer, Problems& problems) {
  for (int a = numerics::first_axis(layer.dims); a < numerics::kAxes; ++a) {
    const std::int64_t most = numerics::axis_of(layer, a).ke() - 1;
    numerics::Sides& side = layer.padding[a];
    if (side.before > most)
      problems.push_back(
          {fmt::format("padding {} before the stretched {} is more than ke - 1 = {}: no kernel reaches so far",
                       side.before, numerics::axis_name(a), most),
           fmt::format("use padding at most {}", most)});
    layer.output_padding[a] += std::max<std::int64_t>(0, side.after - most);
    side = {most - side.before, std::max<std::int64_t>(0, most - side.after)};
  }
}

/// A wanted size whose crop is halved: ONNX's output_shape, and TensorFlow's with 'same'.
bool crops_to_size(const PaddingSpec& padding, const Layer& layer) {
  const numerics::RulesRow& rules = numerics::row_of(layer.rules);
  return rules.crops_to_size || (!rules.padding_by_number && padding.name == numerics::PaddingRule::same);
}

/// `given` is the output padding that somebody asked for. ONNX puts the odd cell at the begin unless auto_pad is
/// SAME_UPPER, TensorFlow at the end.
void decide_crop(const numerics::Cell& wanted, const numerics::Cell& given, const PaddingSpec& padding, Layer& layer,
                 Problems& problems) {
  using numerics::PaddingRule;
  const bool by_number = !padding.name && layer.padding != numerics::Padding{};
  if (by_number)
    problems.push_back({"--output-size decides the padding, but --padding is given too", "give one of them"});
  const bool upper = padding.name == PaddingRule::same_upper || padding.name == PaddingRule::same;
  layer.output_padding = given;
  numerics::crop_to(wanted, !upper, layer);
}

PaddingSpec unsaid_padding(const Layer& layer) {
  const numerics::RulesRow& rules = numerics::row_of(layer.rules);
  if (rules.pads_same_by_default && layer.row().weights) return {numerics::PaddingRule::same, {}, {}};
  if (!rules.padding_by_number) return {numerics::PaddingRule::valid, {}, {}};
  return {{}, {0}, {}};
}

/// Whether a rule puts the odd cell at the begin; empty for one that halves nothing.
std::optional<bool> halved(numerics::PaddingRule rule) {
  using numerics::PaddingRule;
  if (rule == PaddingRule::same_lower) return true;
  return rule == PaddingRule::same || rule == PaddingRule::same_upper ? std::optional(false) : std::nullopt;
}

numerics::Cell times_stride(const Layer& layer) {
  numerics::Cell size;
  for (int a = 0; a < numerics::kAxes; ++a) size[a] = layer.input[a] * layer.stride[a];
  return size;
}

/// Padding by a rule, where ONNX' output padding belongs to what is cropped and Keras' has an output padding of its
/// own.
std::optional<base::Problem> apply_named(numerics::PaddingRule rule, bool output_padding_given, Layer& layer) {
  using numerics::PaddingRule;
  if (const auto lower = halved(rule); lower && layer.transposed() && row_of(layer.rules).crops_to_size) {
    numerics::crop_to(times_stride(layer), *lower, layer);
    return std::nullopt;
  }
  const bool given = layer.transposed() && output_padding_given && !numerics::row_of(layer.rules).padding_by_number;
  if (given && rule == PaddingRule::valid) return std::nullopt;
  if (!given || rule != PaddingRule::same) return numerics::apply(rule, layer);
  numerics::apply_same_with_output_padding(layer);
  return std::nullopt;
}

}  // namespace

numerics::Padding padding_sides(const PaddingSpec& padding, const LayerName& layer) {
  numerics::Padding result{};
  if (padding.sides.empty()) {
    for (std::size_t a = 0; const std::int64_t p : expand("padding", padding.symmetric, layer, 0)) result[a++] = {p, p};
    return result;
  }
  const std::size_t wanted = 2 * static_cast<std::size_t>(layer.dims);
  if (padding.sides.size() != wanted)
    throw base::Error(base::ErrorKind::usage,
                      fmt::format("--padding has {} sides, but {} has {}", padding.sides.size(), name(layer), wanted),
                      kSideWords.at(wanted / 2 - 1));
  std::size_t next = 0;
  for (int a = numerics::first_axis(layer.dims); a < numerics::kAxes; ++a, next += 2)
    result[a] = {padding.sides[next], padding.sides[next + 1]};
  return result;
}

void decide_padding(const JobSpec& spec, const LayerName& name, Layer& layer, Problems& problems) {
  const numerics::RulesRow& rules = numerics::row_of(layer.rules);
  if (spec.output_padding) layer.output_padding = expand("output-padding", *spec.output_padding, name, 0);
  if (layer.output_padding != numerics::Cell{} && !rules.output_padding)
    problems.push_back(
        {fmt::format("{} has no output padding", rules.title),
         "give --padding BEFORE,AFTER of the stretched input; " +
             numerics::allowing_rules(layer, [](const Layer& o) { return row_of(o.rules).output_padding; })});
  const numerics::Cell given = layer.output_padding;
  const PaddingSpec padding = spec.padding.value_or(unsaid_padding(layer));
  if (padding.name) {
    if (auto problem = apply_named(*padding.name, spec.output_padding.has_value(), layer))
      problems.push_back(std::move(*problem));
  } else {
    layer.padding = padding_sides(padding, name);
    if (rules.pads_stretched && layer.transposed()) crop_as_stretched(layer, problems);
  }
  if (!spec.output_size) return;
  const numerics::Cell wanted = expand("output-size", *spec.output_size, name, 1);
  if (crops_to_size(padding, layer)) return decide_crop(wanted, given, padding, layer, problems);
  layer.output_padding = {};
  apply_output_size(wanted, layer, problems);
}

}  // namespace convreel::job
