#include "explain/size.hpp"

#include <fmt/format.h>

#include <array>
#include <vector>

#include "explain/by_axis.hpp"
#include "words/sentences.hpp"

namespace convreel::explain {

using numerics::Cell;
using numerics::first_axis;
using numerics::kAxes;

std::string size_text(const Cell& size, int dims) {
  std::string text;
  for (int a = first_axis(dims); a < kAxes; ++a) text += (text.empty() ? "" : "×") + whole(size[a]);
  return text;
}

std::string map_text(std::int64_t channels, const Cell& size, int dims) {
  const std::string text = size_text(size, dims);
  return channels > 1 ? fmt::format("{}×{}", channels, text) : text;
}

std::string per_axis_text(const Cell& value, int dims) {
  for (int a = first_axis(dims); a < kAxes; ++a)
    if (value[a] != value[kAxes - 1]) return size_text(value, dims);
  return whole(value[kAxes - 1]);
}

std::string padding_text(const numerics::Padding& padding, int dims) {
  static constexpr std::array kSides{words::kSidesOfDepth, words::kSidesOfRows, words::kSidesOfColumns};
  bool symmetric = true;
  Cell before{};
  for (int a = first_axis(dims); a < kAxes; ++a) {
    symmetric = symmetric && padding[a].before == padding[a].after;
    before[a] = padding[a].before;
  }
  if (symmetric) return per_axis_text(before, dims);
  std::vector<std::string> sides;
  for (int a = first_axis(dims); a < kAxes; ++a)
    sides.push_back(words::say(kSides[static_cast<std::size_t>(a)],
                               {{"before", whole(padding[a].before)}, {"after", whole(padding[a].after)}}));
  return words::listed(sides);
}

}  // namespace convreel::explain
