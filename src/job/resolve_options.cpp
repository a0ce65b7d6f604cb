// Which options a kind of layer has, and how many numbers they take.
#include <fmt/format.h>

#include <algorithm>

#include "job/fields.hpp"
#include "job/layer_name.hpp"
#include "job/resolve_parts.hpp"

namespace convreel::job {

namespace {

using numerics::KindRow;

/// An option that only some kinds have, and why the others do not.
struct Owner {
  std::string_view option;
  bool KindRow::*has;
  std::string_view reason;
};
constexpr Owner kOwners[] = {
    {"kernel-values", &KindRow::weights, "pooling has no weights"},
    {"bias", &KindRow::weights, "pooling has no bias"},
    {"groups", &KindRow::mixes_channels, "pooling treats every channel alone"},
    {"out-channels", &KindRow::mixes_channels, "pooling keeps the channels of its input"},
    {"padding-mode", &KindRow::weights, "pooling pads in its own way"},
    {"flip-kernel", &KindRow::weights, "pooling has no weights"},
    {"dilation", &KindRow::dilates, "PyTorch's average pooling has no dilation"},
    {"output-padding", &KindRow::swapped, "only a transposed convolution has it"},
    {"output-size", &KindRow::swapped, "only a transposed convolution can choose; elsewhere it follows"},
    {"ceil-mode", &KindRow::pools, "only pooling has it"},
    {"count-include-pad", &KindRow::divides, "only average pooling has a divisor"},
    {"divisor-override", &KindRow::divides, "only average pooling has a divisor"},
};

bool owns(const Owner& owner, const LayerName& layer) { return numerics::row_of(layer.kind).*owner.has; }

}  // namespace

bool has_option(const LayerName& layer, std::string_view option) {
  const auto* owner = std::ranges::find(kOwners, option, &Owner::option);
  return owner == std::end(kOwners) || owns(*owner, layer);
}

void refuse_foreign_options(const JobSpec& spec, const LayerName& layer) {
  Problems problems;
  for (const Owner& owner : kOwners)
    if (!owns(owner, layer) && field_named(owner.option)->print(spec))
      problems.push_back({fmt::format("{} has no --{}", name(layer), owner.option), std::string(owner.reason)});
  const bool both_count = spec.rules && numerics::row_of(*spec.rules).crops_to_size;
  if (spec.output_padding && spec.output_size && !both_count)
    problems.push_back({"--output-padding and --output-size both decide the output's size", "give one of them"});
  throw_if_any(base::ErrorKind::usage, std::move(problems));
}

void refuse_layer_options(const JobSpec& spec, std::string_view what, std::span<const std::string_view> taken) {
  constexpr std::string_view kNaming[] = {"layer", "stack", "compare", "model", "model-part"};
  Problems problems;
  for (const Field& field : fields())
    if ((field.group == Group::layer || field.group == Group::data) && field.print(spec) &&
        std::ranges::find(taken, field.name) == taken.end() &&
        std::ranges::find(kNaming, field.name) == std::end(kNaming))
      problems.push_back({fmt::format("{} has no --{}: every layer has its own", what, field.name),
                          "write it into its layer: 'Conv2d(1, 1, 3, stride=2) --bias 1'"});
  throw_if_any(base::ErrorKind::usage, std::move(problems));
}

numerics::Cell expand(std::string_view name, const Sizes& sizes, const LayerName& layer, std::int64_t unused) {
  const auto dims = static_cast<std::size_t>(layer.dims);
  if (sizes.size() != 1 && sizes.size() != dims)
    throw base::Error(base::ErrorKind::usage, fmt::format("--{} has {} numbers, but {} has {}", name, sizes.size(),
                                                          job::name(layer), axes_words(layer.dims)));
  numerics::Cell cell{unused, unused, unused};
  for (std::size_t a = 0; a < dims; ++a) cell[numerics::kAxes - dims + a] = sizes[sizes.size() == 1 ? 0 : a];
  return cell;
}

}  // namespace convreel::job
