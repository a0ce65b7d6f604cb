#include "numerics/mapping.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/cancel.hpp"
#include "numerics/arithmetic.hpp"

namespace convreel::numerics {

namespace {

// What an output reads.

Term term_at(const Map& input, const Place& place, double w = 1) {
  Term term;
  term.input = term.looked_at = place;
  term.w = w;
  if (!input.values.empty()) term.x = input.at(place);
  return term;
}

void read_itself(const Mapping&, const Map& input, Step& step) { step.terms.push_back(term_at(input, step.output)); }

/// One input position along an axis and its weight.
struct Tap {
  std::int64_t at = 0;
  double w = 1;
};
using AxisTaps = std::array<std::vector<Tap>, kAxes>;

void read_box(const AxisTaps& taps, const Map& input, Step& step) {
  for (const Tap& z : taps[0])
    for (const Tap& y : taps[1])
      for (const Tap& x : taps[2])
        step.terms.push_back(term_at(input, {step.output.channel, {z.at, y.at, x.at}}, z.w * y.w * x.w));
}

std::int64_t resized(const Mapping& m, int a) {
  if (m.size[a]) return *m.size[a];
  if (!m.scale[a]) return m.input.size[a];
  return static_cast<std::int64_t>(std::floor(static_cast<double>(m.input.size[a]) * *m.scale[a]));
}

/// Inputs from one output to the next, as PyTorch counts them: by the scale where one was given, else by the sizes.
template <class Real>
Real pixel_scale(const Mapping& m, int a) {
  if (m.scale[a] && !m.recomputes) return static_cast<Real>(1.0 / *m.scale[a]);
  return static_cast<Real>(m.input.size[a]) / static_cast<Real>(resized(m, a));
}

/// PyTorch counts in single precision, and so must who wants its cell.
std::int64_t nearest_source(const Mapping& m, int a, std::int64_t y) {
  const std::int64_t i = m.input.size[a], o = resized(m, a);
  if (o == i) return y;
  if (o == 2 * i) return y / 2;
  return std::min(i - 1, static_cast<std::int64_t>(std::floor(static_cast<float>(y) * pixel_scale<float>(m, a))));
}

/// Where an output's middle lies among the inputs' middles; may lie before the first.
double linear_source(const Mapping& m, int a, std::int64_t y) {
  const auto i = static_cast<double>(m.input.size[a]), o = static_cast<double>(resized(m, a));
  const auto at = static_cast<double>(y);
  if (m.align_corners) return o > 1 ? at * (i - 1) / (o - 1) : 0;
  return pixel_scale<double>(m, a) * (at + 0.5) - 0.5;
}

/// PyTorch's and ONNX's: Keys' curve with a = -0.75, over four neighbours; what lies outside is the border's.
std::vector<Tap> cubic_taps(const Mapping& m, int a, std::int64_t y) {
  constexpr double kA = -0.75;
  const auto near = [](double t) { return ((kA + 2) * t - (kA + 3)) * t * t + 1; };
  const auto far = [](double t) { return ((kA * t - 5 * kA) * t + 8 * kA) * t - 4 * kA; };
  const double source = linear_source(m, a, y);
  const auto at = static_cast<std::int64_t>(std::floor(source));
  const double t = source - static_cast<double>(at);
  std::vector<Tap> taps;
  for (std::int64_t n = -1; n <= 2; ++n) {
    const double away = std::abs(t - static_cast<double>(n));
    const Tap tap{std::clamp<std::int64_t>(at + n, 0, m.input.size[a] - 1), away < 1 ? near(away) : far(away)};
    if (t == 0 && n != 0) continue;
    if (!taps.empty() && taps.back().at == tap.at)
      taps.back().w += tap.w;
    else
      taps.push_back(tap);
  }
  return taps;
}

std::vector<Tap> linear_taps(const Mapping& m, int a, std::int64_t y) {
  const std::int64_t last = m.input.size[a] - 1;
  const double source = std::max(0.0, linear_source(m, a, y));
  const std::int64_t first = std::min(last, static_cast<std::int64_t>(std::floor(source)));
  const double share = std::clamp(source - static_cast<double>(first), 0.0, 1.0);
  if (first == last || share == 0) return {{first, 1}};
  return {{first, 1 - share}, {first + 1, share}};
}

void read_resized(const Mapping& m, const Map& input, Step& step) {
  AxisTaps taps;
  for (int a = 0; a < kAxes; ++a) {
    const std::int64_t y = step.output.cell[a];
    if (m.resizing == Resizing::nearest || a < first_axis(m.dims))
      taps[a] = {{nearest_source(m, a, y), 1}};
    else
      taps[a] = m.resizing == Resizing::cubic ? cubic_taps(m, a, y) : linear_taps(m, a, y);
  }
  read_box(taps, input, step);
}

void read_adaptive(const Mapping& m, const Map& input, Step& step) {
  AxisTaps taps;
  for (int a = 0; a < kAxes; ++a) {
    const Span window = adaptive_window(m.input.size[a], resized(m, a), step.output.cell[a]);
    for (std::int64_t at = window.first; at <= window.last; ++at) taps[a].push_back({at, 1});
  }
  read_box(taps, input, step);
}

Place shuffled_from(const Mapping& m, const Place& output) {
  const std::int64_t r = m.factor, y = output.cell[1], x = output.cell[2];
  if (m.blocks_first) return {(y % r * r + x % r) * (m.input.channels / (r * r)) + output.channel, {0, y / r, x / r}};
  return {(output.channel * r + y % r) * r + x % r, {0, y / r, x / r}};
}

Place unshuffled_from(const Mapping& m, const Place& output) {
  const std::int64_t r = m.factor, channels = m.input.channels, place = output.channel / channels;
  const std::int64_t c = m.blocks_first ? output.channel % channels * r * r + place : output.channel;
  return {c / (r * r), {0, output.cell[1] * r + c / r % r, output.cell[2] * r + c % r}};
}

void read_shuffled(const Mapping& m, const Map& input, Step& step) {
  step.terms.push_back(term_at(input, shuffled_from(m, step.output)));
}
void read_unshuffled(const Mapping& m, const Map& input, Step& step) {
  step.terms.push_back(term_at(input, unshuffled_from(m, step.output)));
}

void read_unpooled(const Mapping& m, const Map& input, Step& step) {
  const std::int64_t source = m.sources[static_cast<std::size_t>(step.index)];
  if (source >= 0) step.terms.push_back(term_at(input, place_at(source, m.input.size)));
}

void read_padded(const Mapping& m, const Map& input, Step& step) {
  Place place = step.output;
  for (int a = 0; a < kAxes; ++a) place.cell[a] -= m.padding[a].before;
  if (inside(place.cell, m.input.size)) step.terms.push_back(term_at(input, place));
}

void read_flattened(const Mapping& m, const Map& input, Step& step) {
  step.terms.push_back(term_at(input, place_at(step.output.channel, m.input.size)));
}

void read_all(const Mapping& m, const Map& input, Step& step) {
  for (std::int64_t n = 0; n < m.input.values(); ++n) step.terms.push_back(term_at(input, place_at(n, m.input.size)));
}

// What it comes to.

void take_sum(const Mapping&, Step& step) {
  step.sum = 0;
  for (const Term& term : step.terms) step.sum += term.x * term.w;
}

void take_average(const Mapping& m, Step& step) {
  take_sum(m, step);
  step.divisor = static_cast<double>(step.terms.size());
  step.sum /= step.divisor;
}

void take_largest(const Mapping&, Step& step) {
  for (std::size_t n = 0; n < step.terms.size(); ++n) {
    const double x = step.terms[n].x;
    if (step.winner && !(x > step.sum) && !(std::isnan(x) && !std::isnan(step.sum))) continue;
    step.winner = n;
    step.sum = x;
  }
}

template <double (*kFunction)(const Mapping&, std::int64_t channel, double)>
void apply(const Mapping& m, Step& step) {
  step.sum = kFunction(m, step.output.channel, step.terms.front().x);
}

double relu(const Mapping&, std::int64_t, double x) { return x < 0 ? 0 : x; }
double leaky_relu(const Mapping& m, std::int64_t, double x) { return x < 0 ? x * m.slope : x; }
double clip(const Mapping& m, std::int64_t, double x) { return x < m.low ? m.low : x > m.high ? m.high : x; }
double sigmoid(const Mapping&, std::int64_t, double x) { return 1 / (1 + std::exp(-x)); }
double tangent(const Mapping&, std::int64_t, double x) { return std::tanh(x); }

double normalised(const Mapping& m, std::int64_t channel, double x) {
  const Normalisation n = normalisation(m, channel);
  return (x - n.mean) / n.deviation() * n.weight + n.bias;
}

// Shapes.

Shape same_shape(const Mapping& m) { return m.input; }

Shape resized_shape(const Mapping& m) {
  Shape shape = m.input;
  for (int a = first_axis(m.dims); a < kAxes; ++a) shape.size[a] = resized(m, a);
  return shape;
}

Shape shuffled_shape(const Mapping& m) {
  const std::int64_t r = m.factor;
  return {m.input.channels / (r * r), {1, m.input.size[1] * r, m.input.size[2] * r}};
}
Shape unshuffled_shape(const Mapping& m) {
  const std::int64_t r = m.factor;
  return {m.input.channels * r * r, {1, m.input.size[1] / r, m.input.size[2] / r}};
}

Shape unpooled_shape(const Mapping& m) { return {m.input.channels, *m.unpooled}; }

Shape padded_shape(const Mapping& m) {
  Shape shape = m.input;
  for (int a = 0; a < kAxes; ++a) shape.size[a] += m.padding[a].sum();
  return shape;
}

Shape flat_shape(const Mapping& m) { return {m.input.values(), {1, 1, 1}, true}; }
Shape linear_shape(const Mapping& m) { return {m.out_features, {1, 1, 1}, true}; }

// Which inputs outputs depend on, and how far apart their places are.

Span same_span(const Mapping&, int, Span s) { return s; }

std::int64_t floored(double value) { return static_cast<std::int64_t>(std::floor(value)); }

/// Without the border's clamp, so that a field is as large as inside.
Span resized_span(const Mapping& m, int a, Span s) {
  if (m.resizing == Resizing::nearest) return {nearest_source(m, a, s.first), nearest_source(m, a, s.last)};
  const double first = linear_source(m, a, s.first), last = linear_source(m, a, s.last);
  const bool wider = m.resizing == Resizing::cubic;  // by a cell on each side, but where a cell itself is read
  return {floored(first) - (wider && first != std::floor(first) ? 1 : 0),
          static_cast<std::int64_t>(std::ceil(last)) + (wider && last != std::floor(last) ? 1 : 0)};
}

Span adaptive_span(const Mapping& m, int a, Span s) {
  const std::int64_t i = m.input.size[a], o = resized(m, a);
  return {adaptive_window(i, o, s.first).first, adaptive_window(i, o, s.last).last};
}

bool shuffles(int a) { return a > 0; }
Span shuffled_span(const Mapping& m, int a, Span s) {
  return shuffles(a) ? Span{floor_div(s.first, m.factor), floor_div(s.last, m.factor)} : s;
}
Span unshuffled_span(const Mapping& m, int a, Span s) {
  return shuffles(a) ? Span{s.first * m.factor, s.last * m.factor + m.factor - 1} : s;
}
/// The pool's windows that an output lies in.
Span unpooled_span(const Mapping& m, int a, Span s) {
  const std::int64_t p = m.padding[a].before;
  return {ceil_div(s.first + p - m.kernel[a] + 1, m.stride[a]), floor_div(s.last + p, m.stride[a])};
}
Span padded_span(const Mapping& m, int a, Span s) {
  return {s.first - m.padding[a].before, s.last - m.padding[a].before};
}
Span whole_span(const Mapping& m, int a, Span) { return {0, m.input.size[a] - 1}; }

double same_jump(const Mapping&, int) { return 1; }
double resized_jump(const Mapping& m, int a) {
  const auto i = static_cast<double>(m.input.size[a]), o = static_cast<double>(resized(m, a));
  if (m.resizing != Resizing::nearest && m.align_corners) return o > 1 ? (i - 1) / (o - 1) : 0;
  return pixel_scale<double>(m, a);
}
double adaptive_jump(const Mapping& m, int a) {
  if (const auto fixed = fixed_window(m.input.size[a], resized(m, a))) return static_cast<double>(fixed->stride);
  return static_cast<double>(m.input.size[a]) / static_cast<double>(resized(m, a));
}
double shuffled_jump(const Mapping& m, int a) { return shuffles(a) ? 1.0 / static_cast<double>(m.factor) : 1; }
double unshuffled_jump(const Mapping& m, int a) { return shuffles(a) ? static_cast<double>(m.factor) : 1; }
double unpooled_jump(const Mapping& m, int a) { return 1.0 / static_cast<double>(m.stride[a]); }
double no_jump(const Mapping&, int) { return 0; }

constexpr MappingRow kMappings[] = {
    {MappingKind::relu, "relu", "negative values become 0", same_shape, read_itself, apply<relu>, same_span, same_jump},
    {MappingKind::leaky_relu, "leaky_relu", "negative values are made small", same_shape, read_itself,
     apply<leaky_relu>, same_span, same_jump},
    {MappingKind::clip, "clip", "values below and above two bounds become those", same_shape, read_itself, apply<clip>,
     same_span, same_jump},
    {MappingKind::sigmoid, "sigmoid", "every value between 0 and 1", same_shape, read_itself, apply<sigmoid>, same_span,
     same_jump},
    {MappingKind::tanh, "tanh", "every value between -1 and 1", same_shape, read_itself, apply<tangent>, same_span,
     same_jump},
    {MappingKind::batch_norm, "batch_norm", "every channel shifted and scaled, as in inference", same_shape,
     read_itself, apply<normalised>, same_span, same_jump},
    {MappingKind::identity, "identity", "passes its values through", same_shape, read_itself, take_sum, same_span,
     same_jump},
    {MappingKind::dropout, "dropout", "passes its values through, as in inference", same_shape, read_itself, take_sum,
     same_span, same_jump},
    {MappingKind::upsample, "upsample", "as many cells as wanted, read from the nearest ones", resized_shape,
     read_resized, take_sum, resized_span, resized_jump, true},
    {MappingKind::pixel_shuffle, "pixel_shuffle", "channels become rows and columns", shuffled_shape, read_shuffled,
     take_sum, shuffled_span, shuffled_jump},
    {MappingKind::pixel_unshuffle, "pixel_unshuffle", "rows and columns become channels", unshuffled_shape,
     read_unshuffled, take_sum, unshuffled_span, unshuffled_jump},
    {MappingKind::max_unpool, "max_unpool", "every value back where its pool found it, 0 elsewhere", unpooled_shape,
     read_unpooled, take_sum, unpooled_span, unpooled_jump},
    {MappingKind::adaptive_avg_pool, "adaptive_avg_pool", "mean of windows that share the input out", resized_shape,
     read_adaptive, take_average, adaptive_span, adaptive_jump, true},
    {MappingKind::adaptive_max_pool, "adaptive_max_pool", "maximum of windows that share the input out", resized_shape,
     read_adaptive, take_largest, adaptive_span, adaptive_jump, true},
    {MappingKind::zero_pad, "zero_pad", "rows and columns of zeros around", padded_shape, read_padded, take_sum,
     padded_span, same_jump},
    {MappingKind::flatten, "flatten", "all values in a row", flat_shape, read_flattened, take_sum, whole_span, no_jump},
    {MappingKind::linear, "linear", "every output reads every value; only its shape is told", linear_shape, read_all,
     take_sum, whole_span, no_jump, true, true},
};

constexpr bool in_order() {
  for (std::size_t n = 0; n < std::size(kMappings); ++n)
    if (static_cast<std::size_t>(kMappings[n].kind) != n) return false;
  return true;
}
static_assert(in_order());

using Problems = std::vector<base::Problem>;

void check_features(const Mapping& m, Problems& problems) {
  if (m.input.channels == m.in_features) return;
  problems.push_back(
      {fmt::format("expects {} {}", m.in_features, m.kind == MappingKind::linear ? "values in a row" : "channels"),
       ""});
}

void check_resized(const Mapping& m, Problems& problems) {
  for (int a = first_axis(m.dims); a < kAxes; ++a)
    if (resized(m, a) < 1)
      problems.push_back({fmt::format("would give {} {}", resized(m, a), a == kAxes - 1 ? "columns" : "rows"),
                          "take a larger scale or size"});
}

void check_shuffled(const Mapping& m, Problems& problems) {
  const std::int64_t squared = m.factor * m.factor;
  if (m.kind == MappingKind::pixel_shuffle) {
    if (m.input.channels % squared != 0)
      problems.push_back({fmt::format("expects a multiple of {}² = {} channels", m.factor, squared), ""});
  } else if (m.input.size[1] % m.factor != 0 || m.input.size[2] % m.factor != 0) {
    problems.push_back({fmt::format("expects rows and columns that {} divides", m.factor), ""});
  }
}

void check_bounds(const Mapping& m, Problems& problems) {
  if (!(m.low <= m.high))
    problems.push_back({fmt::format("the lower bound {} is above the upper one {}", m.low, m.high), ""});
}

void check_padded(const Mapping& m, Problems& problems) {
  for (int a = 0; a < kAxes; ++a)
    if (m.input.size[a] + m.padding[a].sum() < 1)
      problems.push_back({fmt::format("padding {} and {} leaves nothing of {} cells", m.padding[a].before,
                                      m.padding[a].after, m.input.size[a]),
                          ""});
}

}  // namespace

const MappingRow& row_of(const Mapping& mapping) { return kMappings[static_cast<std::size_t>(mapping.kind)]; }

Normalisation normalisation(const Mapping& m, std::int64_t channel) {
  const auto of = [&](const std::vector<double>& values, double fallback) {
    return values.empty() ? fallback : values[static_cast<std::size_t>(channel)];
  };
  return {of(m.mean, 0), of(m.variance, 1), m.epsilon, of(m.weight, 1), of(m.bias, 0)};
}

double Normalisation::deviation() const { return std::sqrt(variance + epsilon); }

double slope_at(const Mapping& m, const Step& step) {
  const double x = step.terms.empty() ? 0 : step.terms.front().x;
  switch (m.kind) {
    case MappingKind::relu:
      return x > 0 ? 1 : 0;
    case MappingKind::leaky_relu:
      return x > 0 ? 1 : m.slope;  // at 0 as PyTorch has it
    case MappingKind::clip:
      return x > m.low && x < m.high ? 1 : 0;
    case MappingKind::sigmoid:
      return step.sum * (1 - step.sum);
    case MappingKind::tanh:
      return 1 - step.sum * step.sum;
    case MappingKind::batch_norm:
      return normalisation(m, step.output.channel).slope();
    default:
      return 1;
  }
}

bool elementwise(const Mapping& mapping) { return mapping.kind <= MappingKind::dropout; }

std::vector<base::Problem> check(const Mapping& m) {
  Problems problems;
  switch (m.kind) {
    case MappingKind::batch_norm:
    case MappingKind::linear:
      check_features(m, problems);
      break;
    case MappingKind::upsample:
    case MappingKind::adaptive_avg_pool:
    case MappingKind::adaptive_max_pool:
      check_resized(m, problems);
      break;
    case MappingKind::pixel_shuffle:
    case MappingKind::pixel_unshuffle:
      check_shuffled(m, problems);
      break;
    case MappingKind::clip:
      check_bounds(m, problems);
      break;
    case MappingKind::zero_pad:
      check_padded(m, problems);
      break;
    default:
      break;
  }
  return problems;
}

std::vector<std::int64_t> unpool_sources(const Trace& pool) {
  const std::int64_t to = area(pool.input().size);
  std::vector<std::int64_t> sources(static_cast<std::size_t>(pool.input().channels * to), -1);
  for (std::int64_t n = 0; n < pool.step_count(); ++n) {
    const Step step = pool.step(n);
    if (!step.winner || !step.terms[*step.winner].input) continue;
    const Place& found = *step.terms[*step.winner].input;
    sources[static_cast<std::size_t>(found.channel * to + flat(found.cell, pool.input().size))] = n;
  }
  return sources;
}

Map mapped(const Mapping& mapping, const Map& input) {
  const MappingRow& row = row_of(mapping);
  const Shape shape = row.output(mapping);
  Map output;
  output.channels = shape.channels;
  output.size = shape.size;
  if (row.shape_only || input.values.empty()) return output;
  output.values.resize(static_cast<std::size_t>(shape.values()));
  for (std::int64_t n = 0; n < shape.values(); ++n)
    output.values[static_cast<std::size_t>(n)] = step_of(mapping, input, output, n).sum;
  return output;
}

Step step_of(const Mapping& mapping, const Map& input, const Map& output, std::int64_t index) {
  base::stop_if_cancelled();
  Step step;
  step.index = index;
  step.output = place_at(index, output.size);
  row_of(mapping).read(mapping, input, step);
  row_of(mapping).reduce(mapping, step);
  return step;
}

std::int64_t parameter_count(const Mapping& m) {
  if (!m.affine) return m.kind == MappingKind::linear ? m.in_features * m.out_features : 0;
  if (m.kind == MappingKind::batch_norm) return 2 * m.in_features;
  return m.kind == MappingKind::linear ? (m.in_features + 1) * m.out_features : 0;
}

std::int64_t multiplication_count(const Mapping& m) {
  if (m.kind == MappingKind::linear) return m.in_features * m.out_features;
  if (m.kind == MappingKind::batch_norm || m.kind == MappingKind::leaky_relu) return m.input.values();
  if (m.kind == MappingKind::upsample && m.resizing != Resizing::nearest)
    return (std::int64_t{1} << (m.resizing == Resizing::cubic ? 2 * m.dims : m.dims)) * resized_shape(m).values();
  return 0;
}

Span adaptive_window(std::int64_t input, std::int64_t output, std::int64_t y) {
  return {floor_div(y * input, output), ceil_div((y + 1) * input, output) - 1};
}

std::optional<FixedWindow> fixed_window(std::int64_t input, std::int64_t output) {
  const Span first = adaptive_window(input, output, 0);
  const std::int64_t stride = output > 1 ? adaptive_window(input, output, 1).first : 1;
  for (std::int64_t y = 0; y < output; ++y) {
    const Span window = adaptive_window(input, output, y);
    if (window.first != y * stride || window.size() != first.size()) return std::nullopt;
  }
  return FixedWindow{first.size(), stride};
}

}  // namespace convreel::numerics
