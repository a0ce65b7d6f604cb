// Keras 3: 'valid' and 'same' are all its padding, so that other numbers are layers before and after.
#include <algorithm>

#include "explain/code/code.hpp"
#include "explain/code/parts.hpp"
#include "numerics/axis.hpp"

namespace convreel::explain {

namespace {

constexpr Cell kOnes{1, 1, 1};

std::string keras_pairs(const Padding& padding, int dims) {
  const std::string text = python_pairs(padding, dims);
  return dims == 1 ? text : fmt::format("({})", text);
}

class KerasScript {
 public:
  explicit KerasScript(const Trace& trace) : trace_(trace), layer_(trace.layer()), dims_(layer_.dims) {}

  std::string write() {
    script_.line("import keras");
    script_.line("import numpy as np");
    script_.blank();
    script_.line("{}", input_line(trace_, kNumpyInput, true));
    script_.line("x = np.moveaxis(x, 1, -1)  # Keras keeps the channels last");
    if (!layer_.row().weights)
      pooling();
    else
      layer_.transposed() ? transposed() : convolution();
    script_.line("y = np.moveaxis(np.asarray(y), -1, 1)");
    script_.line("print(y)");
    return script_.take();
  }

 private:
  template <class Each>
  [[nodiscard]] bool every_axis(Each each) const {
    for (int a = first_axis(dims_); a < kAxes; ++a)
      if (!each(a)) return false;
    return true;
  }

  [[nodiscard]] bool same() const {
    return every_axis([&](int a) {
      return layer_.padding[a] == numerics::same_padding_strided(layer_.input[a], layer_.kernel[a], layer_.stride[a],
                                                                 layer_.dilation[a], false);
    });
  }

  /// The layer's call, its weights set.
  void weighing(std::string_view padding, const Cell& strides, const std::string& more) {
    const bool bias = !trace_.bias().empty();
    script_.line(
        "layer = keras.layers.{}(filters={}, kernel_size={}, strides={}, padding=\"{}\", dilation_rate={}{}, "
        "use_bias={}, dtype=\"float64\")",
        fmt::format(fmt::runtime(layer_.row().keras_name), dims_), layer_.out_channels,
        python_tuple(layer_.kernel, dims_), python_tuple(strides, dims_), padding, python_tuple(layer_.dilation, dims_),
        more, python_bool(bias));
    script_.line("layer.build(x.shape)");
    script_.line("{}", kernel_line(trace_, kNumpyKernel));
    if (layer_.flip_kernel) script_.line("w = w[:, :{}]  # the kernel turned", backwards(dims_));
    if (bias) script_.line("{}", bias_line(trace_, kNumpyBias));
    // PyTorch's [O, I, ...] and transposed [I, O, ...] both become Keras' [..., second, first].
    std::string axes;
    for (int n = 0; n < dims_; ++n) axes += fmt::format("{}, ", n + 2);
    script_.line("layer.set_weights([w.transpose({}1, 0){}])", axes, bias ? ", b" : "");
    script_.line("y = layer(x)");
  }

  void pad_input() {
    if (layer_.padding == Padding{}) return;
    if (const std::string_view mode = numpy_mode(layer_.padding_mode); !mode.empty())
      return script_.line("x = np.pad(x, [(0, 0), {}, (0, 0)], mode=\"{}\")", python_pairs(layer_.padding, dims_),
                          mode);
    script_.line("x = keras.layers.ZeroPadding{}D({}, dtype=\"float64\")(x)", dims_,
                 keras_pairs(layer_.padding, dims_));
  }

  /// Strides beside dilation, which Keras refuses, are steps over the output with stride 1.
  void convolution() {
    const bool both = layer_.stride != kOnes && layer_.dilation != kOnes;
    const bool zeros = layer_.padding_mode == numerics::PaddingMode::zeros;
    const bool padded = layer_.padding != Padding{};
    const bool causal =
        dims_ == 1 && layer_.padding[kAxes - 1] == Sides{numerics::axis_of(layer_, kAxes - 1).ke() - 1, 0};
    const bool by_name = padded && zeros && !both && (same() || causal);
    if (!by_name) pad_input();
    const std::string groups = layer_.groups > 1 ? fmt::format(", groups={}", layer_.groups) : "";
    weighing(!by_name ? "valid" : same() ? "same" : "causal", both ? kOnes : layer_.stride, groups);
    if (!both) return;
    std::string steps;
    for (int a = first_axis(dims_); a < kAxes; ++a) steps += fmt::format(", ::{}", layer_.stride[a]);
    script_.line("y = y[:{}]  # Keras has no strides beside dilation", steps);
  }

