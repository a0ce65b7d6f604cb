#include "views/overlap/verdict.hpp"

#include <algorithm>
#include <numeric>
#include <string>

#include "numerics/axis.hpp"
#include "words/sentences.hpp"

namespace convreel::views {

using numerics::Axis;

namespace {

struct Evenness {
  bool even = false, holes = false;
};

Evenness evenness(const Axis& axis) {
  // Beyond the period every residue that is hit at all is hit again in the same order.
  const std::int64_t shared = std::gcd(axis.d, axis.s), period = axis.s / shared;
  return {shared == 1 && axis.k % axis.s == 0, shared > 1 || axis.k < period};
}

std::string modulus(const Axis& axis) {
  if (const std::int64_t shared = std::gcd(axis.d, axis.s); shared > 1)
    return words::say(words::kShareFactor, {{"dilation", axis.d}, {"stride", axis.s}, {"factor", shared}});
  return words::say(words::kModulus, {{"kernel", axis.k}, {"stride", axis.s}, {"rest", axis.k % axis.s}});
}

std::string consequence(const Layer& layer, const Evenness& found, bool checkerboard) {
  if (found.even) return words::say(words::kEvenInside);
  if (found.holes) return words::say(layer.transposed() ? words::kHolesInOutput : words::kHolesInInput);
  return words::say(checkerboard ? words::kCheckerboard : words::kStripes);
}

bool alike(const Axis& a, const Axis& b) { return a.k == b.k && a.s == b.s && a.d == b.d; }

}  // namespace

std::vector<Verdict> overlap_verdicts(const Layer& layer) {
  const Axis rows = numerics::axis_of(layer, 1), columns = numerics::axis_of(layer, 2);
  const Evenness down = evenness(rows), across = evenness(columns);
  const bool checkerboard = layer.dims > 1 && !down.even && !across.even;
  const auto verdict = [&](const Axis& axis, const Evenness& found) {
    return Verdict{found.even, words::say(words::kVerdict, {{"reason", modulus(axis)},
                                                            {"outcome", consequence(layer, found, checkerboard)}})};
  };
  if (layer.dims == 1 || alike(rows, columns)) return {verdict(columns, across)};
  const auto of_axis = [](int axis, Verdict judged) {
    judged.text = words::say(words::kAxisRemark, {{"axis", numerics::axis_name(axis)}, {"remark", judged.text}});
    return judged;
  };
  return {of_axis(1, verdict(rows, down)), of_axis(2, verdict(columns, across))};
}

}  // namespace convreel::views
