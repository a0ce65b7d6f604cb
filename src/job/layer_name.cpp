#include "job/layer_name.hpp"

#include "base/text.hpp"

namespace convreel::job {

namespace {

using numerics::LayerKind;

constexpr LayerRow kRows[] = {
    {"conv2d", "conv", "Conv2d", {LayerKind::conv, 2}, "convolution (cross-correlation), two axes"},
    {"conv1d", "", "Conv1d", {LayerKind::conv, 1}, "convolution (cross-correlation), one axis"},
    {"conv-transpose2d",
     "transpose",
     "ConvTranspose2d",
     {LayerKind::conv_transpose, 2},
     "transposed convolution, two axes"},
    {"conv-transpose1d", "", "ConvTranspose1d", {LayerKind::conv_transpose, 1}, "transposed convolution, one axis"},
    {"max-pool2d", "max-pool", "MaxPool2d", {LayerKind::max_pool, 2}, "maximum of each window, two axes"},
    {"max-pool1d", "", "MaxPool1d", {LayerKind::max_pool, 1}, "maximum of each window, one axis"},
    {"avg-pool2d", "avg-pool", "AvgPool2d", {LayerKind::avg_pool, 2}, "mean of each window, two axes"},
    {"avg-pool1d", "", "AvgPool1d", {LayerKind::avg_pool, 1}, "mean of each window, one axis"},
};

/// Lower case, without '-' and '_'.
std::string bare(std::string_view text) {
  std::string result = base::lower(text);
  std::erase_if(result, [](char c) { return c == '-' || c == '_'; });
  return result;
}

const LayerRow& row_of(const LayerName& layer) {
  for (const LayerRow& row : kRows)
    if (row.layer == layer) return row;
  return kRows[0];
}

}  // namespace

std::span<const LayerRow> layer_rows() { return kRows; }

std::optional<LayerName> layer_named(std::string_view text) {
  const std::string wanted = bare(text);
  if (wanted == "deconv2d") return LayerName{LayerKind::conv_transpose, 2};
  if (wanted == "deconv1d") return LayerName{LayerKind::conv_transpose, 1};
  for (const LayerRow& row : kRows)
    if (wanted == bare(row.name) || wanted == bare(row.torch_name) ||
        (wanted == bare(row.short_name) && !wanted.empty()))
      return row.layer;
  return std::nullopt;
}

std::string_view name(const LayerName& layer) { return row_of(layer).name; }
std::string_view torch_name(const LayerName& layer) { return row_of(layer).torch_name; }

}  // namespace convreel::job
