// The numbers: opened before the layer is decided (sizes follow from them), fitted to it afterwards.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "data/fill.hpp"
#include "data/named_kernel.hpp"
#include "data/picture.hpp"
#include "job/layer_name.hpp"
#include "job/resolve_parts.hpp"
#include "numerics/axis.hpp"

namespace convreel::job {

namespace {

using base::Error;
using base::ErrorKind;
using data::Purpose;
using numerics::Cell;
using numerics::Kernel;
using numerics::Layer;
using numerics::Map;

std::optional<data::Source> opened(const std::optional<std::string>& text, Purpose purpose, int dims,
                                   std::string_view label, const base::Limits& limits) {
  if (!text) return std::nullopt;
  return data::open_source(*text, {purpose, dims, label, limits});
}

/// Leading 1s added, or taken away, until there are `rank` axes.
data::Shape with_rank(const data::Shape& shape, std::size_t rank, std::string_view what, std::string_view axes) {
  data::Shape result = shape;
  while (result.size() < rank) result.insert(result.begin(), 1);
  while (result.size() > rank && result.front() == 1) result.erase(result.begin());
  if (result.size() > rank)
    throw Error(ErrorKind::impossible,
                fmt::format("the {} values have shape {}; expected {}", what, data::to_text(shape), axes),
                "leading 1s may be left out");
  return result;
}

/// The last `dims` axes of a shape as a size.
Cell spatial(const data::Shape& shape, int dims) {
  Cell size{1, 1, 1};
  std::copy(shape.end() - dims, shape.end(), size.end() - dims);
  return size;
}

/// "kernel rows, kernel columns", each name after `before`.
std::string axis_names(const LayerName& layer, std::string_view before) {
  std::vector<std::string> names;
  for (int a = numerics::first_axis(layer.dims); a < numerics::kAxes; ++a)
    names.push_back(fmt::format("{}{}", before, numerics::axis_name(a)));
  return fmt::format("{}", fmt::join(names, ", "));
}

Map map_from(const data::Array& array, const LayerName& layer) {
  const auto rank = static_cast<std::size_t>(layer.dims) + 1;
  const data::Shape shape = with_rank(array.shape, rank, "input", fmt::format("[channels, {}]", axis_names(layer, "")));
  Map map;
  map.channels = shape[0];
  map.size = spatial(shape, layer.dims);
  map.values = array.values;
  return map;
}

Kernel kernel_from(const data::Array& array, const LayerName& layer) {
  const bool transposed = numerics::row_of(layer.kind).swapped;
  const std::string axes =
      fmt::format("[{}, {}]", transposed ? "in, out/groups" : "out, in/groups", axis_names(layer, "kernel "));
  const data::Shape shape = with_rank(array.shape, static_cast<std::size_t>(layer.dims) + 2, "kernel", axes);
  Kernel kernel;
  kernel.outer = shape[0];
  kernel.inner = shape[1];
  kernel.size = spatial(shape, layer.dims);
  kernel.values = array.values;
  return kernel;
}

Map map_from(const data::Picture& picture, const JobSpec& spec, const LayerName& layer, const Tools& tools) {
  const std::int64_t channels = spec.in_channels.value_or(1);
  if (layer.dims != 2)
    throw Error(ErrorKind::impossible, fmt::format("{}: a picture has two axes, {} has {}", picture.label, name(layer),
                                                   axes_words(layer.dims)));
  if (channels != 1 && channels != 3)
    throw Error(ErrorKind::impossible,
                fmt::format("{}: a picture has 1 channel (grey) or 3, not {}", picture.label, channels),
                "--in-channels 1 or 3");
  Cell size{1, 0, 0};
  if (spec.input_size) {
    size = expand("input-size", *spec.input_size, layer, 1);
    Problems problems;
    check_extent(spec.limits, "an input", channels, size, layer.dims, problems);
    throw_if_any(ErrorKind::impossible, std::move(problems));
  }
  const int orientation = data::orientation_of(picture.bytes, picture.label);
  const auto [down, across] = data::lies(orientation) ? std::pair(size[2], size[1]) : std::pair(size[1], size[2]);
  const base::Image image = data::upright(
      tools.read_image(picture.bytes, picture.label, static_cast<int>(across), static_cast<int>(down), spec.limits),
      orientation);
  Problems problems;
  check_extent(spec.limits, fmt::format("{}: an input", picture.label), channels, {1, image.height, image.width}, 2,
               problems);
  throw_if_any(ErrorKind::impossible, std::move(problems));
  return data::map_of(image, channels);
}

void refuse_picture(const std::optional<data::Source>& source, std::string_view what) {
  const auto* picture = source ? std::get_if<data::Picture>(&*source) : nullptr;
  if (picture)
    throw Error(ErrorKind::impossible, fmt::format("{}: a picture cannot be a {}", picture->label, what),
                "only inputs are read from pictures");
}

/// Each output channel's planes from the kernel that its name says.
void fill_bank(Kernel& kernel, const data::KernelBank& bank, const Layer& layer) {
  for (std::int64_t o = 0; o < layer.out_channels; ++o) {
    Kernel named(kernel.outer, kernel.inner, kernel.size);
    data::fill(named, bank.kernels.at(static_cast<std::size_t>(o)), layer.dims);
    const numerics::ChannelRange read = numerics::channels_read(layer, o);
    for (std::int64_t i = read.first; i < read.last; ++i) {
      const auto [outer, inner] = numerics::kernel_plane(layer, o, i);
      const auto begin = static_cast<std::ptrdiff_t>(kernel.offset(outer, inner, {}));
      std::copy_n(named.values.begin() + begin, numerics::area(kernel.size), kernel.values.begin() + begin);
    }
  }
}

}  // namespace

Numbers open_numbers(const JobSpec& spec, const LayerName& layer, const Tools& tools) {
  Numbers numbers;
  numbers.input = opened(spec.input_values, Purpose::input, layer.dims, "--input-values", spec.limits);
  numbers.kernel = opened(spec.kernel_values, Purpose::kernel, layer.dims, "--kernel-values", spec.limits);
  numbers.bias = opened(spec.bias, Purpose::bias, 1, "--bias", spec.limits);
  refuse_picture(numbers.kernel, "kernel");
  refuse_picture(numbers.bias, "bias");
  if (numbers.input) {
    if (const auto* array = std::get_if<data::Array>(&*numbers.input)) numbers.input_map = map_from(*array, layer);
    if (const auto* picture = std::get_if<data::Picture>(&*numbers.input))
      numbers.input_map = map_from(*picture, spec, layer, tools);
  }
  if (numbers.kernel)
    if (const auto* array = std::get_if<data::Array>(&*numbers.kernel)) numbers.kernel_map = kernel_from(*array, layer);
  return numbers;
}

Map fitted_input(const Layer& layer, Numbers& numbers) {
  if (numbers.input_map) return std::move(*numbers.input_map);
  Map map(layer.in_channels, layer.input);
  if (!numbers.input)
    data::fill(map, layer.row().default_input);
  else if (const auto* number = std::get_if<data::Number>(&*numbers.input))
    std::fill(map.values.begin(), map.values.end(), number->value);
  else if (const auto* generator = std::get_if<data::Generator>(&*numbers.input))
    data::fill(map, *generator);
  return map;
}

Kernel fitted_kernel(const Layer& layer, Numbers& numbers) {
  if (!layer.row().weights) return {};
  if (numbers.kernel_map) return std::move(*numbers.kernel_map);
  const auto [outer, inner] = numerics::kernel_planes(layer);
  Kernel kernel(outer, inner, layer.kernel);
  if (!numbers.kernel)
    data::fill(kernel, layer.row().default_kernel);
  else if (const auto* number = std::get_if<data::Number>(&*numbers.kernel))
    std::fill(kernel.values.begin(), kernel.values.end(), number->value);
  else if (const auto* generator = std::get_if<data::Generator>(&*numbers.kernel))
    data::fill(kernel, *generator);
  else if (const auto* named = std::get_if<data::NamedKernel>(&*numbers.kernel))
    data::fill(kernel, *named, layer.dims);
  else if (const auto* bank = std::get_if<data::KernelBank>(&*numbers.kernel))
    fill_bank(kernel, *bank, layer);
  return kernel;
}

std::optional<Map> fitted_gradient(const JobSpec& spec, const LayerName& name, const Map& output) {
  const auto source = opened(spec.grad_values, Purpose::input, name.dims, "--grad-values", spec.limits);
  if (!source) return std::nullopt;
  refuse_picture(source, "gradient");
  if (const auto* array = std::get_if<data::Array>(&*source)) return map_from(*array, name);
  Map map(output.channels, output.size);
  if (const auto* number = std::get_if<data::Number>(&*source))
    std::fill(map.values.begin(), map.values.end(), number->value);
  if (const auto* generator = std::get_if<data::Generator>(&*source)) data::fill(map, *generator);
  return map;
}

std::vector<double> fitted_bias(const Layer& layer, const Numbers& numbers) {
  if (!numbers.bias) return {};
  std::vector<double> bias(static_cast<std::size_t>(layer.out_channels));
  if (const auto* array = std::get_if<data::Array>(&*numbers.bias)) {
    if (array->values.size() != bias.size())
      throw Error(ErrorKind::impossible,
                  fmt::format("the bias has {} values, but the layer has {} output channels", array->values.size(),
                              layer.out_channels),
                  "give one number, or one an output channel");
    return array->values;
  }
  if (const auto* number = std::get_if<data::Number>(&*numbers.bias))
    std::fill(bias.begin(), bias.end(), number->value);
  if (const auto* generator = std::get_if<data::Generator>(&*numbers.bias)) data::fill(bias, *generator);
  return bias;
}

}  // namespace convreel::job
