// What makes a layer impossible. First the numbers by themselves, then each axis, then channels, then sizes; an axis
// whose numbers are already wrong is not asked again, so that one mistake gives one message.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <initializer_list>
#include <numeric>
#include <optional>

#include "numerics/arithmetic.hpp"
#include "numerics/axis.hpp"
#include "numerics/layer.hpp"
#include "numerics/padding_rule.hpp"

namespace convreel::numerics {

namespace {

using base::Problem;
using Problems = std::vector<Problem>;

constexpr std::int64_t kLargestNumber = (std::int64_t{1} << 31) - 1;
constexpr std::int64_t kLargestMap = std::int64_t{1} << 31;

std::optional<Problem> in_range(std::string_view what, std::int64_t value, std::int64_t least) {
  if (value < least)
    return Problem{fmt::format("{} {} is below {}", what, value, least), fmt::format("use {} or more", least)};
  if (value > kLargestNumber)
    return Problem{fmt::format("{} {} is over the limit of {}", what, value, kLargestNumber),
                   fmt::format("use at most {}", kLargestNumber)};
  return std::nullopt;
}

Problems bad_numbers(const Axis& axis) {
  Problems found;
  const auto add = [&](std::string_view what, std::int64_t value, std::int64_t least) {
    if (auto problem = in_range(what, value, least)) found.push_back(*problem);
  };
  add("input size", axis.i, 1);
  add("kernel size", axis.k, 1);
  add("stride", axis.s, 1);
  add("dilation", axis.d, 1);
  add("padding", axis.p.before, 0);
  if (axis.p.after != axis.p.before) add("padding", axis.p.after, 0);
  add("output padding", axis.op, 0);
  return found;
}

Problem pool_padding_over_limit(const Layer& layer, const Axis& axis, std::int64_t p, std::int64_t limit) {
  const std::string_view kernel = axis.d > 1 ? "dilated kernel's" : "kernel";
  const bool half = row_of(layer.rules).pool_padding == PoolPadding::half_the_kernel;
  const std::int64_t fitting = ceil_div(half ? 2 * p - 1 : p, axis.d) + 1;
  return {half ? fmt::format("padding {} is more than half of the {} size {}", p, kernel, axis.ke())
               : fmt::format("padding {} is not smaller than the {} size {}", p, kernel, axis.ke()),
          fmt::format("use padding at most {}, or --kernel-size {} or more", limit, fitting)};
}

std::optional<Problem> padding_over_limit(const Layer& layer, const Axis& axis) {
  const auto limit = padding_limit(layer, axis);
  const std::int64_t p = std::max(axis.p.before, axis.p.after);
  if (!limit || p <= *limit) return std::nullopt;
  if (layer.row().pools) return pool_padding_over_limit(layer, axis, p, *limit);
  const bool reflect = layer.padding_mode == PaddingMode::reflect;
  std::string hint = "reflect padding needs at least 2 input cells";
  if (*limit > 0 || !reflect)
    hint = fmt::format("use padding at most {}, or an input of {}", *limit, reflect ? p + 1 : p);
  return Problem{fmt::format("{} padding {} must {} the input size {}", name(layer.padding_mode), p,
                             reflect ? "be less than" : "not exceed", axis.i),
                 hint + ", or --padding-mode zeros"};
}

/// The remedies for a window that does not fit, nearest first.
std::string fitting_hint(const Layer& layer, const Axis& axis, std::int64_t available) {
  std::vector<std::string> ways;
  const std::int64_t more = ceil_div(axis.ke() - available, 2);
  const auto limit = padding_limit(layer, axis);
  if (!limit || std::max(axis.p.before, axis.p.after) + more <= *limit)
    ways.push_back(fmt::format("pad by {} more", more));
  if (axis.d > 1 && available > axis.k - 1)
    ways.push_back(fmt::format("use --dilation {}", (available - 1) / (axis.k - 1)));
  if (available >= 1) ways.push_back(fmt::format("use --kernel-size {}", (available - 1) / axis.d + 1));
  ways.push_back(fmt::format("an input of {}", axis.i + axis.ke() - available));
  std::string hint = ways.front();
  for (std::size_t n = 1; n < ways.size(); ++n) hint += (n + 1 == ways.size() ? ", or " : ", ") + ways[n];
  return hint;
}

std::optional<Problem> window_does_not_fit(const Layer& layer, const Axis& axis) {
  if (layer.transposed() || output_size(layer, axis)) return std::nullopt;
  const std::int64_t available = axis.i + axis.p.sum();
  const std::string spans = axis.d > 1
                                ? fmt::format("kernel {} with dilation {} spans {} cells", axis.k, axis.d, axis.ke())
                                : fmt::format("kernel {} spans {} cells", axis.k, axis.ke());
  const std::string_view padded = axis.p.sum() > 0 ? "the padded input" : "the input";
  return Problem{fmt::format("{}, but {} has {}", spans, padded, available), fitting_hint(layer, axis, available)};
}

/// PyTorch's avg_pool3d alone holds the kernel against the input as it is, without its padding (ATen, avg_pool3d's
/// shapes).
std::optional<Problem> mean_kernel_over_input(const Layer& layer, const Axis& axis) {
  if (layer.rules != Rules::pytorch || layer.kind != LayerKind::avg_pool || layer.dims != kAxes || axis.k <= axis.i)
    return std::nullopt;
  if (!output_size(layer, axis)) return std::nullopt;  // said already
  return Problem{
      fmt::format("kernel {} is larger than the input's {} cells, which AvgPool3d refuses whatever the padding", axis.k,
                  axis.i),
      fmt::format("use --kernel-size {}, or an input of {}", axis.i, axis.k)};
}

std::optional<Problem> output_padding_too_large(const Layer& layer, const Axis& axis) {
  const bool below_stride = row_of(layer.rules).output_padding_below_stride;
  const std::int64_t bound = below_stride ? axis.s : std::max(axis.s, axis.d);
  if (!layer.transposed() || axis.op < bound) return std::nullopt;
  return Problem{below_stride ? fmt::format("output padding {} must be smaller than stride {}", axis.op, axis.s)
                              : fmt::format("output padding {} must be smaller than stride {} or dilation {}", axis.op,
                                            axis.s, axis.d),
                 fmt::format("use --output-padding at most {}, or --stride {}", bound - 1, axis.op + 1)};
}

std::optional<Problem> crop_leaves_nothing(const Layer& layer, const Axis& axis) {
  if (!layer.transposed()) return std::nullopt;
  const std::int64_t o = *output_size(layer, axis);
  if (o >= 1) return std::nullopt;
  const bool even = axis.p.before == axis.p.after;
  const std::string padding =
      even ? fmt::format("2·{}", axis.p.before) : fmt::format("({} + {})", axis.p.before, axis.p.after);
  const std::int64_t uncropped = o + axis.p.sum();
  const std::int64_t input = ceil_div(1 - o, axis.s) + axis.i;
  return Problem{fmt::format("the output size ({} - 1)·{} + {} - {}{} = {} is below 1", axis.i, axis.s, axis.ke(),
                             padding, axis.op > 0 ? fmt::format(" + {}", axis.op) : "", o),
                 fmt::format("use padding at most {}{}, or an input of {} or more",
                             even ? (uncropped - 1) / 2 : uncropped - 1, even ? "" : " in total", input)};
}

constexpr std::array kAxisRules{padding_over_limit, window_does_not_fit, mean_kernel_over_input,
                                output_padding_too_large, crop_leaves_nothing};

Problems axis_problems(const Layer& layer, int a) {
  const Axis axis = axis_of(layer, a);
  Problems found = bad_numbers(axis);
  if (!found.empty()) return found;
  for (const auto rule : kAxisRules)
    if (auto problem = rule(layer, axis)) found.push_back(*problem);
  return found;
}

/// Each axis's problems; said once, without an axis, when every axis in use has the same.
void add_axes(const Layer& layer, Problems& problems) {
  std::vector<Problems> each;
  for (int a = first_axis(layer.dims); a < kAxes; ++a) each.push_back(axis_problems(layer, a));
  if (std::all_of(each.begin(), each.end(), [&](const Problems& p) { return p == each.front(); })) {
    problems.insert(problems.end(), each.front().begin(), each.front().end());
    return;
  }
  for (std::size_t n = 0; n < each.size(); ++n)
    for (const Problem& problem : each[n])
      problems.push_back(
          {fmt::format("{}: {}", axis_name(first_axis(layer.dims) + static_cast<int>(n)), problem.message),
           problem.hint});
}

void add_unused_axes(const Layer& layer, Problems& problems) {
  for (int a = 0; a < first_axis(layer.dims); ++a) {
    const Axis axis = axis_of(layer, a);
    if (axis.i == 1 && axis.k == 1 && axis.s == 1 && axis.d == 1 && axis.op == 0 && axis.p == Sides{}) continue;
    problems.push_back({fmt::format("a {}-D layer has no {}, but sizes are given along it", layer.dims, axis_name(a)),
                        fmt::format("use a {}-D layer", kAxes - a)});
  }
}

/// Settings that this kind of layer does not have: refused, never ignored.
void add_foreign_settings(const Layer& layer, Problems& problems) {
  const KindRow& row = layer.row();
  const auto refuse = [&](bool given, std::string_view what, std::string_view whose) {
    if (given) problems.push_back({fmt::format("{} does not apply to {}", what, row.name), fmt::format("{}", whose)});
  };
  refuse(!row.swapped && layer.output_padding != Cell{}, "output padding", "only a transposed convolution has it");
  refuse(!row.padding_modes && layer.padding_mode != PaddingMode::zeros,
         fmt::format("padding mode {}", name(layer.padding_mode)), "only a convolution has other modes than zeros");
  refuse(!row.pools && layer.ceil_mode, "ceil mode", "only pooling has it");
  refuse(!row.divides && !layer.count_include_pad, "count-include-pad", "only average pooling has it");
  refuse(!row.divides && layer.divisor_override.has_value(), "a divisor", "only average pooling has it");
  refuse(!row.weights && layer.flip_kernel, "kernel flip", fmt::format("{} has no kernel to flip", row.family));
  refuse(!row.dilates && layer.dilation != Cell{1, 1, 1}, "dilation", "only max pooling and convolutions have it");
  if (layer.divisor_override == 0) problems.push_back({"divisor 0 divides by zero", "use any other number"});
}

/// The divisors of n nearest to g, as "2 or 4".
std::string nearest_divisors(std::int64_t n, std::int64_t g) {
  std::int64_t below = 1, above = n;
  for (std::int64_t a = 1; a * a <= n; ++a) {
    if (n % a != 0) continue;
    for (const std::int64_t divisor : {a, n / a}) {
      if (divisor <= g) below = std::max(below, divisor);
      if (divisor >= g) above = std::min(above, divisor);
    }
  }
  return below == above || g > n ? fmt::format("{}", below) : fmt::format("{} or {}", below, above);
}

void add_groups(const Layer& layer, Problems& problems) {
  const std::int64_t g = layer.groups;
  if (layer.in_channels % g == 0 && layer.out_channels % g == 0) return;
  std::string counts;
  if (layer.in_channels % g != 0) counts = fmt::format("{} input channels", layer.in_channels);
  if (layer.out_channels % g != 0)
    counts += fmt::format("{}{} output channels", counts.empty() ? "" : " and the ", layer.out_channels);
  problems.push_back(
      {fmt::format("groups {} does not divide the {}", g, counts),
       fmt::format("use --groups {}", nearest_divisors(std::gcd(layer.in_channels, layer.out_channels), g))});
}

/// Something that the layer has, and the fact of the rules that allows it.
struct Law {
  std::string_view what;
  bool RulesRow::*allowed;
  bool (*given)(const Layer&);
  std::string_view hint;
};
bool padded(const Layer& layer) { return layer.padding != Padding{}; }
constexpr std::array kLaws{
    Law{"padding mode reflect or circular", &RulesRow::copying_modes,
        [](const Layer& l) {
          return l.padding_mode == PaddingMode::reflect || l.padding_mode == PaddingMode::circular;
        },
        "pad the input in a step of its own"},
    Law{"padding mode replicate", &RulesRow::replicate_mode,
        [](const Layer& l) { return l.padding_mode == PaddingMode::replicate; }, "pad the input in a step of its own"},
    Law{"groups of a transposed convolution", &RulesRow::grouped_transposed,
        [](const Layer& l) { return l.transposed() && l.groups > 1; }, "use --groups 1, or a layer for every group"},
    Law{"stride and dilation together", &RulesRow::strides_and_dilates,
        [](const Layer& l) {
          return l.row().weights && l.stride != Cell{1, 1, 1} && l.dilation != Cell{1, 1, 1};
        },
        "use --stride 1 or --dilation 1"},
    Law{"dilated pooling", &RulesRow::dilated_pooling,
        [](const Layer& l) {
          return l.row().pools && l.dilation != Cell{1, 1, 1};
        },
        "use --dilation 1"},
    Law{"ceil mode", &RulesRow::ceil_mode, [](const Layer& l) { return l.ceil_mode; }, "leave it out"},
    Law{"a mean that counts its padding", &RulesRow::counts_by_choice,
        [](const Layer& l) { return l.row().divides && l.count_include_pad && padded(l); },
        "use --no-count-include-pad"},
    Law{"a divisor of one's own", &RulesRow::own_divisor, [](const Layer& l) { return l.divisor_override.has_value(); },
        "leave it out"},
};

void add_nameless_padding(const Layer& layer, Problems& problems) {
  if (!problems.empty()) return;  // numbers that cannot be have no named padding to compare with
  Layer same = layer;
  same.output_padding = {};
  if (row_of(layer.rules).padding_by_number || padded_by_name(layer) || apply(PaddingRule::same, same)) return;
  const auto sides = [&](const Layer& one) {
    std::string text;
    for (int a = first_axis(one.dims); a < kAxes; ++a)
      text += fmt::format("{}{},{}", text.empty() ? "" : " x ", one.padding[a].before, one.padding[a].after);
    return text;
  };
  problems.push_back({fmt::format("{} has no padding by number: {} is neither its valid (0) nor its same ({})",
                                  row_of(layer.rules).title, sides(layer), sides(same)),
                      "use --padding valid or same, or pad and crop in steps of their own"});
}

void add_laws(const Layer& layer, Problems& problems) {
  const RulesRow& rules = row_of(layer.rules);
  for (const Law& law : kLaws)
    if (!(rules.*law.allowed) && law.given(layer))
      problems.push_back({fmt::format("{} has no {}", rules.title, law.what), std::string(law.hint)});
  add_nameless_padding(layer, problems);
}

void add_channels(const Layer& layer, Problems& problems) {
  const std::size_t before = problems.size();
  for (const auto& [what, value] : {std::pair<std::string_view, std::int64_t>{"in-channels", layer.in_channels},
                                    {"out-channels", layer.out_channels},
                                    {"groups", layer.groups}})
    if (auto problem = in_range(what, value, 1)) problems.push_back(*problem);
  if (problems.size() != before) return;
  if (layer.row().mixes_channels) return add_groups(layer, problems);
  if (layer.out_channels != layer.in_channels)
    problems.push_back({fmt::format("{} keeps its channels, but {} go in and {} come out", layer.row().family,
                                    layer.in_channels, layer.out_channels),
                        fmt::format("use --out-channels {}", layer.in_channels)});
  if (layer.groups != 1)
    problems.push_back(
        {fmt::format("groups {} does not apply to {}", layer.groups, layer.row().family), "leave it out"});
}

void add_map(std::string_view what, std::initializer_list<std::int64_t> sizes, Problems& problems) {
  const std::int64_t values = saturating_product(sizes);
  if (values <= kLargestMap) return;
  problems.push_back({fmt::format("the {} would have {} values, over the limit of {}", what, values, kLargestMap),
                      "make the layer smaller"});
}

/// Only for a layer that is legal otherwise, so that every size exists.
void add_volumes(const Layer& layer, Problems& problems) {
  Cell o{};
  for (int a = 0; a < kAxes; ++a) o[a] = *output_size(layer, axis_of(layer, a));
  add_map("input", {layer.in_channels, layer.input[0], layer.input[1], layer.input[2]}, problems);
  add_map("output", {layer.out_channels, o[0], o[1], o[2]}, problems);
  const auto [outer, inner] = kernel_planes(layer);
  add_map("kernel",
          {std::max<std::int64_t>(1, outer), std::max<std::int64_t>(1, inner), layer.kernel[0], layer.kernel[1],
           layer.kernel[2]},
          problems);
}

Problems problems_of(const Layer& layer) {
  if (layer.dims < layer.row().least_axes || layer.dims > layer.row().most_axes)
    return {{fmt::format("a layer with {} spatial axes does not exist", layer.dims),
             fmt::format("use {} to {}", layer.row().least_axes, layer.row().most_axes)}};
  Problems problems;
  add_axes(layer, problems);
  add_unused_axes(layer, problems);
  add_foreign_settings(layer, problems);
  add_channels(layer, problems);
  add_laws(layer, problems);
  if (problems.empty()) add_volumes(layer, problems);
  return problems;
}

}  // namespace

bool legal(const Layer& layer) { return problems_of(layer).empty(); }

std::string allowing_rules(const Layer& layer, const std::function<bool(const Layer&)>& allows) {
  std::vector<std::string_view> names;
  for (const RulesRow& row : kRules) {
    Layer other = layer;
    other.rules = row.rules;
    if (row.rules != layer.rules && allows(other)) names.push_back(row.name);
  }
  if (names.empty()) return {};
  std::string text(names.front());
  for (std::size_t n = 1; n < names.size(); ++n)
    text += fmt::format("{}{}", n + 1 == names.size() ? " or " : ", ", names[n]);
  return fmt::format("--rules {} allows it", text);
}

std::vector<Problem> check(const Layer& layer) {
  Problems problems = problems_of(layer);
  if (problems.empty()) return problems;
  if (const std::string others = allowing_rules(layer, legal); !others.empty()) {
    std::string& hint = problems.back().hint;
    hint += (hint.empty() ? "" : "; ") + others;
  }
  return problems;
}

}  // namespace convreel::numerics
