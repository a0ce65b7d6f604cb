#include "support/formulas.hpp"

#include "numerics/matrix.hpp"

namespace convreel::test {

using namespace numerics;

namespace {

Cell turned(const Layer& layer, const Cell& tap) {
  return {layer.kernel[0] - 1 - tap[0], layer.kernel[1] - 1 - tap[1], layer.kernel[2] - 1 - tap[2]};
}

double bias_of(const Trace& trace, std::int64_t channel) {
  return trace.bias().empty() ? 0.0 : trace.bias()[static_cast<std::size_t>(channel)];
}

}  // namespace

Map gathered(const Trace& trace) {
  const Layer& l = trace.layer();
  Cell padded_size{};
  for (int a = 0; a < kAxes; ++a) padded_size[a] = l.input[a] + l.padding[a].sum();
  Map padded(l.in_channels, padded_size);
  for (std::int64_t c = 0; c < l.in_channels; ++c)
    for (std::int64_t n = 0; n < area(padded_size); ++n) {
      Cell from = unflat(n, padded_size);
      for (int a = 0; a < kAxes; ++a) {
        std::int64_t t = from[a] - l.padding[a].before;
        const std::int64_t i = l.input[a];
        if (l.padding_mode == PaddingMode::reflect) t = t < 0 ? -t : t >= i ? 2 * i - 2 - t : t;
        if (l.padding_mode == PaddingMode::replicate) t = t < 0 ? 0 : t >= i ? i - 1 : t;
        if (l.padding_mode == PaddingMode::circular) t = t < 0 ? t + i : t >= i ? t - i : t;
        from[a] = t;
      }
      if (inside(from, l.input)) padded.at({c, unflat(n, padded_size)}) = trace.input().at({c, from});
    }
  Map out(l.out_channels, trace.geometry().output);
  const std::int64_t in = l.in_channels / l.groups, each = l.out_channels / l.groups;
  for (std::int64_t c = 0; c < l.out_channels; ++c)
    for (std::int64_t n = 0; n < area(out.size); ++n) {
      const Cell y = unflat(n, out.size);
      double sum = bias_of(trace, c);
      for (std::int64_t j = 0; j < in; ++j)
        for (std::int64_t m = 0; m < area(l.kernel); ++m) {
          const Cell u = unflat(m, l.kernel);
          Cell at{};
          for (int a = 0; a < kAxes; ++a) at[a] = y[a] * l.stride[a] + u[a] * l.dilation[a];
          sum += padded.at({c / each * in + j, at}) * trace.kernel().at(c, j, l.flip_kernel ? turned(l, u) : u);
        }
      out.at({c, y}) = sum;
    }
  return out;
}

Map scattered(const Trace& trace) {
  const Layer& l = trace.layer();
  Map out(l.out_channels, trace.geometry().output);
  for (std::int64_t c = 0; c < l.out_channels; ++c)
    for (std::int64_t n = 0; n < area(out.size); ++n) out.at({c, unflat(n, out.size)}) = bias_of(trace, c);
  const std::int64_t in = l.in_channels / l.groups, each = l.out_channels / l.groups;
  for (std::int64_t i = 0; i < l.in_channels; ++i)
    for (std::int64_t j = 0; j < each; ++j)
      for (std::int64_t n = 0; n < area(l.input); ++n)
        for (std::int64_t m = 0; m < area(l.kernel); ++m) {
          const Cell x = unflat(n, l.input), u = unflat(m, l.kernel);
          Cell y{};
          for (int a = 0; a < kAxes; ++a) y[a] = x[a] * l.stride[a] + u[a] * l.dilation[a] - l.padding[a].before;
          if (inside(y, out.size))
            out.at({i / in * each + j, y}) +=
                trace.input().at({i, x}) * trace.kernel().at(i, j, l.flip_kernel ? turned(l, u) : u);
        }
  return out;
}

Map zero_inserted(const Trace& trace, bool rotate) {
  const Layer& l = trace.layer();
  const Geometry& g = trace.geometry();
  Map stretched(l.in_channels, g.stretched);
  for (std::int64_t c = 0; c < l.in_channels; ++c)
    for (std::int64_t n = 0; n < area(l.input); ++n) {
      const Cell x = unflat(n, l.input);
      Cell to{};
      for (int a = 0; a < kAxes; ++a) to[a] = x[a] * (g.zeros_inserted[a] + 1) + g.equivalent_padding[a].before;
      if (inside(to, g.stretched)) stretched.at({c, to}) = trace.input().at({c, x});
    }
  Map out(l.out_channels, g.output);
  const std::int64_t in = l.in_channels / l.groups, each = l.out_channels / l.groups;
  for (std::int64_t c = 0; c < l.out_channels; ++c)
    for (std::int64_t n = 0; n < area(out.size); ++n) {
      const Cell y = unflat(n, out.size);
      double sum = bias_of(trace, c);
      for (std::int64_t j = 0; j < in; ++j)
        for (std::int64_t m = 0; m < area(l.kernel); ++m) {
          const Cell u = unflat(m, l.kernel);
          Cell at{};
          for (int a = 0; a < kAxes; ++a) at[a] = y[a] + u[a] * l.dilation[a];
          const std::int64_t i = c / each * in + j;
          sum += stretched.at({i, at}) * trace.kernel().at(i, c % each, l.flip_kernel == rotate ? u : turned(l, u));
        }
      out.at({c, y}) = sum;
    }
  return out;
}

Map through_matrix(const Trace& trace) {
  const Matrix matrix(trace);
  Map out = trace.output();
  for (std::int64_t r = 0; r < matrix.rows(); ++r) {
    double sum = bias_of(trace, matrix.output(r).channel);
    for (std::int64_t c = 0; c < matrix.columns(); ++c)
      if (const auto entry = matrix.entry(r, c)) sum += entry->w * trace.input().values[static_cast<std::size_t>(c)];
    out.values[static_cast<std::size_t>(r)] = sum;
  }
  return out;
}

}  // namespace convreel::test
