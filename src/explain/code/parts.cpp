#include "explain/code/parts.hpp"

#include <algorithm>

#include "base/error.hpp"

namespace convreel::explain {

namespace {

constexpr std::size_t kMostNumbers = 1 << 16;

std::string array_line(const std::vector<double>& values, std::vector<std::int64_t> shape, const Cell& size, int dims,
                       const Around& around) {
  for (int a = first_axis(dims); a < kAxes; ++a) shape.push_back(size[a]);
  return fmt::format("{}{}{}", around.open, python_array(values, shape, around.open.size()), around.close);
}

}  // namespace

std::string map_line(const numerics::Map& map, int dims, const Around& around, bool batch) {
  std::vector<std::int64_t> shape{map.channels};
  if (batch) shape.insert(shape.begin(), 1);
  return array_line(map.values, shape, map.size, dims, around);
}

std::string input_line(const Trace& trace, const Around& around, bool batch) {
  return map_line(trace.input(), trace.layer().dims, around, batch);
}

std::string kernel_line(const Trace& trace, const Around& around) {
  const numerics::Kernel& kernel = trace.kernel();
  return array_line(kernel.values, {kernel.outer, kernel.inner}, kernel.size, trace.layer().dims, around);
}

std::string bias_line(const Trace& trace, const Around& around) {
  const auto count = static_cast<std::int64_t>(trace.bias().size());
  return fmt::format("{}{}{}", around.open, python_array(trace.bias(), {count}, around.open.size()), around.close);
}

void cannot_say(std::string_view framework, std::string_view reason, std::string hint) {
  throw base::Error(base::ErrorKind::impossible, fmt::format("{} cannot say this layer: {}", framework, reason),
                    std::move(hint));
}

void hold_to_a_page(const Trace& trace) { hold_to_a_page(trace.input().values.size() + trace.kernel().values.size()); }

void hold_to_a_page(std::size_t count) {
  if (count > kMostNumbers)
    throw base::Error(base::ErrorKind::impossible,
                      fmt::format("a program with {} numbers; at most {} are written out", count, kMostNumbers),
                      "take a smaller input: -i 32");
}

Cell overhang(const Trace& trace) {
  const Layer& layer = trace.layer();
  Cell cells{};
  for (int a = first_axis(layer.dims); a < kAxes; ++a)
    cells[a] =
        std::max<std::int64_t>(0, (trace.geometry().output[a] - 1) * layer.stride[a] +
                                      trace.geometry().effective_kernel[a] - layer.input[a] - layer.padding[a].sum());
  return cells;
}

std::optional<std::int64_t> one_divisor(const Trace& trace) {
  const Layer& layer = trace.layer();
  if (layer.divisor_override) return layer.divisor_override;
  const bool clipped = any(overhang(trace)) || (!layer.count_include_pad && layer.padding != Padding{});
  return clipped ? std::nullopt : std::optional(numerics::area(layer.kernel));
}

Padding with_more_after(Padding padding, const Cell& more) {
  for (int a = 0; a < kAxes; ++a) padding[a].after += more[a];
  return padding;
}

bool any(const Cell& cell) { return cell != Cell{}; }

std::string_view numpy_mode(numerics::PaddingMode mode) {
  switch (mode) {
    case numerics::PaddingMode::zeros:
      return {};
    case numerics::PaddingMode::reflect:
      return "reflect";
    case numerics::PaddingMode::replicate:
      return "edge";
    case numerics::PaddingMode::circular:
      return "wrap";
  }
  return {};
}

std::string backwards(int dims) {
  std::string text;
  for (int a = 0; a < dims; ++a) text += ", ::-1";
  return text;
}

}  // namespace convreel::explain