  void transposed() {
    if (layer_.groups > 1)
      cannot_say("Keras", fmt::format("a transposed convolution has no groups, here {}", layer_.groups),
                 "a layer for every group, and keras.ops.concatenate");
    if (layer_.stride != kOnes && layer_.dilation != kOnes)
      cannot_say("Keras",
                 fmt::format("a transposed convolution has no strides {} beside dilation {}",
                             python_tuple(layer_.stride, dims_), python_tuple(layer_.dilation, dims_)),
                 "write the dilated kernel out, with its zeros");
    const bool same = every_axis([&](int a) {
      const auto rule =
          numerics::same_padding_transposed(layer_.kernel[a], layer_.stride[a], layer_.dilation[a], false);
      return layer_.padding[a] == rule.crop && layer_.output_padding[a] == rule.output_padding;
    });
    if (same) return weighing("same", layer_.stride, "");
    Padding crop = layer_.padding;
    Cell more{};
    for (int a = first_axis(dims_); a < kAxes; ++a) {
      const std::int64_t after = crop[a].after - layer_.output_padding[a];
      crop[a].after = std::max<std::int64_t>(0, after);
      more[a] = std::max<std::int64_t>(0, -after);
      if (more[a] >= layer_.stride[a] && more[a] > 0)
        cannot_say("Keras", fmt::format("output padding {} is not smaller than stride {}", more[a], layer_.stride[a]),
                   fmt::format("use --output-padding at most {}", layer_.stride[a] - 1));
    }
    weighing("valid", layer_.stride, ", output_padding=" + python_tuple(more, dims_));
    if (crop != Padding{})
      script_.line("y = keras.layers.Cropping{}D({}, dtype=\"float64\")(y)", dims_, keras_pairs(crop, dims_));
  }

  void pooling() {
    if (layer_.dilation != kOnes)
      cannot_say("Keras", fmt::format("pooling has no dilation, here {}", python_tuple(layer_.dilation, dims_)),
                 "use --dilation 1");
    const Padding whole = with_more_after(layer_.padding, overhang(trace_));
    const auto padded = [&](std::string_view what, const Padding& padding, std::string_view value) {
      script_.line("{0} = np.pad({0}, [(0, 0), {1}, (0, 0)]{2})", what, python_pairs(padding, dims_), value);
    };
    const bool means = layer_.row().divides;
    const bool by_name =
        whole == layer_.padding && same() && (!means || (!layer_.count_include_pad && !layer_.divisor_override));
    const bool counts = means && !by_name && !one_divisor(trace_);
    if (counts) {
      script_.line("n = np.ones_like(x)  # what counts in a mean");
      padded("n", layer_.padding, layer_.count_include_pad ? ", constant_values=1" : "");
      if (any(overhang(trace_))) padded("n", with_more_after({}, overhang(trace_)), "");
    }
    if (!by_name && whole != Padding{}) padded("x", whole, means ? "" : ", constant_values=-np.inf");
    script_.line("layer = keras.layers.{}(pool_size={}, strides={}, padding=\"{}\", dtype=\"float64\")",
                 fmt::format(fmt::runtime(layer_.row().keras_name), dims_), python_tuple(layer_.kernel, dims_),
                 python_tuple(layer_.stride, dims_), by_name && layer_.padding != Padding{} ? "same" : "valid");
    script_.line("y = layer(x){}", counts ? " / layer(n)" : "");
    if (means && layer_.divisor_override)
      script_.line("y = y * {} / {}", numerics::area(layer_.kernel), *layer_.divisor_override);
  }

  const Trace& trace_;
  const Layer& layer_;
  int dims_;
  Script script_;
};

}  // namespace

std::string keras_code(const Trace& trace) {
  hold_to_a_page(trace);
  return KerasScript(trace).write();
}

}  // namespace convreel::explain
