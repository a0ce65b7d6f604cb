// Plain loops that a student can read: what a layer does, number by number.
#include <array>

#include "explain/code/code.hpp"
#include "explain/code/parts.hpp"

namespace convreel::explain {

namespace {

constexpr std::array<char, kAxes> kPlaces{'h', 'i', 'j'}, kTaps{'t', 'u', 'v'};

/// "2 * i + u" of s = 2 and d = 1.
std::string numpy_place(const Layer& layer, int a) {
  const auto times = [](std::int64_t factor, char name) {
    return factor == 1 ? std::string(1, name) : fmt::format("{} * {}", factor, name);
  };
  return fmt::format("{} + {}", times(layer.stride[a], kPlaces[a]), times(layer.dilation[a], kTaps[a]));
}

template <class Text>
std::string numpy_each(const Layer& layer, Text text) {
  std::string all;
  for (int a = first_axis(layer.dims); a < kAxes; ++a) all += fmt::format(", {}", text(a));
  return all;
}
std::string numpy_places(const Layer& layer) {
  return numpy_each(layer, [](int a) { return kPlaces[a]; });
}
std::string numpy_taps(const Layer& layer) {
  return numpy_each(layer, [](int a) { return kTaps[a]; });
}
std::string numpy_big_places(const Layer& layer) {
  return numpy_each(layer, [&](int a) { return numpy_place(layer, a); });
}
std::string numpy_shape(std::int64_t channels, const Cell& size, int dims) {
  std::string text = fmt::format("({}", channels);
  for (int a = first_axis(dims); a < kAxes; ++a) text += fmt::format(", {}", size[a]);
  return text + ")";
}

/// Loops within loops; what they say is indented by depth().
class Loops {
 public:
  explicit Loops(Script& script) : script_(script) {}
  void over(std::string_view name, std::int64_t count, std::string_view comment = {}) {
    const std::string head = fmt::format("{}for {} in range({}):", indent(), name, count);
    comment.empty() ? script_.line("{}", head) : script_.line("{:<40}# {}", head, comment);
    ++depth_;
  }
  void over(const Layer& layer, const std::array<char, kAxes>& names, const Cell& counts, std::string_view comment) {
    for (int a = first_axis(layer.dims); a < kAxes; ++a) {
      over(std::string_view(&names[static_cast<std::size_t>(a)], 1), counts[a], comment);
      comment = {};
    }
  }
  [[nodiscard]] std::string indent() const { return std::string(4 * static_cast<std::size_t>(depth_), ' '); }
  [[nodiscard]] std::string indent(int less) const {
    return std::string(4 * static_cast<std::size_t>(depth_ - less), ' ');
  }

