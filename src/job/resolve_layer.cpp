// The layer: sizes and channels from options and from values, defaults, limits, and what makes it impossible.
#include <fmt/format.h>

#include <algorithm>

#include "job/fields.hpp"
#include "job/layer_name.hpp"
#include "job/resolve_parts.hpp"

namespace convreel::job {

namespace {

using numerics::Cell;
using numerics::Layer;

/// Somebody's word on one fact: an option, or the values.
template <class Fact>
struct Claim {
  std::optional<Fact> fact;
  std::string by;
};

/// The fact that all claims agree on (the first, where they do not), else the fallback.
template <class Fact, class Show>
Fact agreed(std::string_view what, const std::vector<Claim<Fact>>& claims, Fact fallback, const Show& show,
            Problems& problems) {
  const Claim<Fact>* first = nullptr;
  for (const Claim<Fact>& claim : claims) {
    if (!claim.fact) continue;
    if (!first) first = &claim;
    if (*claim.fact != *first->fact)
      problems.push_back(
          {fmt::format("{}: {} {}, but {} {}", what, first->by, show(*first->fact), claim.by, show(*claim.fact)),
           "leave out one of them"});
  }
  return first ? *first->fact : fallback;
}

std::optional<Cell> expanded(std::string_view option, const std::optional<Sizes>& sizes, const LayerName& name) {
  return sizes ? std::optional(expand(option, *sizes, name, 1)) : std::nullopt;
}

Cell all_axes(std::int64_t number, int dims) {
  Cell cell{1, 1, 1};
  for (int a = numerics::first_axis(dims); a < numerics::kAxes; ++a) cell[a] = number;
  return cell;
}

void decide_sizes(const JobSpec& spec, const LayerName& name, const Numbers& numbers, Layer& layer,
                  Problems& problems) {
  const auto show = [&](const Cell& size) { return size_text(size, name.dims); };
  std::optional<Cell> input, kernel;
  if (numbers.input_map) input = numbers.input_map->size;
  if (numbers.kernel_map) kernel = numbers.kernel_map->size;
  const auto asked = [&](std::string_view option, const std::optional<Sizes>& sizes, bool yields) {
    return yields ? std::nullopt : expanded(option, sizes, name);
  };
  layer.input =
      agreed<Cell>("input size",
                   {{asked("input-size", spec.input_size, input && spec.input_size_yields), "--input-size is"},
                    {input, "the values are"}},
                   all_axes(layer.row().default_size, name.dims), show, problems);
  layer.kernel =
      agreed<Cell>("kernel size",
                   {{asked("kernel-size", spec.kernel_size, kernel && spec.kernel_size_yields), "--kernel-size is"},
                    {kernel, "the values are"}},
                   all_axes(3, name.dims), show, problems);
  layer.stride =
      expanded("stride", spec.stride, name)
          .value_or(layer.row().pools && numerics::row_of(layer.rules).pools_by_kernel ? layer.kernel : Cell{1, 1, 1});
  layer.dilation = expanded("dilation", spec.dilation, name).value_or(Cell{1, 1, 1});
}

void decide_channels(const JobSpec& spec, const Numbers& numbers, Layer& layer, Problems& problems) {
  const auto show = [](std::int64_t count) { return std::to_string(count); };
  using Count = std::optional<std::int64_t>;
  Count input, kernel_in, kernel_out, bank;
  if (numbers.kernel)
    if (const auto* named = std::get_if<data::KernelBank>(&*numbers.kernel))
      bank = static_cast<std::int64_t>(named->kernels.size());
  if (numbers.input_map) input = numbers.input_map->channels;
  if (numbers.kernel_map) {
    const numerics::Kernel& kernel = *numbers.kernel_map;
    kernel_in = layer.transposed() ? kernel.outer : kernel.inner * layer.groups;
    kernel_out = layer.transposed() ? kernel.inner * layer.groups : kernel.outer;
  }
  layer.in_channels = agreed<std::int64_t>("input channels",
                                           {{spec.in_channels, "--in-channels is"},
                                            {input, "the input values have"},
                                            {kernel_in, "the kernel values and groups ask for"}},
                                           layer.groups, show, problems);
  layer.out_channels = agreed<std::int64_t>("output channels",
                                            {{spec.out_channels, "--out-channels is"},
                                             {kernel_out, "the kernel values make"},
                                             {bank, "the kernels' names make"}},
                                            layer.groups, show, problems);
  if (!layer.row().mixes_channels) layer.out_channels = layer.in_channels;
}

/// Planes of the kernel, bounded before they are multiplied.
std::int64_t planes_of_kernel(const base::Limits& limits, const Layer& layer) {
  if (!layer.row().weights) return 1;
  const auto [outer, inner] = numerics::kernel_planes(layer);
  const std::int64_t most = std::max(layer.in_channels, layer.out_channels);
  return most <= limits[base::Limit::values] ? outer * std::max<std::int64_t>(1, inner) : most;
}

/// What was written, held to the limits before anything is computed from it.
void check_written(const base::Limits& limits, const Layer& layer, Problems& problems) {
  check_extent(limits, "an input", layer.in_channels, layer.input, layer.dims, problems);
  check_extent(limits, "a kernel", planes_of_kernel(limits, layer), layer.kernel, layer.dims, problems);
  check_extent(limits, "an output", layer.out_channels, {1, 1, 1}, layer.dims, problems);
  const auto check_axis = [&](std::string_view what, std::int64_t number) {
    check_limit(limits, base::Limit::axis, number, fmt::format("{} {}", what, number), problems);
  };
  for (int a = 0; a < numerics::kAxes; ++a) {
    check_axis("stride", layer.stride[a]);
    check_axis("dilation", layer.dilation[a]);
  }
}

void check_padding(const base::Limits& limits, const Layer& layer, Problems& problems) {
  for (int a = 0; a < numerics::kAxes; ++a)
    for (std::int64_t number : {layer.padding[a].before, layer.padding[a].after, layer.output_padding[a]})
      check_limit(limits, base::Limit::axis, number, fmt::format("padding {}", number), problems);
}

/// What follows from a legal layer, held to the limits.
void check_computed(const base::Limits& limits, const Layer& layer, Problems& problems) {
  const numerics::Geometry geometry = numerics::geometry(layer);
  check_extent(limits, "an output", layer.out_channels, geometry.output, layer.dims, problems);
  check_extent(limits, "a padded input", layer.in_channels, geometry.stretched, layer.dims, problems);
  check_extent(limits, "an output before its crop", layer.out_channels, geometry.full, layer.dims, problems);
  throw_if_any(base::ErrorKind::impossible, problems);
  const std::int64_t terms = numerics::product_count(layer);
  check_limit(limits, base::Limit::products, terms, fmt::format("the layer has {} products", terms), problems);
}

}  // namespace

void decide_settings(const JobSpec& spec, Layer& layer) {
  for (const Field& field : fields())
    if (field.codec.decide) field.codec.decide(layer, spec);
  const numerics::RulesRow& rules = numerics::row_of(layer.rules);
  if (layer.row().divides) layer.count_include_pad = spec.count_include_pad.value_or(rules.mean_counts_padding);
  if (layer.transposed()) layer.flip_kernel = spec.flip_kernel.value_or(!rules.turns_kernel);
}

numerics::Map read_input(const JobSpec& spec, Layer layer, Numbers& numbers) {
  Problems problems;
  const LayerName name{layer.kind, layer.dims};
  decide_sizes(spec, name, numbers, layer, problems);
  decide_channels(spec, numbers, layer, problems);
  check_written(spec.limits, layer, problems);
  throw_if_any(base::ErrorKind::impossible, problems);
  return fitted_input(layer, numbers);
}

Layer decide_layer(const JobSpec& spec, const LayerName& name, const Numbers& numbers) {
  Layer layer;
  layer.kind = name.kind;
  layer.dims = name.dims;
  decide_settings(spec, layer);
  Problems problems;
  decide_sizes(spec, name, numbers, layer, problems);
  decide_channels(spec, numbers, layer, problems);
  check_written(spec.limits, layer, problems);
  throw_if_any(base::ErrorKind::impossible, problems);
  decide_padding(spec, name, layer, problems);
  check_padding(spec.limits, layer, problems);
  throw_if_any(base::ErrorKind::impossible, problems);
  throw_if_any(base::ErrorKind::impossible, numerics::check(layer));
  check_computed(spec.limits, layer, problems);
  throw_if_any(base::ErrorKind::impossible, problems);
  return layer;
}

}  // namespace convreel::job
