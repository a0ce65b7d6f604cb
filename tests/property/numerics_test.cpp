// Random layers: the trace against the definition written out four other ways (support/formulas.cpp), and what else
// must hold of any layer.
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <numeric>
#include <set>

#include "numerics/adjacency.hpp"
#include "numerics/matrix.hpp"
#include "numerics/stamp.hpp"
#include "support/formulas.hpp"
#include "unit/numerics/make.hpp"

namespace convreel::test {
namespace {

using namespace numerics;

std::int64_t pick(std::int64_t low, std::int64_t high) { return *rc::gen::inRange<std::int64_t>(low, high + 1); }

std::vector<double> small_integers(std::size_t n) {
  std::vector<double> values;
  for (std::size_t v = 0; v < n; ++v) values.push_back(static_cast<double>(pick(-4, 5)));
  return values;
}

void pick_axis(Layer& layer, int a) {
  layer.input[a] = pick(1, 6);
  layer.kernel[a] = pick(1, 4);
  layer.stride[a] = pick(1, 4);
  layer.dilation[a] = pick(1, 3);
  layer.padding[a] = {pick(0, 5), pick(0, 5)};
  if (layer.transposed()) layer.output_padding[a] = pick(0, std::max(layer.stride[a], layer.dilation[a]) - 1);
}

/// A layer that check() allows; nothing but check() is trusted here.
Layer any_layer(LayerKind kind, bool other_modes) {
  Layer layer;
  layer.kind = kind;
  layer.dims = static_cast<int>(pick(1, 3));
  for (int a = first_axis(layer.dims); a < kAxes; ++a) pick_axis(layer, a);
  for (int a = 0; a < first_axis(layer.dims); ++a) layer.input[a] = layer.kernel[a] = 1;
  layer.groups = pick(1, 2);
  layer.in_channels = layer.groups * pick(1, 2);
  layer.out_channels = layer.groups * pick(1, 2);
  layer.flip_kernel = pick(0, 3) == 0;
  if (other_modes) layer.padding_mode = static_cast<PaddingMode>(pick(0, 3));
  RC_PRE(check(layer).empty());
  return layer;
}

Trace random_trace(const Layer& layer) {
  const Map shape(layer.in_channels, layer.input);
  const Kernel kernel = kernel_of(layer);
  std::vector<double> bias;
  if (pick(0, 1) == 1) bias = small_integers(static_cast<std::size_t>(layer.out_channels));
  return trace_of(layer, small_integers(shape.values.size()), small_integers(kernel.values.size()), bias);
}

RC_GTEST_PROP(Convolution, EqualsGatheringOverAPaddedCopy, ()) {
  const Trace trace = random_trace(any_layer(LayerKind::conv, true));
  RC_ASSERT(trace.output() == gathered(trace));
}

RC_GTEST_PROP(Convolution, EqualsItsMatrix, ()) {
  const Trace trace = random_trace(any_layer(LayerKind::conv, false));
  RC_ASSERT(trace.output() == through_matrix(trace));
}

RC_GTEST_PROP(Transposed, EqualsScatterZeroInsertionAndMatrix, ()) {
  const Trace trace = random_trace(any_layer(LayerKind::conv_transpose, false));
  RC_ASSERT(trace.output() == scattered(trace));
  RC_ASSERT(trace.output() == zero_inserted(trace));
  RC_ASSERT(trace.output() == through_matrix(trace));
}

TEST(Transposed, TheComparisonNoticesAKernelThatIsNotRotated) {
  const Trace trace = any_trace(square(LayerKind::conv_transpose, 3, 3, 2, 1));
  EXPECT_EQ(trace.output(), zero_inserted(trace));
  EXPECT_NE(trace.output(), zero_inserted(trace, false));
}

RC_GTEST_PROP(Transposed, StampsAddUpToTheOutput, ()) {
  const Trace trace = random_trace(any_layer(LayerKind::conv_transpose, false));
  const Stamps stamps(trace);
  for (std::int64_t c = 0; c < trace.layer().out_channels; ++c) {
    const Map output = stamps.cropped(stamps.sums_after(stamps.count(), c), c);
    for (std::int64_t n = 0; n < area(output.size); ++n)
      RC_ASSERT(output.at({0, unflat(n, output.size)}) == trace.output().at({c, unflat(n, output.size)}));
  }
}

/// A transposed layer and the convolution over its output are each other's transposed matrix (semantics 24).
RC_GTEST_PROP(Transposed, MatrixIsTheConvolutionsTransposed, ()) {
  Layer conv = any_layer(LayerKind::conv, false);
  Layer back = conv;
  back.kind = LayerKind::conv_transpose;
  back.input = geometry(conv).output;
  std::swap(back.in_channels, back.out_channels);
  for (int a = 0; a < kAxes; ++a) back.output_padding[a] = remainder(conv, a);
  RC_ASSERT(check(back).empty());
  RC_ASSERT(geometry(back).output == conv.input);
  const Trace forward = random_trace(conv);
  const Trace backward = trace_of(back, forward.output().values, forward.kernel().values);
  const Matrix c(forward), ct(backward);
  for (std::int64_t y = 0; y < c.rows(); ++y)
    for (std::int64_t x = 0; x < c.columns(); ++x) {
      const auto a = c.entry(y, x), b = ct.entry(x, y);
      RC_ASSERT(a.has_value() == b.has_value());
      if (a) RC_ASSERT(a->w == b->w);
    }
}

LayerKind any_kind() {
  return *rc::gen::element(LayerKind::conv, LayerKind::conv_transpose, LayerKind::max_pool, LayerKind::avg_pool);
}

Layer any_layer_of_any_kind() {
  const LayerKind kind = any_kind();
  if (kind == LayerKind::conv || kind == LayerKind::conv_transpose) return any_layer(kind, kind == LayerKind::conv);
  Layer layer;
  layer.kind = kind;
  for (int a = 1; a < kAxes; ++a) {
    layer.input[a] = pick(1, 7);
    layer.kernel[a] = pick(1, 4);
    layer.stride[a] = pick(1, 4);
    layer.padding[a] = {pick(0, layer.kernel[a] / 2), pick(0, layer.kernel[a] / 2)};
    if (kind == LayerKind::max_pool) layer.dilation[a] = pick(1, 2);
  }
  layer.ceil_mode = pick(0, 1) == 1;
  layer.in_channels = layer.out_channels = pick(1, 2);
  RC_PRE(check(layer).empty());
  return layer;
}

RC_GTEST_PROP(AnyLayer, StepsGiveTheOutputAndTheirTermsTheSum, ()) {
  const Trace trace = random_trace([] {
    Layer layer = any_layer_of_any_kind();
    RC_PRE(layer.row().weights);
    return layer;
  }());
  for (std::int64_t n = 0; n < trace.step_count(); ++n) {
    const Step step = trace.step(n);
    double sum = 0;
    for (const Term& term : step.terms) sum += term.x * term.w;
    RC_ASSERT(step.sum == sum + step.bias);
    RC_ASSERT(step.sum == trace.output().values[static_cast<std::size_t>(n)]);
  }
}

RC_GTEST_PROP(AnyLayer, UnreadCellsAreThoseNoStepReads, ()) {
  const Trace trace = any_trace(any_layer_of_any_kind());
  std::set<Place> read;
  for (std::int64_t n = 0; n < trace.step_count(); ++n)
    for (const Term& term : trace.step(n).terms)
      if (term.input) read.insert(*term.input);
  std::vector<Place> unread;
  for (std::int64_t c = 0; c < trace.layer().in_channels; ++c)
    for (std::int64_t n = 0; n < area(trace.layer().input); ++n)
      if (!read.contains({c, unflat(n, trace.layer().input)})) unread.push_back({c, unflat(n, trace.layer().input)});
  RC_ASSERT(trace.unread() == unread);
}

RC_GTEST_PROP(AnyLayer, OverlapCountsTheTermsOfEachStep, ()) {
  const Trace trace = any_trace(any_layer_of_any_kind());
  const Map overlap = trace.overlap();
  const std::int64_t channels = channels_read(trace.layer(), 0).last;
  for (std::int64_t n = 0; n < area(overlap.size); ++n) {
    const Step step = trace.step(n);
    const auto inputs =
        std::count_if(step.terms.begin(), step.terms.end(), [](const Term& t) { return t.input.has_value(); });
    RC_ASSERT(overlap.values[static_cast<std::size_t>(n)] * static_cast<double>(channels) ==
              static_cast<double>(inputs));
  }
}

RC_GTEST_PROP(Transposed, OverlapIsTheFullOneCropped, ()) {
  const Trace trace = any_trace(any_layer(LayerKind::conv_transpose, false));
  const Map full = trace.overlap_before_crop(), seen = trace.overlap();
  RC_ASSERT(std::accumulate(full.values.begin(), full.values.end(), 0.0) ==
            static_cast<double>(area(trace.layer().input) * area(trace.layer().kernel)));
  for (std::int64_t n = 0; n < area(seen.size); ++n) {
    Cell cell = unflat(n, seen.size);
    for (int a = 0; a < kAxes; ++a) cell[a] += trace.layer().padding[a].before;
    RC_ASSERT(seen.values[static_cast<std::size_t>(n)] == (inside(cell, full.size) ? full.at({0, cell}) : 0.0));
  }
}

RC_GTEST_PROP(AnyLayer, ContributionsAreTheSameFromEverySide, ()) {
  const Layer layer = any_layer_of_any_kind();
  const Geometry g = geometry(layer);
  std::multiset<Contribution> to, of, through;
  for (std::int64_t c = 0; c < layer.out_channels; ++c)
    for (std::int64_t n = 0; n < area(g.output); ++n)
      for (const auto& one : contributions_to(layer, {c, unflat(n, g.output)})) to.insert(one);
  for (std::int64_t c = 0; c < layer.in_channels; ++c)
    for (std::int64_t n = 0; n < area(layer.input); ++n)
      for (const auto& one : contributions_of(layer, g, {c, unflat(n, layer.input)})) of.insert(one);
  RC_ASSERT(to == of);
  if (!layer.row().weights) return;
  const Kernel kernel = kernel_of(layer);
  for (std::int64_t o = 0; o < kernel.outer; ++o)
    for (std::int64_t i = 0; i < kernel.inner; ++i)
      for (std::int64_t n = 0; n < area(layer.kernel); ++n)
        for (const auto& one : contributions_through(layer, g, o, i, unflat(n, layer.kernel), 1 << 20))
          through.insert(one);
  RC_ASSERT(to == through);
}

RC_GTEST_PROP(Matrix, RowsAndColumnsHoldItsEntries, ()) {
  const Trace trace =
      any_trace(any_layer(any_kind() == LayerKind::conv ? LayerKind::conv : LayerKind::conv_transpose, false));
  const Matrix matrix(trace);
  for (std::int64_t r = 0; r < matrix.rows(); ++r) {
    std::int64_t found = 0, last = -1;
    for (std::int64_t c = 0; c < matrix.columns(); ++c) found += matrix.entry(r, c) ? 1 : 0;
    for (const MatrixEntry& entry : matrix.row(r)) {
      RC_ASSERT(entry.column > last);
      last = entry.column;
      RC_ASSERT(matrix.entry(r, entry.column)->w == entry.w);
    }
    RC_ASSERT(static_cast<std::int64_t>(matrix.row(r).size()) == found);
  }
}

RC_GTEST_PROP(AnyLayer, TheInputsWithTheSameOutputAreFoundByTrying, ()) {
  const Layer layer = any_layer_of_any_kind();
  for (int a = first_axis(layer.dims); a < kAxes; ++a) {
    std::vector<std::int64_t> tried;
    for (std::int64_t i = 1; i < 60; ++i) {
      Layer other = layer;
      other.input[a] = i;
      if (check(other).empty() && geometry(other).output == geometry(layer).output) tried.push_back(i);
    }
    RC_ASSERT(inputs_with_same_output(layer, a) == tried);
  }
}

/// Hostile numbers end in problems, never in a crash or an overflow.
RC_GTEST_PROP(AnyNumbers, AreCheckedWithoutOverflow, ()) {
  Layer layer;
  layer.kind = any_kind();
  const auto wild = [] {
    if (pick(0, 40) == 0)
      return *rc::gen::element<std::int64_t>(INT64_MAX, INT64_MIN + 1, -1, 0, std::int64_t{1} << 31);
    return *rc::gen::element<std::int64_t>(1, 1, 2, 3, 5, 65536, (std::int64_t{1} << 31) - 1);
  };
  for (int a = 1; a < kAxes; ++a) {
    layer.input[a] = wild();
    layer.kernel[a] = wild();
    layer.stride[a] = wild();
    layer.dilation[a] = wild();
    layer.padding[a] = {wild() - 1, wild() - 1};
    if (layer.transposed()) layer.output_padding[a] = wild() - 1;
  }
  layer.in_channels = wild();
  layer.out_channels = wild();
  layer.groups = wild();
  layer.ceil_mode = pick(0, 1) == 1;
  const auto problems = check(layer);
  for (const auto& problem : problems) RC_ASSERT(!problem.message.empty());
  if (problems.empty()) RC_ASSERT(area(geometry(layer).output) >= 1);
}

}  // namespace
}  // namespace convreel::test
