#include "numerics/matrix.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "numerics/accumulate.hpp"
#include "numerics/adjacency.hpp"

namespace convreel::numerics {

std::optional<std::string> Matrix::refuses(const Layer& layer) {
  if (!layer.row().weights) return fmt::format("{} has no weights, so it is no matrix of weights", layer.row().family);
  if (layer.padding_mode != PaddingMode::zeros)
    return "padding that copies inputs joins several weights in one entry; the matrix needs zero padding";
  return std::nullopt;
}

Matrix::Matrix(const Trace& trace) : trace_(trace) {
  if (const auto why = refuses(trace.layer())) throw base::Error(base::ErrorKind::impossible, *why);
}

std::int64_t Matrix::rows() const { return trace_.step_count(); }
std::int64_t Matrix::columns() const { return static_cast<std::int64_t>(trace_.input().values.size()); }

namespace {

/// The place in the window with which `small` touches `big` along an axis: (big + p - s * small) / d.
std::optional<Cell> place_in_window(const Layer& layer, const Cell& small, const Cell& big) {
  Cell u{};
  for (int a = 0; a < kAxes; ++a) {
    const std::int64_t t = big[a] + layer.padding[a].before - layer.stride[a] * small[a];
    if (t < 0 || t % layer.dilation[a] != 0) return std::nullopt;
    u[a] = t / layer.dilation[a];
  }
  return inside(u, layer.kernel) ? std::optional(u) : std::nullopt;
}

MatrixEntry to_entry(const Trace& trace, const Contribution& c) {
  const auto row = static_cast<std::int64_t>(trace.output().offset(c.output));
  const auto column = static_cast<std::int64_t>(trace.input().offset(c.input));
  return {row, column, c.outer, c.inner, c.tap, trace.kernel().at(c.outer, c.inner, c.tap)};
}

}  // namespace

Place Matrix::output(std::int64_t row) const { return place_at(row, trace_.output().size); }
Place Matrix::input(std::int64_t column) const { return place_at(column, trace_.input().size); }

std::optional<MatrixEntry> Matrix::entry(std::int64_t row, std::int64_t column) const {
  const Layer& layer = trace_.layer();
  const Place y = output(row), x = input(column);
  const ChannelRange range = channels_read(layer, y.channel);
  if (x.channel < range.first || x.channel >= range.last) return std::nullopt;
  const auto u = layer.transposed() ? place_in_window(layer, x.cell, y.cell) : place_in_window(layer, y.cell, x.cell);
  if (!u) return std::nullopt;
  const WeightIndex w = weight_index(layer, y.channel, x.channel, *u);
  return MatrixEntry{row, column, w.outer, w.inner, w.tap, trace_.kernel().at(w.outer, w.inner, w.tap)};
}

std::vector<MatrixEntry> Matrix::row(std::int64_t row) const {
  std::vector<MatrixEntry> entries;
  for (const Contribution& c : contributions_to(trace_.layer(), output(row))) entries.push_back(to_entry(trace_, c));
  std::sort(entries.begin(), entries.end(),
            [](const MatrixEntry& a, const MatrixEntry& b) { return a.column < b.column; });
  return entries;
}

std::vector<MatrixEntry> Matrix::column(std::int64_t column) const {
  std::vector<MatrixEntry> entries;
  for (const Contribution& c : contributions_of(trace_.layer(), trace_.geometry(), input(column)))
    entries.push_back(to_entry(trace_, c));
  return entries;
}

}  // namespace convreel::numerics
