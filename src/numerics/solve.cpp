#include "numerics/solve.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <numeric>
#include <tuple>
#include <utility>

#include "base/cancel.hpp"
#include "numerics/arithmetic.hpp"
#include "numerics/axis.hpp"

namespace convreel::numerics {

namespace {

using Answers = std::vector<Answer>;

std::int64_t sum(const Cell& cell) { return std::accumulate(cell.begin(), cell.end(), std::int64_t{0}); }

/// What answers are sorted by.
auto rank(const Layer& layer) {
  Cell before{}, after{};
  for (int a = 0; a < kAxes; ++a)
    std::tie(before[a], after[a]) = std::pair(layer.padding[a].before, layer.padding[a].after);
  return std::tuple(sum(layer.kernel), layer.kernel, sum(layer.stride), layer.stride, sum(before) + sum(after), before,
                    after, sum(layer.dilation), layer.dilation, sum(layer.output_padding), layer.output_padding,
                    sum(layer.input), layer.input);
}

bool smaller(const Answer& a, const Answer& b) { return rank(a.layer) < rank(b.layer); }

/// The output of a layer that need not be legal; empty where a size does not exist.
std::optional<Cell> output_of(const Layer& layer) {
  Cell output{1, 1, 1};
  for (int a = first_axis(layer.dims); a < kAxes; ++a) {
    const auto size = output_size(layer, axis_of(layer, a));
    if (!size || *size < 1) return std::nullopt;
    output[a] = *size;
  }
  return output;
}

std::int64_t distance(const Cell& a, const Cell& b) {
  std::int64_t total = 0;
  for (int axis = 0; axis < kAxes; ++axis) total += std::abs(a[axis] - b[axis]);
  return total;
}

/// The answers, and what comes nearest as long as there are none.
class Found {
 public:
  explicit Found(const Bounds& bounds) : wanted_(bounds.output), limits_(bounds.limits) {}

  void consider(const Layer& layer) {
    const auto output = output_of(layer);
    if (!output) return;
    const Answer answer{layer, *output};
    if (std::find(wanted_.begin(), wanted_.end(), *output) != wanted_.end())
      add(answer);
    else if (answers_.empty())
      compare(answer);
  }

  Solution take() {
    std::sort(answers_.begin(), answers_.end(), smaller);
    const auto same = [](const Answer& a, const Answer& b) { return a.layer == b.layer; };
    answers_.erase(std::unique(answers_.begin(), answers_.end(), same), answers_.end());
    Solution solution{std::move(answers_), {}};
    if (!solution.answers.empty()) return solution;
    for (const Near& near : {below_, above_})
      if (near.answer) solution.nearest.push_back(*near.answer);
    return solution;
  }

 private:
  struct Near {
    std::int64_t away = 0;
    std::optional<Answer> answer;
  };

  void add(const Answer& answer) {
    if (!legal(answer.layer)) return;
    const std::size_t count = answers_.size() + 1;
    if (static_cast<std::int64_t>(count) > limits_[base::Limit::answers])
      limits_.hold(base::Limit::answers, static_cast<double>(count), fmt::format("{} layers or more do that", count));
    answers_.push_back(answer);
  }

  void compare(const Answer& answer) {
    const Cell* nearest = &wanted_.front();
    for (const Cell& one : wanted_)
      if (distance(one, answer.output) < distance(*nearest, answer.output)) nearest = &one;
    const std::int64_t away = distance(*nearest, answer.output);
    Near& near = sum(answer.output) < sum(*nearest) ? below_ : above_;
    const bool better = !near.answer || away < near.away || (away == near.away && smaller(answer, *near.answer));
    if (better && legal(answer.layer)) near = {away, answer};
  }

