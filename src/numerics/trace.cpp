#include "numerics/trace.hpp"

#include <fmt/format.h>

#include <string>
#include <utility>

#include "numerics/accumulate.hpp"
#include "numerics/step.hpp"

namespace convreel::numerics {

namespace {

std::string shape_text(std::initializer_list<std::int64_t> channels, const Cell& size, int dims) {
  std::string text;
  for (const std::int64_t c : channels) text += fmt::format("{}{}", text.empty() ? "" : ", ", c);
  for (int a = first_axis(dims); a < kAxes; ++a) text += fmt::format(", {}", size[a]);
  return "[" + text + "]";
}

void check_input(const Layer& layer, const Map& input, std::vector<base::Problem>& problems) {
  const bool whole = input.values.size() == static_cast<std::size_t>(layer.in_channels * area(layer.input));
  if (input.channels == layer.in_channels && input.size == layer.input && whole) return;
  problems.push_back({fmt::format("the input has shape {} ({} values), but the layer takes {}",
                                  shape_text({input.channels}, input.size, layer.dims), input.values.size(),
                                  shape_text({layer.in_channels}, layer.input, layer.dims)),
                      ""});
}

void check_kernel(const Layer& layer, const Kernel& kernel, std::vector<base::Problem>& problems) {
  if (!layer.row().weights) {
    if (!kernel.empty())
      problems.push_back({fmt::format("{} has no weights, but a kernel is given", layer.row().family), "leave it out"});
    return;
  }
  const auto [outer, inner] = kernel_planes(layer);
  const bool whole = kernel.values.size() == static_cast<std::size_t>(outer * inner * area(layer.kernel));
  if (kernel.outer == outer && kernel.inner == inner && kernel.size == layer.kernel && whole) return;
  problems.push_back({fmt::format("the kernel has shape {} ({} values), but the layer takes {}",
                                  shape_text({kernel.outer, kernel.inner}, kernel.size, layer.dims),
                                  kernel.values.size(), shape_text({outer, inner}, layer.kernel, layer.dims)),
                      ""});
}

void check_bias(const Layer& layer, const std::vector<double>& bias, std::vector<base::Problem>& problems) {
  if (bias.empty()) return;
  if (!layer.row().weights) {
    problems.push_back({fmt::format("{} has no bias, but one is given", layer.row().family), "leave it out"});
  } else if (bias.size() != static_cast<std::size_t>(layer.out_channels)) {
    problems.push_back(
        {fmt::format("the bias has {} values, but the layer has {} output channels", bias.size(), layer.out_channels),
         fmt::format("give {} values", layer.out_channels)});
  }
}

}  // namespace

double Trace::weight(std::int64_t output_channel, std::int64_t input_channel, const Cell& tap) const {
  if (kernel_.empty()) return 1;
  const KernelPlane at = kernel_plane(layer_, output_channel, input_channel);
  return kernel_.at(at.outer, at.inner, tap);
}

Trace::Trace(Layer layer, Map input, Kernel kernel, std::vector<double> bias)
    : Trace(std::move(layer), std::make_shared<const Map>(std::move(input)), std::move(kernel), std::move(bias)) {}

Trace::Trace(Layer layer, SharedMap input, Kernel kernel, std::vector<double> bias)
    : layer_(std::move(layer)),
      geometry_(numerics::geometry(layer_)),
      input_(std::move(input)),
      kernel_(std::move(kernel)),
      bias_(std::move(bias)) {
  std::vector<base::Problem> problems;
  check_input(layer_, *input_, problems);
  check_kernel(layer_, kernel_, problems);
  check_bias(layer_, bias_, problems);
  if (!problems.empty()) throw base::Error(base::ErrorKind::impossible, std::move(problems));
  output_ = std::make_shared<const Map>(layer_.row().weights ? convolved(layer_, geometry_, *input_, kernel_, bias_)
                                                             : pooled(layer_, geometry_, *input_));
}

}  // namespace convreel::numerics
