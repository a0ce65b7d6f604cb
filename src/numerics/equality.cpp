#include "numerics/equality.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

namespace convreel::numerics {

namespace {

using OneLayerOrWhy = std::variant<OneLayer, std::string>;

/// A layer with its numbers, before it is computed.
struct Recipe {
  Layer layer;
  Kernel kernel;
  std::vector<double> bias;
};

double bias_at(const std::vector<double>& bias, std::int64_t channel) {
  return bias.empty() ? 0 : bias[static_cast<std::size_t>(channel)];
}

/// The kernel over all channels, zeros where groups do not see each other; turned where the layer flips it.
Recipe without_groups(const Trace& trace) {
  Recipe made{trace.layer(), Kernel(trace.layer().out_channels, trace.layer().in_channels, trace.layer().kernel),
              trace.bias()};
  for (std::int64_t o = 0; o < made.kernel.outer; ++o) {
    const ChannelRange read = channels_read(trace.layer(), o);
    for (std::int64_t i = read.first; i < read.last; ++i)
      each_cell(made.kernel.size, [&](const Cell& tap) {
        const Cell at = trace.layer().flip_kernel ? turned(tap, made.kernel.size) : tap;
        made.kernel.at(o, i, tap) = trace.weight(o, i, at);
      });
  }
  made.layer.groups = 1;
  made.layer.flip_kernel = false;
  return made;
}

bool is_convolution(const Stage& stage) {
  return stage.trace() && stage.trace()->layer().kind == LayerKind::conv &&
         stage.trace()->layer().padding_mode == PaddingMode::zeros;
}

/// Stride, dilation and padding as both ways of enlarging need them.
bool is_plain(const Layer& layer) {
  for (int a = 0; a < kAxes; ++a)
    if (layer.stride[a] != 1 || layer.dilation[a] != 1 || layer.padding[a].before != layer.padding[a].after ||
        layer.padding[a].before < 0 || layer.padding[a].before > layer.kernel[a] - 1)
      return false;
  return true;
}

OneLayerOrWhy computed(Recipe recipe, const Stage& first, std::string rule, std::vector<std::string> left_out = {}) {
  if (!check(recipe.layer).empty()) return "no single layer has these sizes";
  return OneLayer{Trace(recipe.layer, first.input(), std::move(recipe.kernel), std::move(recipe.bias)), std::move(rule),
                  std::move(left_out)};
}

// Two convolutions are one whose kernel is the product of both, seen as polynomials.

/// `second` after `first`.
Recipe composed(const Recipe& first, const Recipe& second) {
  Recipe made;
  made.layer = first.layer;
  made.layer.out_channels = second.layer.out_channels;
  for (int a = 0; a < kAxes; ++a) {
    const std::int64_t s = first.layer.stride[a], d = second.layer.dilation[a];
    made.layer.kernel[a] =
        (first.layer.kernel[a] - 1) * first.layer.dilation[a] + (second.layer.kernel[a] - 1) * s * d + 1;
    made.layer.dilation[a] = 1;
    made.layer.stride[a] = s * second.layer.stride[a];
    made.layer.padding[a].before += s * second.layer.padding[a].before;
    made.layer.padding[a].after += s * second.layer.padding[a].after;
  }
  made.kernel = Kernel(made.layer.out_channels, made.layer.in_channels, made.layer.kernel);
  each_cell(second.kernel.size, [&](const Cell& v) {
    each_cell(first.kernel.size, [&](const Cell& u) {
      Cell at{};
      for (int a = 0; a < kAxes; ++a)
        at[a] = u[a] * first.layer.dilation[a] + v[a] * first.layer.stride[a] * second.layer.dilation[a];
      for (std::int64_t o = 0; o < made.kernel.outer; ++o)
        for (std::int64_t m = 0; m < second.kernel.inner; ++m)
          for (std::int64_t i = 0; i < made.kernel.inner; ++i)
            made.kernel.at(o, i, at) += second.kernel.at(o, m, v) * first.kernel.at(m, i, u);
    });
  });
  if (first.bias.empty() && second.bias.empty()) return made;
  for (std::int64_t o = 0; o < made.layer.out_channels; ++o) {
    double sum = bias_at(second.bias, o);
    for (std::int64_t m = 0; m < second.kernel.inner; ++m)
      each_cell(second.kernel.size, [&](const Cell& v) { sum += second.kernel.at(o, m, v) * bias_at(first.bias, m); });
    made.bias.push_back(sum);
  }
  return made;
}

OneLayerOrWhy folded_convolutions(const std::vector<Stage>& stages) {
  std::optional<Recipe> made;
  std::vector<std::string> left_out;
  std::string sizes;
  for (const Stage& stage : stages) {
    if (stage.mapping() && elementwise(*stage.mapping())) {
      if (stage.mapping()->kind < MappingKind::identity) left_out.push_back(stage.name());
      continue;
    }
    if (!is_convolution(stage)) return fmt::format("{} is no convolution with zeros around", stage.name());
    Recipe next = without_groups(*stage.trace());
    if (made && next.layer.padding != Padding{})
      return "padding between two convolutions is zeros for the second one, which no single layer can know";
    made = made ? composed(*made, next) : std::move(next);
  }
  if (!made) return "there is no convolution in it";
  return computed(std::move(*made), stages.front(), "its kernel is the kernels' full convolution with each other",
                  std::move(left_out));
}

// Enlarging by nearest neighbours is a transposed convolution with a box.

/// r along every axis; 0 where it is no whole number of times.
Cell nearest_factor(const Mapping& mapping) {
  const Shape output = row_of(mapping).output(mapping);
  Cell factor{1, 1, 1};
  for (int a = first_axis(mapping.dims); a < kAxes; ++a)
    factor[a] = output.size[a] % mapping.input.size[a] == 0 ? output.size[a] / mapping.input.size[a] : 0;
  return factor;
}

bool enlarges(const Stage& stage) {
  return stage.mapping() && stage.mapping()->kind == MappingKind::upsample &&
         stage.mapping()->resizing == Resizing::nearest && area(nearest_factor(*stage.mapping())) > 0;
}

/// A transposed layer from `in` to `out` channels; its kernel has [in][out].
Recipe transposed(const Stage& first, std::int64_t out, const Cell& stride, const Cell& kernel, const Cell& padding) {
  Recipe made;
  made.layer.kind = LayerKind::conv_transpose;
  made.layer.dims = first.dims();
  made.layer.input = first.input_shape().size;
  made.layer.in_channels = first.input_shape().channels;
  made.layer.out_channels = out;
  made.layer.stride = stride;
  made.layer.kernel = kernel;
  for (int a = 0; a < kAxes; ++a) made.layer.padding[a] = {padding[a], padding[a]};
  made.kernel = Kernel(made.layer.in_channels, out, kernel);
  return made;
}

OneLayerOrWhy enlarged_then_convolved(const Stage& first, const Trace& convolution) {
  const Recipe w = without_groups(convolution);
  const Cell r = nearest_factor(*first.mapping());
  if (!is_plain(w.layer)) return "the convolution needs stride 1, dilation 1 and a padding below its kernel";
  Cell kernel{1, 1, 1}, padding{};
  for (int a = 0; a < kAxes; ++a) {
    kernel[a] = r[a] + w.layer.kernel[a] - 1;
    padding[a] = w.layer.kernel[a] - 1 - w.layer.padding[a].before;
  }
  Recipe made = transposed(first, w.layer.out_channels, r, kernel, padding);
  made.bias = w.bias;
  each_cell(r, [&](const Cell& box) {
    each_cell(w.kernel.size, [&](const Cell& tap) {
      Cell at = turned(tap, w.kernel.size);
      for (int a = 0; a < kAxes; ++a) at[a] += box[a];
      for (std::int64_t o = 0; o < w.kernel.outer; ++o)
        for (std::int64_t i = 0; i < w.kernel.inner; ++i) made.kernel.at(i, o, at) += w.kernel.at(o, i, tap);
    });
  });
  return computed(
      std::move(made), first,
      fmt::format("stride {}, and its kernel is a box of {} convolved with the kernel turned round", r[2], r[2]));
}

// Pixel shuffle puts the channels of a convolution between each other, as a transposed convolution puts its taps.

OneLayerOrWhy convolved_then_shuffled(const Stage& first, const Mapping& shuffle) {
  const Recipe w = without_groups(*first.trace());
  const std::int64_t r = shuffle.factor, planes = r * r;
  if (!is_plain(w.layer)) return "the convolution needs stride 1, dilation 1 and a padding below its kernel";
  Cell stride{1, r, r}, kernel{1, 1, 1}, padding{};
  for (int a = 1; a < kAxes; ++a) {
    kernel[a] = r * w.layer.kernel[a];
    padding[a] = r * (w.layer.kernel[a] - 1 - w.layer.padding[a].before);
  }
  Recipe made = transposed(first, w.layer.out_channels / planes, stride, kernel, padding);
  for (std::int64_t o = 0; o < w.kernel.outer; ++o) {
    if (bias_at(w.bias, o) != bias_at(w.bias, o / planes * planes))
      return "channels that become one map have different biases, and a transposed layer has one a map";
    each_cell(w.kernel.size, [&](const Cell& tap) {
      Cell at = turned(tap, w.kernel.size);
      at[1] = at[1] * r + o % planes / r;
      at[2] = at[2] * r + o % r;
      for (std::int64_t i = 0; i < w.kernel.inner; ++i) made.kernel.at(i, o / planes, at) = w.kernel.at(o, i, tap);
    });
  }
  for (std::int64_t c = 0; !w.bias.empty() && c < made.layer.out_channels; ++c)
    made.bias.push_back(bias_at(w.bias, c * planes));
  return computed(std::move(made), first,
                  fmt::format("stride {0}, and its kernel holds the {1} kernels' taps between each other", r, planes));
}

bool shuffles(const Stage& stage) {
  return stage.mapping() && stage.mapping()->kind == MappingKind::pixel_shuffle && !stage.mapping()->blocks_first;
}

}  // namespace

OneLayerOrWhy as_one_layer(const std::vector<Stage>& stages) {
  for (const Stage& stage : stages)
    if (!stage.has_values()) return fmt::format("of {} only the shape is told", stage.name());
  if (stages.size() == 2 && enlarges(stages[0]) && is_convolution(stages[1]))
    return enlarged_then_convolved(stages[0], *stages[1].trace());
  if (stages.size() == 2 && is_convolution(stages[0]) && shuffles(stages[1]))
    return convolved_then_shuffled(stages[0], *stages[1].mapping());
  return folded_convolutions(stages);
}

namespace {

std::string size_words(const Cell& size, int dims) {
  return fmt::format("{}", fmt::join(size.begin() + first_axis(dims), size.end(), "×"));
}

}  // namespace

Layer layer_back(const Layer& layer) {
  Layer back = layer;
  back.kind = *layer.row().adjoint;
  back.input = geometry(layer).output;
  std::swap(back.in_channels, back.out_channels);
  for (int a = 0; a < kAxes; ++a) back.output_padding[a] = layer.transposed() ? 0 : remainder(layer, a);
  return back;
}

std::optional<std::string> no_layer_back(const Layer& layer) {
  if (!layer.row().adjoint) return fmt::format("{} has no weights to go back with", layer.row().family);
  if (layer.padding_mode != PaddingMode::zeros)
    return fmt::format("a transposed layer has no {} padding to undo", name(layer.padding_mode));
  const Layer back = layer_back(layer);
  if (const auto problems = check(back); !problems.empty())
    return "the layer has no way back: " + problems.front().message;
  if (const Cell size = geometry(back).output; size != layer.input)
    return fmt::format("the way back gives {} and not {}, because the output padding is not below the stride",
                       size_words(size, layer.dims), size_words(layer.input, layer.dims));
  return std::nullopt;
}

OneLayer gradient_as_one_layer(const Trace& trace, Map gradient) {
  std::string rule = "the same weights and the same stride, read in the other direction";
  return {Trace(layer_back(trace.layer()), std::move(gradient), trace.kernel(), {}), std::move(rule), {}};
}

bool same_number(double a, double b, double largest) {
  return a == b || std::abs(a - b) <= 1e-9 * std::max(1.0, largest);
}

}  // namespace convreel::numerics