  const std::vector<Cell>& wanted_;
  const base::Limits& limits_;
  Answers answers_;
  Near below_, above_;
};

/// The output paddings that are tried with a stride.
std::vector<Cell> output_paddings(const Bounds& bounds, const Cell& stride) {
  if (!bounds.layer.transposed()) return {Cell{}};
  if (bounds.output_padding) return *bounds.output_padding;
  std::int64_t most = stride[kAxes - 1];
  for (int a = first_axis(bounds.layer.dims); a < kAxes; ++a) most = std::min(most, stride[a]);
  std::vector<Cell> all;
  for (std::int64_t n = 0; n < most; ++n) {
    Cell cell{};
    for (int a = first_axis(bounds.layer.dims); a < kAxes; ++a) cell[a] = n;
    all.push_back(cell);
  }
  return all;
}

void pad(const PaddingTry& padding, const Cell& output_padding, Layer layer, Found& found) {
  base::stop_if_cancelled();
  layer.output_padding = output_padding;
  layer.padding = padding.sides;
  if (padding.rule && apply(*padding.rule, layer)) return;
  found.consider(layer);
}

/// The same numbers for all axes that a list's entry has.
Found together(const Bounds& bounds) {
  Found found(bounds);
  Layer layer = bounds.layer;
  for (const Cell& stride : bounds.stride) {
    layer.stride = stride;
    const std::vector<Cell> output_padding = output_paddings(bounds, stride);
    for (const Cell& input : bounds.input)
      for (const Cell& kernel : bounds.kernel)
        for (const Cell& dilation : bounds.dilation) {
          std::tie(layer.input, layer.kernel, layer.dilation) = std::tie(input, kernel, dilation);
          for (const PaddingTry& padding : bounds.padding)
            for (const Cell& more : output_padding) pad(padding, more, layer, found);
        }
  }
  return found;
}

/// A list's values along one axis, the others unused.
std::vector<Cell> along(int axis, const std::vector<Cell>& cells, std::int64_t unused) {
  std::vector<Cell> result;
  for (const Cell& cell : cells) {
    Cell one{unused, unused, unused};
    one[axis] = cell[axis];
    result.push_back(one);
  }
  std::sort(result.begin(), result.end());
  result.erase(std::unique(result.begin(), result.end()), result.end());
  return result;
}

/// One axis of the question, as a layer of one axis: the size rules are separable.
Bounds on_axis(const Bounds& bounds, int axis) {
  const auto turned_to_columns = [&](const std::vector<Cell>& cells, std::int64_t unused) {
    std::vector<Cell> moved = along(axis, cells, unused);
    for (Cell& cell : moved) std::swap(cell[axis], cell[kAxes - 1]);
    return moved;
  };
  Bounds one = bounds;
  one.layer.dims = 1;
  one.input = turned_to_columns(bounds.input, 1);
  one.output = turned_to_columns(bounds.output, 1);
  one.kernel = turned_to_columns(bounds.kernel, 1);
  one.stride = turned_to_columns(bounds.stride, 1);
  one.dilation = turned_to_columns(bounds.dilation, 1);
  std::erase_if(one.padding, [&](const PaddingTry& padding) {
    Layer whole = bounds.layer;  // of all its axes, which a rule may not be for
    return padding.rule && apply(*padding.rule, whole);
  });
  for (PaddingTry& padding : one.padding) padding.sides = {Sides{}, Sides{}, padding.sides[axis]};
  if (bounds.output_padding) one.output_padding = turned_to_columns(*bounds.output_padding, 0);
  return one;
}

/// `layer` with an axis taken from a layer of one axis.
void put(const Answer& from, int axis, Answer& into) {
  constexpr int kOnly = kAxes - 1;
  into.layer.input[axis] = from.layer.input[kOnly];
  into.layer.kernel[axis] = from.layer.kernel[kOnly];
  into.layer.stride[axis] = from.layer.stride[kOnly];
  into.layer.dilation[axis] = from.layer.dilation[kOnly];
  into.layer.padding[axis] = from.layer.padding[kOnly];
  into.layer.output_padding[axis] = from.layer.output_padding[kOnly];
  into.output[axis] = from.output[kOnly];
}

Answers multiplied(const Answers& so_far, int axis, const Answers& more, const base::Limits& limits) {
  const std::int64_t count =
      saturating_product({static_cast<std::int64_t>(so_far.size()), static_cast<std::int64_t>(more.size())});
  limits.hold(base::Limit::answers, static_cast<double>(count),
              fmt::format("with its axes apart the layer has {} answers or more", count));
  Answers result;
  for (const Answer& first : so_far) {
    base::stop_if_cancelled();
    for (const Answer& second : more) {
      result.push_back(first);
      put(second, axis, result.back());
    }
  }
  return result;
}

Solution each_axis_alone(const Bounds& bounds) {
  const int first = first_axis(bounds.layer.dims);
  Layer plain = bounds.layer;
  plain.input = plain.kernel = {1, 1, 1};
  Answers all{{plain, {1, 1, 1}}}, near = all;
  bool possible = true;
  for (int a = first; a < kAxes; ++a) {
    const Bounds question = on_axis(bounds, a);
    const Solution one = together(question).take();
    possible = possible && !one.answers.empty();
    all = multiplied(all, a, one.answers, bounds.limits);
    near = multiplied(near, a, one.answers.empty() ? one.nearest : Answers{one.answers.front()}, bounds.limits);
  }
  if (!possible) all = std::move(near);
  const auto among = [](const Cell& cell, const std::vector<Cell>& cells) {
    return std::find(cells.begin(), cells.end(), cell) != cells.end();
  };
  std::erase_if(all, [&](const Answer& answer) {
    return !legal(answer.layer) || !among(answer.layer.input, bounds.input) ||
           (possible && !among(answer.output, bounds.output));
  });
  std::sort(all.begin(), all.end(), smaller);
  if (possible) return {std::move(all), {}};
  return {{}, std::move(all)};
}

void limit_tries(const Bounds& bounds) {
  std::int64_t strides = 0;
  for (const Cell& stride : bounds.stride) strides += static_cast<std::int64_t>(output_paddings(bounds, stride).size());
  const auto count = [](const auto& list) { return static_cast<std::int64_t>(list.size()); };
  const std::int64_t tries = saturating_product(
      {strides, count(bounds.input), count(bounds.kernel), count(bounds.dilation), count(bounds.padding)});
  bounds.limits.hold(base::Limit::tries, static_cast<double>(tries), fmt::format("the bounds hold {} layers", tries));
}

}  // namespace

Solution solve(const Bounds& bounds) {
  limit_tries(bounds);
  return bounds.apart ? each_axis_alone(bounds) : together(bounds).take();
}

}  // namespace convreel::numerics
