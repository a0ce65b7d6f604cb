#include "explain/formula.hpp"

#include <numeric>

#include "explain/by_axis.hpp"
#include "explain/size.hpp"
#include "words/sentences.hpp"

namespace convreel::explain {

using numerics::Axis;
using numerics::axis_of;
using numerics::first_axis;
using numerics::kAxes;
using numerics::Layer;

namespace {

/// One axis's formula: "⌊(i + 2p − k) / s⌋ + 1", the same with numbers, what it comes to, and what ke is.
struct Formula {
  std::string symbols, numbers, result, where;
  bool operator==(const Formula&) const = default;
};

struct Part {
  std::string symbols, numbers;
};

Part padding_part(const Axis& axis, bool bracketed) {
  if (axis.p.before == axis.p.after) return {"2p", fmt::format("2·{}", axis.p.before)};
  const char* form = bracketed ? "({} + {})" : "{} + {}";
  return {fmt::format(fmt::runtime(form), "pL", "pR"), fmt::format(fmt::runtime(form), axis.p.before, axis.p.after)};
}

std::string effective_kernel(const Axis& axis) {
  return fmt::format("ke = d·(k − 1) + 1 = {}·({} − 1) + 1 = {}", axis.d, axis.k, axis.ke());
}

Formula window_formula(const Layer& layer, const Axis& axis) {
  const Part p = padding_part(axis, false);
  const std::string open = layer.ceil_mode ? "⌈" : "⌊", close = layer.ceil_mode ? "⌉" : "⌋";
  const std::int64_t o = *numerics::output_size(layer, axis);
  Formula f;
  f.symbols = fmt::format("{}(i + {} − {}) / s{} + 1", open, p.symbols, axis.d > 1 ? "ke" : "k", close);
  f.numbers = fmt::format("{}({} + {} − {}) / {}{} + 1", open, axis.i, p.numbers, axis.ke(), axis.s, close);
  // ceil_mode: a last window that would begin in the padding at the end does not count.
  const std::int64_t span = axis.i + axis.p.sum() - axis.ke();
  const std::int64_t rounded_up = span > 0 ? (span + axis.s - 1) / axis.s + 1 : 1;
  if (layer.ceil_mode && o < rounded_up) f.numbers += " − 1";
  f.result = whole(o);
  return f;
}

Formula transposed_formula(const Layer& layer, const Axis& axis) {
  const Part p = padding_part(axis, true);
  const std::string k = axis.d > 1 ? "ke" : "k";
  Formula f;
  f.symbols = fmt::format("(i − 1)·s + {} − {}{}", k, p.symbols, axis.op > 0 ? " + op" : "");
  f.numbers = fmt::format("({} − 1)·{} + {} − {}{}", axis.i, axis.s, axis.ke(), p.numbers,
                          axis.op > 0 ? fmt::format(" + {}", axis.op) : "");
  f.result = whole(*numerics::output_size(layer, axis));
  return f;
}

Formula formula(const Layer& layer, int a) {
  const Axis axis = axis_of(layer, a);
  Formula f = layer.transposed() ? transposed_formula(layer, axis) : window_formula(layer, axis);
  if (axis.d > 1) f.where = effective_kernel(axis);
  return f;
}

std::string located(const std::string& formula, const std::string& where) {
  return where.empty() ? formula : words::say(words::kWith, {{"formula", formula}, {"where", where}});
}

std::string line(const Formula& f) {
  return located(fmt::format("o = {} = {} = {}", f.symbols, f.numbers, f.result), f.where);
}

std::string p_prime(const Axis& axis) {
  const std::string k = axis.d > 1 ? "ke" : "k";
  const std::int64_t before = axis.ke() - 1 - axis.p.before, after = axis.ke() - 1 - axis.p.after + axis.op;
  if (axis.p.before == axis.p.after) {
    const std::string start = fmt::format("p′ = {} − 1 − p = {}", k, whole(before));
    return axis.op > 0 ? words::say(words::kPaddingAtTheEnd, {{"padding", start}, {"after", whole(after)}}) : start;
  }
  return words::say(
      words::kPaddingSides,
      {{"k", k}, {"before", whole(before)}, {"pr", axis.op > 0 ? "pR + op" : "pR"}, {"after", whole(after)}});
}

}  // namespace

std::string size_formula(const Layer& layer) {
  std::string text;
  const Formula first = formula(layer, first_axis(layer.dims));
  bool same = true;
  for (int a = first_axis(layer.dims); a < kAxes; ++a) same = same && formula(layer, a) == first;
  if (same) return line(first);
  for (int a = first_axis(layer.dims); a < kAxes; ++a) {
    const Formula f = formula(layer, a);
    const bool known = !text.empty() && f.symbols == first.symbols;
    const std::string said =
        words::say(words::kAxisRemark,
                   {{"axis", numerics::axis_name(a)},
                    {"remark", known ? located(fmt::format("o = {} = {}", f.numbers, f.result), f.where) : line(f)}});
    text = text.empty() ? said : words::say(words::kNextStatement, {{"before", text}, {"next", said}});
  }
  return text;
}

std::string derived_parameters(const Layer& layer) {
  if (!layer.transposed()) return {};
  return by_axis(layer, [&](int a) {
    const Axis axis = axis_of(layer, a);
    return located(words::listed({fmt::format("z = s − 1 = {}", axis.s - 1), p_prime(axis)}),
                   axis.d > 1 ? effective_kernel(axis) : "");
  });
}

ChapterDetails chapter_details(const Layer& layer) {
  if (!layer.transposed()) return {};
  const numerics::Geometry g = numerics::geometry(layer);
  const std::string spread = size_text(g.spread, layer.dims);
  return {fmt::format("z = {}, p′ = {}", per_axis_text(g.zeros_inserted, layer.dims),
                      padding_text(g.equivalent_padding, layer.dims)),
          fmt::format("{} → {}", size_text(layer.input, layer.dims), spread),
          fmt::format("{} → {}", spread, size_text(g.stretched, layer.dims)),
          words::say(words::kStride, {{"stride", "1"}})};
}

namespace {

struct AxisVerdict {
  bool even = true, holes = false;
  std::string text;
};

/// u*d mod s takes each multiple of gcd(d, s) equally often only when s/gcd divides k; other residues get nothing.
AxisVerdict axis_verdict(const Axis& axis, int dims) {
  const std::int64_t common = std::gcd(axis.d, axis.s), period = axis.s / common;
  if (common > 1)
    return {false, true,
            words::say(words::kSharedFactorHoles, {{"dilation", axis.d}, {"stride", axis.s}, {"factor", common}})};
  if (axis.k < period)
    return {false, true, words::say(words::kShortKernelHoles, {{"kernel", axis.k}, {"stride", axis.s}})};
  const std::int64_t rest = axis.k % axis.s;
  const words::Sentence& outcome = rest == 0 ? words::kEvenInside : dims > 1 ? words::kCheckerboard : words::kStripes;
  const std::string reason = words::say(words::kModulus, {{"kernel", axis.k}, {"stride", axis.s}, {"rest", rest}});
  return {rest == 0, false, words::say(words::kVerdict, {{"reason", reason}, {"outcome", words::say(outcome)}})};
}

}  // namespace

OverlapVerdict overlap_verdict(const Layer& layer) {
  OverlapVerdict verdict;
  if (!layer.transposed()) return verdict;
  for (int a = first_axis(layer.dims); a < kAxes; ++a) {
    const AxisVerdict one = axis_verdict(axis_of(layer, a), layer.dims);
    verdict.even = verdict.even && one.even;
    verdict.holes = verdict.holes || one.holes;
  }
  verdict.text = by_axis(layer, [&](int a) { return axis_verdict(axis_of(layer, a), layer.dims).text; });
  return verdict;
}

}  // namespace convreel::explain
