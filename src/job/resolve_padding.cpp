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
  if (spec.output_padding) layer.output_padding = expand("output-padding", *spec.output_padding, name, 0);
  const PaddingSpec padding = spec.padding.value_or(PaddingSpec{{}, {0}, {}});
  if (padding.name) {
    if (auto problem = numerics::apply(*padding.name, layer)) problems.push_back(std::move(*problem));
  } else {
    layer.padding = padding_sides(padding, name);
  }
  if (spec.output_size) {
    layer.output_padding = {};
    apply_output_size(expand("output-size", *spec.output_size, name, 1), layer, problems);
  }
}

}  // namespace convreel::job
