#include "job/layer_name.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

#include "base/text.hpp"

namespace convreel::job {

namespace {

using numerics::KindRow;

constexpr std::array<std::string_view, numerics::kAxes> kAxesWords = {"one axis", "two axes", "three axes"};
/// The order in which lists name them: what most people mean comes first.
constexpr std::array kDims = {2, 1, 3};

LayerRow made(const KindRow& row, int dims) {
  const auto with_axes = [&](std::string_view word) {
    return word.empty() ? std::string() : fmt::format("{}{}d", word, dims);
  };
  return {with_axes(row.command),
          dims == 2 ? std::string(row.short_command) : std::string(),
          with_axes(row.misnomer),
          with_axes(row.torch_name),
          fmt::format(fmt::runtime(row.keras_name), dims),
          {row.kind, dims},
          fmt::format("{}, {}", row.summary, axes_words(dims))};
}

std::vector<LayerRow> all_rows() {
  std::vector<LayerRow> rows;
  for (const KindRow& row : numerics::kLayerKinds)
    for (const int dims : kDims)
      if (dims >= row.least_axes && dims <= row.most_axes) rows.push_back(made(row, dims));
  return rows;
}

/// Lower case, without '-' and '_'.
std::string bare(std::string_view text) {
  std::string result = base::lower(text);
  std::erase_if(result, [](char c) { return c == '-' || c == '_'; });
  return result;
}

const LayerRow& row_of(const LayerName& layer) {
  for (const LayerRow& row : layer_rows())
    if (row.layer == layer) return row;
  return layer_rows().front();
}

}  // namespace

std::string_view axes_words(int dims) { return kAxesWords.at(static_cast<std::size_t>(dims - 1)); }

std::span<const LayerRow> layer_rows() {
  static const std::vector kRows = all_rows();
  return kRows;
}

std::optional<LayerName> layer_named(std::string_view text) {
  const std::string wanted = bare(text);
  if (wanted.empty()) return std::nullopt;
  for (const LayerRow& row : layer_rows())
    for (const std::string& name : {row.name, row.short_name, row.misnomer, row.torch_name})
      if (wanted == bare(name)) return row.layer;
  return std::nullopt;
}

std::string_view name(const LayerName& layer) { return row_of(layer).name; }
std::string_view torch_name(const LayerName& layer) { return row_of(layer).torch_name; }

}  // namespace convreel::job
