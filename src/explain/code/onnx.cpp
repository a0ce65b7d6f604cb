// ONNX: a model of one node, with a Pad before it where the operator has no such padding.
#include <algorithm>

#include "explain/code/code.hpp"
#include "explain/code/parts.hpp"

namespace convreel::explain {

namespace {

/// Every begin, then every end.
std::string onnx_pads(const Padding& padding, int dims, std::string_view before = {}) {
  Cell begin{}, end{};
  for (int a = 0; a < kAxes; ++a) {
    begin[a] = padding[a].before;
    end[a] = padding[a].after;
  }
  const std::string ends = python_list(end, dims);
  const std::string begins = python_list(begin, dims);
  return fmt::format("[{}{}, {}{}]", before, begins.substr(1, begins.size() - 2), before,
                     ends.substr(1, ends.size() - 2));
}

/// The nodes and the constants that they name.
class OnnxModel {
 public:
  explicit OnnxModel(const Trace& trace) : trace_(trace), layer_(trace.layer()) {}

  std::string write() {
    head();
    layer_.row().weights ? weighing() : pooling();
    tail();
    return script_.take();
  }

 private:
  void head() {
    script_.line("import numpy as np");
    script_.line("from onnx import TensorProto, checker, helper, numpy_helper");
    script_.line("from onnx.reference import ReferenceEvaluator  # since onnx 1.13; or onnxruntime");
    script_.blank();
    script_.line("{}", input_line(trace_, kNumpyInput, true));
    if (layer_.row().weights) constant("w", kernel_line(trace_, kNumpyKernel));
    if (layer_.flip_kernel)
      script_.line("w = np.ascontiguousarray(w[:, :{}])  # the kernel turned", backwards(layer_.dims));
    if (!trace_.bias().empty()) constant("b", bias_line(trace_, kNumpyBias));
  }

  void constant(std::string_view name, const std::string& line) {
    script_.line("{}", line);
    constants_ += fmt::format("{}numpy_helper.from_array({}, \"{}\")", constants_.empty() ? "" : ", ", name, name);
  }

  void node(const std::string& call) { nodes_ += fmt::format("    helper.make_node({}),\n", call); }

  /// The padding as cells of the input, from here on without it.
  void pad_first(std::string_view mode) {
    if (layer_.padding == Padding{}) return;
    constant("pads", fmt::format("pads = np.array({})", onnx_pads(layer_.padding, layer_.dims, "0, 0, ")));
    node(fmt::format("\"Pad\", [\"{}\", \"pads\"], [\"padded\"], mode=\"{}\"", input_, mode));
    input_ = "padded";
    layer_.padding = {};
  }

  /// Pad has no wrapping before opset 19: each axis is gathered by the cells that it is to hold.
  void wrap_first() {
    for (int a = first_axis(layer_.dims); a < kAxes; ++a) {
      const numerics::Sides side = layer_.padding[a];
      if (side == numerics::Sides{}) continue;
      std::string cells;
      for (std::int64_t t = -side.before; t < layer_.input[a] + side.after; ++t)
        cells += fmt::format("{}{}", cells.empty() ? "" : ", ",
                             *numerics::padded_index(t, layer_.input[a], PaddingMode::circular));
      const int axis = a - first_axis(layer_.dims) + 2;
      constant(fmt::format("around{}", axis), fmt::format("around{} = np.array([{}])", axis, cells));
      node(fmt::format("\"Gather\", [\"{}\", \"around{}\"], [\"wrapped{}\"], axis={}", input_, axis, axis, axis));
      input_ = fmt::format("wrapped{}", axis);
    }
    layer_.padding = {};
  }

  void weighing() {
    if (layer_.padding_mode == PaddingMode::circular)
      wrap_first();
    else if (layer_.padding_mode != PaddingMode::zeros)
      pad_first(numpy_mode(layer_.padding_mode));
    const int dims = layer_.dims;
    std::string more;
    if (any(layer_.output_padding)) more = ", output_padding=" + python_list(layer_.output_padding, dims);
    node(
        fmt::format("\"{}\", [\"{}\", \"w\"{}], [\"y\"], kernel_shape={}, strides={}, pads={}, dilations={}, "
                    "group={}{}",
                    layer_.row().onnx_name, input_, trace_.bias().empty() ? "" : ", \"b\"",
                    python_list(layer_.kernel, dims), python_list(layer_.stride, dims), onnx_pads(layer_.padding, dims),
                    python_list(layer_.dilation, dims), layer_.groups, more));
  }

  /// Versions of ONNX differ on a last window that would begin in the end's padding; longer pads say it without ceil
  /// mode.
  void pooling() {
    if (layer_.divisor_override)
      cannot_say("ONNX", fmt::format("AveragePool has no divisor, here {}", *layer_.divisor_override),
                 "leave out --divisor-override");
    const int dims = layer_.dims;
    const Cell over = overhang(trace_);
    const bool divides = layer_.row().divides;
    if (divides && layer_.count_include_pad && any(over)) {
      pad_first("constant");  // whose zeros count, while those of the overhang do not
      layer_.count_include_pad = false;
    }
    std::string more;
    if (divides) more = fmt::format(", count_include_pad={}", layer_.count_include_pad ? 1 : 0);
    if (!divides) more = ", dilations=" + python_list(layer_.dilation, dims);
    node(fmt::format("\"{}\", [\"{}\"], [\"y\"], kernel_shape={}, strides={}, pads={}{}", layer_.row().onnx_name,
                     input_, python_list(layer_.kernel, dims), python_list(layer_.stride, dims),
                     onnx_pads(with_more_after(layer_.padding, over), dims), more));
  }

  void tail() {
    std::string shape = fmt::format("[1, {}", layer_.out_channels);
    for (int a = first_axis(layer_.dims); a < kAxes; ++a) shape += fmt::format(", {}", trace_.geometry().output[a]);
    script_.line("nodes = [");
    script_.line("{}]", nodes_);
    script_.line("graph = helper.make_graph(nodes, \"layer\",");
    script_.line("                          [helper.make_tensor_value_info(\"x\", TensorProto.DOUBLE, x.shape)],");
    script_.line("                          [helper.make_tensor_value_info(\"y\", TensorProto.DOUBLE, {}])],", shape);
    script_.line("                          [{}])", constants_);
    script_.line("model = helper.make_model(graph, opset_imports=[helper.make_opsetid(\"\", 17)])");
    script_.line("checker.check_model(model, full_check=True)");
    script_.line("y = ReferenceEvaluator(model).run(None, {{\"x\": x}})[0]");
    script_.line("print(y)");
  }

  const Trace& trace_;
  Layer layer_;
  Script script_;
  std::string nodes_, constants_, input_ = "x";
};

}  // namespace

std::string onnx_code(const Trace& trace) {
  hold_to_a_page(trace);
  return OnnxModel(trace).write();
}

}  // namespace convreel::explain
