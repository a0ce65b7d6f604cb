// torch.nn: the module with its numbers, a pad before it or a slice after it where it has no such padding.
#include "explain/pytorch.hpp"

#include <algorithm>

#include "explain/code/code.hpp"
#include "explain/code/parts.hpp"
#include "explain/code/torch.hpp"

namespace convreel::explain {

namespace {

constexpr Around kTorchKernel{"layer.weight.data = torch.tensor(", ", dtype=torch.float64)"},
    kTorchBias{"layer.bias.data = torch.tensor(", ", dtype=torch.float64)"};

void torch_weighing(const Trace& trace, Script& script) {
  const Layer& layer = trace.layer();
  const TorchCall call = torch_call(layer, !trace.bias().empty());
  script.line("layer = {}.double()", call.call);
  script.line("{}", kernel_line(trace, kTorchKernel));
  if (layer.flip_kernel)
    script.line("layer.weight.data = layer.weight.data.flip({})  # the kernel turned", last_axes(layer.dims));
  if (!trace.bias().empty()) script.line("{}", bias_line(trace, kTorchBias));
  script.line("y = layer({}){}", call.pad.empty() ? "x" : call.pad, call.slice);
}

/// True when PyTorch's own pooling has that padding. Before 2.1 it asked for half of the kernel without its dilation.
bool torch_pads_itself(const Layer& layer) {
  for (int a = first_axis(layer.dims); a < kAxes; ++a) {
    const numerics::Sides& side = layer.padding[a];
    if (side.before != side.after || side.before > layer.kernel[a] / 2) return false;
    if (layer.row().divides && layer.dims == kAxes && layer.kernel[a] > layer.input[a]) return false;
  }
  return true;
}

/// The padding as cells of the input, then what its own rules say of a layer without padding: windows that would begin
/// in the end's padding are cut off again.
void torch_padded_pooling(const Trace& trace, Script& script) {
  const Layer& layer = trace.layer();
  Layer bare = layer;
  bare.padding = {};
  bare.rules = numerics::Rules::pytorch;
  for (int a = 0; a < kAxes; ++a) bare.input[a] += layer.padding[a].sum();
  const Cell output = numerics::geometry(bare).output;
  std::string slices;
  for (int a = first_axis(layer.dims); a < kAxes; ++a) slices += fmt::format(", :{}", trace.geometry().output[a]);
  const std::string widths = torch_widths(layer.padding, layer.dims);
  const std::string slice = output == trace.geometry().output ? "" : fmt::format("[...{}]", slices);
  bare.count_include_pad = true;
  script.line("layer = {}", torch_call(bare, false).call);
  if (!layer.row().divides) return script.line("y = layer(F.pad(x, ({}), value=float(\"-inf\"))){}", widths, slice);
  script.line("y = layer(F.pad(x, ({}))){}", widths, slice);
  if (!layer.count_include_pad && !layer.divisor_override)
    script.line("y = y / layer(F.pad(torch.ones_like(x), ({}))){}  # padding does not count", widths, slice);
}

void torch_pooling(const Trace& trace, Script& script) {
  const Layer& layer = trace.layer();
  if (layer.dims == 1 && layer.divisor_override)
    cannot_say("PyTorch", fmt::format("AvgPool1d has no divisor_override, here {}", *layer.divisor_override),
               "leave out --divisor-override, or take avg-pool2d");
  if (!torch_pads_itself(layer)) return torch_padded_pooling(trace, script);
  script.line("layer = {}", torch_call(layer, false).call);
  script.line("y = layer(x)");
}

}  // namespace

void write_torch_layer(const Trace& trace, Script& script) {
  trace.layer().row().weights ? torch_weighing(trace, script) : torch_pooling(trace, script);
}

std::string torch_program(const std::string& input, const std::string& body) {
  Script script;
  script.line("import torch");
  if (body.find("F.pad") != std::string::npos) script.line("import torch.nn.functional as F");
  script.line("from torch import nn");
  script.blank();
  script.line("{}", input);
  script.line("{}print(y)", body);
  return script.take();
}

std::string pytorch_code(const Trace& trace) {
  hold_to_a_page(trace);
  Script body;
  write_torch_layer(trace, body);
  return torch_program(input_line(trace, kTorchInput, true), body.take());
}

}  // namespace convreel::explain
