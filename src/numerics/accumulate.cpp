#include "numerics/accumulate.hpp"

#include <algorithm>
#include <cmath>

#include "base/cancel.hpp"
#include "numerics/arithmetic.hpp"
#include "numerics/axis.hpp"
#include "numerics/trace.hpp"

namespace convreel::numerics {

ChannelRange channels_read(const Layer& layer, std::int64_t output_channel) {
  const std::int64_t in = layer.in_channels / layer.channel_groups();
  const std::int64_t group = output_channel / (layer.out_channels / layer.channel_groups());
  return {group * in, (group + 1) * in};
}

WeightIndex weight_index(const Layer& layer, std::int64_t output_channel, std::int64_t input_channel,
                         const Cell& place_in_window) {
  const Cell tap = layer.flip_kernel ? turned(place_in_window, layer.kernel) : place_in_window;
  const KernelPlane plane = kernel_plane(layer, output_channel, input_channel);
  return {plane.outer, plane.inner, tap};
}

namespace {

/// One row of the output, one row of the input (null: a row of zero padding) and the weight between them.
struct RowPair {
  double* output = nullptr;
  const double* input = nullptr;
  double weight = 0;
};

/// big = s * small + d * tap - p along the columns; `offset` is d * tap - p.
struct ColumnRule {
  Axis axis;
  std::int64_t o = 1, offset = 0;
  PaddingMode mode = PaddingMode::zeros;
};

void add_padding(const RowPair& row, const ColumnRule& rule, std::int64_t from, std::int64_t to) {
  // 0 * w adds nothing unless w is infinite or NaN, which must show.
  if (rule.mode == PaddingMode::zeros && std::isfinite(row.weight)) return;
  for (std::int64_t y = from; y < to; ++y) {
    const auto cell = row.input ? padded_index(y * rule.axis.s + rule.offset, rule.axis.i, rule.mode) : std::nullopt;
    row.output[y] += (cell ? row.input[*cell] : 0.0) * row.weight;
  }
}

/// output[y] += input[s*y + offset] * w for every y of the row.
void gather_row(const RowPair& row, const ColumnRule& rule) {
  if (!row.input) return add_padding(row, rule, 0, rule.o);
  const std::int64_t s = rule.axis.s;
  const std::int64_t first = std::clamp<std::int64_t>(ceil_div(-rule.offset, s), 0, rule.o);
  const std::int64_t last = std::clamp<std::int64_t>(ceil_div(rule.axis.i - rule.offset, s), first, rule.o);
  add_padding(row, rule, 0, first);
  const double* input = row.input + rule.offset;
  if (s == 1) {
    for (std::int64_t y = first; y < last; ++y) row.output[y] += input[y] * row.weight;
  } else {
    for (std::int64_t y = first; y < last; ++y) row.output[y] += input[y * s] * row.weight;
  }
  add_padding(row, rule, last, rule.o);
}

/// output[s*x + offset] += input[x] * w for every x whose place is visible.
void stamp_row(const RowPair& row, const ColumnRule& rule) {
  if (!row.input) return;
  const std::int64_t s = rule.axis.s;
  const std::int64_t first = std::clamp<std::int64_t>(ceil_div(-rule.offset, s), 0, rule.axis.i);
  const std::int64_t last = std::clamp<std::int64_t>(ceil_div(rule.o - rule.offset, s), first, rule.axis.i);
  for (std::int64_t x = first; x < last; ++x) row.output[x * s + rule.offset] += row.input[x] * row.weight;
}

class Accumulator {
 public:
  Accumulator(const Layer& layer, const Geometry& geometry, const Map& input, Map& output)
      : layer_(layer), geometry_(geometry), input_(input), output_(output) {}

  /// Adds what one weight contributes to a whole output channel.
  void add(std::int64_t output_channel, std::int64_t input_channel, const Cell& u, double weight) {
    const Axis columns = axis_of(layer_, 2);
    const ColumnRule rule{columns, geometry_.output[2], u[2] * columns.d - columns.p.before, layer_.padding_mode};
    const Cell small = small_size(layer_, geometry_);
    for (std::int64_t z = 0; z < small[0]; ++z)
      for (std::int64_t y = 0; y < small[1]; ++y) add_row(output_channel, input_channel, {z, y, 0}, u, weight, rule);
  }

 private:
  void add_row(std::int64_t oc, std::int64_t ic, const Cell& small, const Cell& u, double weight,
               const ColumnRule& rule) {
    const Cell big{big_position(0, small[0], u[0]), big_position(1, small[1], u[1]), 0};
    if (layer_.transposed()) {
      if (!inside(big, geometry_.output)) return;
      stamp_row({&output_.at({oc, big}), &input_.values[input_.offset({ic, small})], weight}, rule);
      return;
    }
    const auto z = padded_index(big[0], layer_.input[0], layer_.padding_mode);
    const auto y = padded_index(big[1], layer_.input[1], layer_.padding_mode);
    const double* row = z && y ? &input_.values[input_.offset({ic, {*z, *y, 0}})] : nullptr;
    gather_row({&output_.at({oc, small}), row, weight}, rule);
  }

  [[nodiscard]] std::int64_t big_position(int a, std::int64_t small, std::int64_t u) const {
    return small * layer_.stride[a] + u * layer_.dilation[a] - layer_.padding[a].before;
  }

  const Layer& layer_;
  const Geometry& geometry_;
  const Map& input_;
  Map& output_;
};

void add_bias(Map& output, const std::vector<double>& bias) {
  const auto cells = static_cast<std::size_t>(area(output.size));
  for (std::size_t c = 0; c < bias.size(); ++c)
    for (std::size_t n = 0; n < cells; ++n) output.values[c * cells + n] += bias[c];
}

}  // namespace

Map convolved(const Layer& layer, const Geometry& geometry, const Map& input, const Kernel& kernel,
              const std::vector<double>& bias) {
  Map output(layer.out_channels, geometry.output);
  Accumulator accumulator(layer, geometry, input, output);
  for (std::int64_t oc = 0; oc < layer.out_channels; ++oc) {
    const ChannelRange range = channels_read(layer, oc);
    for (std::int64_t ic = range.first; ic < range.last; ++ic)
      for (std::int64_t n = 0; n < area(layer.kernel); ++n) {
        base::stop_if_cancelled();
        const Cell u = unflat(n, layer.kernel);
        const WeightIndex w = weight_index(layer, oc, ic, u);
        accumulator.add(oc, ic, u, kernel.at(w.outer, w.inner, w.tap));
      }
  }
  add_bias(output, bias);
  return output;
}

}  // namespace convreel::numerics
