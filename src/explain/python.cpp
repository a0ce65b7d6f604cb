#include "explain/python.hpp"

#include <fmt/format.h>

#include <cmath>

#include "base/text.hpp"

namespace convreel::explain {

using numerics::Cell;
using numerics::first_axis;
using numerics::kAxes;
using numerics::Padding;

namespace {

std::string joined(const Cell& value, int dims) {
  std::string text;
  for (int a = first_axis(dims); a < kAxes; ++a) text += fmt::format("{}{}", text.empty() ? "" : ", ", value[a]);
  return text;
}

/// Writes nested lists from the values in order.
struct ArrayWriter {
  const std::vector<double>& values;
  const std::vector<std::int64_t>& shape;
  std::size_t indent;
  std::size_t next = 0;

  std::string write(std::size_t level) {
    std::string text = "[";
    for (std::int64_t n = 0; n < shape[level]; ++n) {
      if (n > 0) text += level + 1 == shape.size() ? ", " : ",\n" + std::string(indent + level + 1, ' ');
      text += level + 1 == shape.size() ? python_number(values[next++]) : write(level + 1);
    }
    return text + "]";
  }
};

}  // namespace

std::string python_tuple(const Cell& value, int dims) {
  return fmt::format("({}{})", joined(value, dims), dims == 1 ? "," : "");
}

std::string python_list(const Cell& value, int dims) { return fmt::format("[{}]", joined(value, dims)); }

std::string python_sizes(const Cell& value, int dims) {
  for (int a = first_axis(dims); a < kAxes; ++a)
    if (value[a] != value[kAxes - 1]) return python_tuple(value, dims);
  return fmt::format("{}", value[kAxes - 1]);
}

std::string python_pairs(const Padding& padding, int dims) {
  std::string text;
  for (int a = first_axis(dims); a < kAxes; ++a)
    text += fmt::format("{}({}, {})", text.empty() ? "" : ", ", padding[a].before, padding[a].after);
  return text;
}

std::string python_number(double value) {
  if (std::isnan(value)) return "float(\"nan\")";
  if (std::isinf(value)) return value > 0 ? "float(\"inf\")" : "float(\"-inf\")";
  return base::exact(value);
}

std::string python_array(const std::vector<double>& values, const std::vector<std::int64_t>& shape,
                         std::size_t indent) {
  return ArrayWriter{values, shape, indent}.write(0);
}

std::string torch_widths(const Padding& padding, int dims) {
  std::string text;
  for (int a = kAxes - 1; a >= first_axis(dims); --a)
    text += fmt::format("{}{}, {}", text.empty() ? "" : ", ", padding[a].before, padding[a].after);
  return text;
}

}  // namespace convreel::explain
