// Which options a kind of layer has, and how many numbers they take.
#include <fmt/format.h>

#include <algorithm>

#include "job/fields.hpp"
#include "job/layer_name.hpp"
#include "job/resolve_parts.hpp"

namespace convreel::job {

namespace {

using numerics::LayerKind;

/// An option that only some kinds have, and why the others do not.
struct Owner {
  std::string_view option;
  bool conv, transposed, max_pool, avg_pool;
  std::string_view reason;
};
constexpr Owner kOwners[] = {
    {"kernel-values", true, true, false, false, "pooling has no weights"},
    {"bias", true, true, false, false, "pooling has no bias"},
    {"groups", true, true, false, false, "pooling treats every channel alone"},
    {"out-channels", true, true, false, false, "pooling keeps the channels of its input"},
    {"padding-mode", true, true, false, false, "pooling pads in its own way"},
    {"flip-kernel", true, true, false, false, "pooling has no weights"},
    {"dilation", true, true, true, false, "PyTorch's average pooling has no dilation"},
    {"output-padding", false, true, false, false, "only a transposed convolution has it"},
    {"output-size", false, true, false, false, "only a transposed convolution can choose; elsewhere it follows"},
    {"ceil-mode", false, false, true, true, "only pooling has it"},
    {"count-include-pad", false, false, false, true, "only average pooling has a divisor"},
    {"divisor-override", false, false, false, true, "only average pooling has a divisor"},
};

bool owns(const Owner& owner, LayerKind kind) {
  switch (kind) {
    case LayerKind::conv:
      return owner.conv;
    case LayerKind::conv_transpose:
      return owner.transposed;
    case LayerKind::max_pool:
      return owner.max_pool;
    case LayerKind::avg_pool:
      return owner.avg_pool;
  }
  return false;
}

}  // namespace

bool has_option(const LayerName& layer, std::string_view option) {
  const auto* owner = std::ranges::find(kOwners, option, &Owner::option);
  return owner == std::end(kOwners) || owns(*owner, layer.kind);
}

void refuse_foreign_options(const JobSpec& spec, const LayerName& layer) {
  Problems problems;
  for (const Owner& owner : kOwners)
    if (!owns(owner, layer.kind) && field_named(owner.option)->print(spec))
      problems.push_back({fmt::format("{} has no --{}", name(layer), owner.option), std::string(owner.reason)});
  if (spec.output_padding && spec.output_size)
    problems.push_back({"--output-padding and --output-size both decide the output's size", "give one of them"});
  throw_if_any(base::ErrorKind::usage, std::move(problems));
}

numerics::Cell expand(std::string_view name, const Sizes& sizes, const LayerName& layer, std::int64_t unused) {
  const auto dims = static_cast<std::size_t>(layer.dims);
  if (sizes.size() != 1 && sizes.size() != dims)
    throw base::Error(base::ErrorKind::usage, fmt::format("--{} has {} numbers, but {} has {}", name, sizes.size(),
                                                          job::name(layer), dims == 1 ? "one axis" : "two axes"));
  numerics::Cell cell{unused, unused, unused};
  for (std::size_t a = 0; a < dims; ++a) cell[numerics::kAxes - dims + a] = sizes[sizes.size() == 1 ? 0 : a];
  return cell;
}

}  // namespace convreel::job