 private:
  Script& script_;
  int depth_ = 0;
};

void numpy_pad(const Layer& layer, Script& script) {
  if (layer.padding == Padding{}) return;
  const std::string pairs = python_pairs(layer.padding, layer.dims);
  if (const std::string_view mode = numpy_mode(layer.padding_mode); !mode.empty())
    return script.line("x = np.pad(x, [(0, 0), {}], mode=\"{}\")", pairs, mode);
  if (layer.row().padding != 0) return script.line("x = np.pad(x, [(0, 0), {}], constant_values=-np.inf)", pairs);
  script.line("x = np.pad(x, [(0, 0), {}])", pairs);
}

void numpy_convolution(const Trace& trace, Script& script) {
  const Layer& layer = trace.layer();
  const std::int64_t inner = layer.in_channels / layer.groups, outer = layer.out_channels / layer.groups;
  numpy_pad(layer, script);
  script.line("y = np.zeros({})", numpy_shape(layer.out_channels, trace.geometry().output, layer.dims));
  Loops loops(script);
  loops.over("o", layer.out_channels, "every output channel");
  loops.over(layer, kPlaces, trace.geometry().output, "every output");
  loops.over("c", inner, layer.groups > 1 ? "every input channel of its group" : "every input channel");
  loops.over(layer, kTaps, layer.kernel, "every weight");
  const std::string channel = layer.groups > 1 ? fmt::format("o // {} * {} + c", outer, inner) : "c";
  script.line("{}y[o{}] += w[o, c{}] * x[{}{}]", loops.indent(), numpy_places(layer), numpy_taps(layer), channel,
              numpy_big_places(layer));
  if (!trace.bias().empty()) script.line("{}y[o{}] += b[o]", loops.indent(layer.dims + 1), numpy_places(layer));
}

void numpy_transposed(const Trace& trace, Script& script) {
  const Layer& layer = trace.layer();
  const std::int64_t inner = layer.in_channels / layer.groups, outer = layer.out_channels / layer.groups;
  Cell full = trace.geometry().full;
  std::string slices;
  for (int a = first_axis(layer.dims); a < kAxes; ++a) {
    full[a] += layer.output_padding[a];
    const std::int64_t begin = layer.padding[a].before;
    slices += fmt::format(", {}:{}", begin, begin + trace.geometry().output[a]);
  }
  script.line("full = np.zeros({})", numpy_shape(layer.out_channels, full, layer.dims));
  Loops loops(script);
  loops.over("c", layer.in_channels, "every input channel");
  loops.over(layer, kPlaces, layer.input, "every input");
  loops.over("o", outer, layer.groups > 1 ? "every output channel of its group" : "every output channel");
  loops.over(layer, kTaps, layer.kernel, "every weight");
  const std::string channel = layer.groups > 1 ? fmt::format("c // {} * {} + o", inner, outer) : "o";
  script.line("{}full[{}{}] += x[c{}] * w[c, o{}]", loops.indent(), channel, numpy_big_places(layer),
              numpy_places(layer), numpy_taps(layer));
  script.line("y = full[:{}]  # what padding leaves", slices);
  if (!trace.bias().empty()) script.line("y = y + b.reshape(-1{})", numpy_each(layer, [](int) { return 1; }));
}

std::string numpy_window(const Trace& trace) {
  const Layer& layer = trace.layer();
  return numpy_each(layer, [&](int a) {
    const std::string begin =
        layer.stride[a] == 1 ? std::string(1, kPlaces[a]) : fmt::format("{} * {}", layer.stride[a], kPlaces[a]);
    const std::string step = layer.dilation[a] == 1 ? "" : fmt::format(":{}", layer.dilation[a]);
    return fmt::format("{}:{} + {}{}", begin, begin, trace.geometry().effective_kernel[a], step);
  });
}

void numpy_pooling(const Trace& trace, Script& script) {
  const Layer& layer = trace.layer();
  const auto divisor = layer.row().divides ? one_divisor(trace) : std::nullopt;
  const bool counts = layer.row().divides && !divisor;
  if (counts) {
    script.line("n = np.ones_like(x)  # what counts in a mean");
    if (layer.padding != Padding{})
      script.line("n = np.pad(n, [(0, 0), {}], constant_values={})", python_pairs(layer.padding, layer.dims),
                  layer.count_include_pad ? 1 : 0);
  }
  numpy_pad(layer, script);
  script.line("y = np.zeros({})", numpy_shape(layer.out_channels, trace.geometry().output, layer.dims));
  Loops loops(script);
  loops.over("c", layer.in_channels, "every channel");
  loops.over(layer, kPlaces, trace.geometry().output, "every output");
  const std::string cells = fmt::format("[c{}]", numpy_window(trace));
  script.line("{}window = x{}", loops.indent(), cells);
  const std::string result = layer.row().picks ? "window.max()"
                             : counts          ? fmt::format("window.sum() / n{}.sum()", cells)
                                               : fmt::format("window.sum() / {}", *divisor);
  script.line("{}y[c{}] = {}", loops.indent(), numpy_places(layer), result);
}

}  // namespace

std::string numpy_code(const Trace& trace) {
  hold_to_a_page(trace);
  const Layer& layer = trace.layer();
  Script script;
  script.line("import numpy as np");
  script.blank();
  script.line("{}", input_line(trace, kNumpyInput, false));
  if (layer.row().weights) script.line("{}", kernel_line(trace, kNumpyKernel));
  if (!trace.bias().empty()) script.line("{}", bias_line(trace, kNumpyBias));
  if (layer.flip_kernel) script.line("w = w[:, :{}]  # the kernel turned", backwards(layer.dims));
  if (!layer.row().weights)
    numpy_pooling(trace, script);
  else
    layer.transposed() ? numpy_transposed(trace, script) : numpy_convolution(trace, script);
  script.line("print(y)");
  return script.take();
}

}  // namespace convreel::explain
