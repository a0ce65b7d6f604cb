// jax.lax: every layer is a convolution of a stretched input, or a reduced window.
#include "explain/code/code.hpp"
#include "explain/code/parts.hpp"

namespace convreel::explain {

namespace {

constexpr Around kJaxInput{"x = jnp.array(", ", dtype=jnp.float64)"},
    kJaxKernel{"w = jnp.array(", ", dtype=jnp.float64)"}, kJaxBias{"b = jnp.array(", ", dtype=jnp.float64)"};

/// conv_general_dilated with that padding, what is negative of it as a slice of the output.
void jax_dilated(const Layer& layer, const Padding& padding, const Cell& strides, const Cell& stretch, Script& script) {
  Padding pads = padding;
  std::string slices;
  bool sliced = false;
  for (int a = first_axis(layer.dims); a < kAxes; ++a) {
    const auto cut = [](std::int64_t& side) {
      const std::int64_t lost = side < 0 ? -side : 0;
      side += lost;
      return lost;
    };
    const std::int64_t begin = cut(pads[a].before), end = cut(pads[a].after);
    sliced = sliced || begin > 0 || end > 0;
    slices += fmt::format(", {}:{}", begin > 0 ? fmt::to_string(begin) : "", end > 0 ? fmt::format("-{}", end) : "");
  }
  const int dims = layer.dims;
  script.line(
      "y = lax.conv_general_dilated(x, w, window_strides={}, padding=[{}], lhs_dilation={}, rhs_dilation={}, "
      "feature_group_count={})",
      python_tuple(strides, dims), python_pairs(pads, dims), python_tuple(stretch, dims),
      python_tuple(layer.dilation, dims), layer.groups);
  if (sliced) script.line("y = y[:, :{}]  # padding below zero", slices);
}

void jax_convolution(const Layer& layer, Script& script) {
  Padding padding = layer.padding;
  if (layer.flip_kernel) script.line("w = w[:, :{}]", backwards(layer.dims));
  if (const std::string_view mode = numpy_mode(layer.padding_mode); !mode.empty() && padding != Padding{}) {
    script.line("x = jnp.pad(x, [(0, 0), (0, 0), {}], mode=\"{}\")", python_pairs(padding, layer.dims), mode);
    padding = {};
  }
  jax_dilated(layer, padding, layer.stride, {1, 1, 1}, script);
}

/// The kernel's two channel axes change places within each group, and it is turned.
void jax_transposed(const Trace& trace, Script& script) {
  const Layer& layer = trace.layer();
  const std::string turned = layer.flip_kernel ? "" : fmt::format("[:, :{}]", backwards(layer.dims));
  if (layer.groups == 1) {
    script.line("w = w.swapaxes(0, 1){}", turned);
  } else {
    const std::int64_t inner = layer.in_channels / layer.groups, outer = layer.out_channels / layer.groups;
    script.line("w = w.reshape({}, {}, {}, *w.shape[2:]).swapaxes(1, 2).reshape({}, {}, *w.shape[2:]){}", layer.groups,
                inner, outer, layer.out_channels, inner, turned);
  }
  jax_dilated(layer, trace.geometry().equivalent_padding, {1, 1, 1}, layer.stride, script);
}

void jax_pooling(const Trace& trace, Script& script) {
  const Layer& layer = trace.layer();
  const int dims = layer.dims;
  const auto with_channels = [&](const Cell& cell) {
    std::string text = "(1, 1";
    for (int a = first_axis(dims); a < kAxes; ++a) text += fmt::format(", {}", cell[a]);
    return text + ")";
  };
  const auto reduced = [&](std::string_view what, std::string_view by, const Padding& padding) {
    return fmt::format("lax.reduce_window({}, {}, {}, {}, [(0, 0), (0, 0), {}], window_dilation={})", what, by,
                       with_channels(layer.kernel), with_channels(layer.stride), python_pairs(padding, dims),
                       with_channels(layer.dilation));
  };
  const Padding whole = with_more_after(layer.padding, overhang(trace));
  if (layer.row().picks) return script.line("y = {}", reduced("x", "-jnp.inf, lax.max", whole));
  script.line("y = {}", reduced("x", "0.0, lax.add", whole));
  if (const auto divisor = one_divisor(trace)) return script.line("y = y / {}", *divisor);
  script.line("n = jnp.ones_like(x)  # what counts in a mean");
  if (!layer.count_include_pad) return script.line("y = y / {}", reduced("n", "0.0, lax.add", whole));
  if (layer.padding != Padding{})
    script.line("n = jnp.pad(n, [(0, 0), (0, 0), {}], constant_values=1)", python_pairs(layer.padding, dims));
  script.line("y = y / {}", reduced("n", "0.0, lax.add", with_more_after({}, overhang(trace))));
}

}  // namespace

std::string jax_code(const Trace& trace) {
  hold_to_a_page(trace);
  const Layer& layer = trace.layer();
  Script script;
  script.line("import jax");
  script.line("import jax.numpy as jnp");
  script.line("from jax import lax");
  script.blank();
  script.line("jax.config.update(\"jax_enable_x64\", True)");
  script.line("{}", input_line(trace, kJaxInput, true));
  if (layer.row().weights) script.line("{}", kernel_line(trace, kJaxKernel));
  if (!layer.row().weights)
    jax_pooling(trace, script);
  else
    layer.transposed() ? jax_transposed(trace, script) : jax_convolution(layer, script);
  if (!trace.bias().empty()) {
    script.line("{}", bias_line(trace, kJaxBias));
    std::string ones;
    for (int n = 0; n < layer.dims; ++n) ones += ", 1";
    script.line("y = y + b.reshape(1, -1{})", ones);
  }
  script.line("print(y)");
  return script.take();
}

}  // namespace convreel::explain
