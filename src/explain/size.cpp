#include "explain/size.hpp"

#include <fmt/format.h>

#include <array>

#include "explain/by_axis.hpp"

namespace convreel::explain {

using numerics::Cell;
using numerics::first_axis;
using numerics::kAxes;

std::string size_text(const Cell& size, int dims) {
  std::string text;
  for (int a = first_axis(dims); a < kAxes; ++a) text += (text.empty() ? "" : "×") + whole(size[a]);
  return text;
}

std::string map_text(const numerics::Map& map, int dims) {
  const std::string size = size_text(map.size, dims);
  return map.channels > 1 ? fmt::format("{}×{}", map.channels, size) : size;
}

std::string per_axis_text(const Cell& value, int dims) {
  for (int a = first_axis(dims); a < kAxes; ++a)
    if (value[a] != value[kAxes - 1]) return size_text(value, dims);
  return whole(value[kAxes - 1]);
}

std::string padding_text(const numerics::Padding& padding, int dims) {
  static constexpr std::array<std::array<const char*, 2>, kAxes> kSides{
      {{"front", "back"}, {"top", "bottom"}, {"left", "right"}}};
  bool symmetric = true;
  Cell before{};
  for (int a = first_axis(dims); a < kAxes; ++a) {
    symmetric = symmetric && padding[a].before == padding[a].after;
    before[a] = padding[a].before;
  }
  if (symmetric) return per_axis_text(before, dims);
  std::string text;
  for (int a = first_axis(dims); a < kAxes; ++a)
    text += fmt::format("{}{} {}, {} {}", text.empty() ? "" : ", ", kSides[a][0], whole(padding[a].before),
                        kSides[a][1], whole(padding[a].after));
  return text;
}

}  // namespace convreel::explain
