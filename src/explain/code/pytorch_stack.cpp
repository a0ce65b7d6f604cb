// torch.nn: a stack, layer by layer, each reading what the one before gave.
#include <numeric>
#include <string>
#include <vector>

#include "base/text.hpp"
#include "explain/code/code.hpp"
#include "explain/code/torch.hpp"
#include "numerics/mapping.hpp"

namespace convreel::explain {

namespace {

using numerics::Mapping;
using numerics::MappingKind;
using numerics::Stage;

std::string interpolation(const Mapping& m) {
  constexpr std::string_view kLinear[] = {"linear", "bilinear", "trilinear"};
  if (m.resizing == numerics::Resizing::nearest) return "mode='nearest'";
  const std::string_view mode = m.resizing == numerics::Resizing::cubic ? "bicubic" : kLinear[m.dims - 1];
  return fmt::format("mode='{}', align_corners={}", mode, python_bool(m.align_corners));
}

/// "scale_factor=(2, 2)", or the size that was wanted.
std::string extent(const Stage& stage) {
  const Mapping& m = *stage.mapping();
  if (m.size[kAxes - 1]) return fmt::format("size={}", python_tuple(stage.output_shape().size, m.dims));
  std::vector<std::string> factors;
  for (int a = first_axis(m.dims); a < kAxes; ++a) factors.push_back(python_number(*m.scale[a]));
  return fmt::format("scale_factor=({}{}){}", base::join(factors, ", "), m.dims == 1 ? "," : "",
                     m.recomputes ? ", recompute_scale_factor=True" : "");
}

std::string adaptive_call(const Stage& stage, std::string_view what) {
  return fmt::format("nn.Adaptive{}Pool{}d({})", what, stage.dims(),
                     python_tuple(stage.output_shape().size, stage.dims()));
}

std::string list_of(const std::vector<double>& values) {
  return python_array(values, {static_cast<std::int64_t>(values.size())}, 0);
}

void write_batch_norm(const Mapping& m, Script& script) {
  script.line("layer = nn.BatchNorm{}d({}, eps={}, affine={}).double().eval()", m.dims, m.input.channels,
              python_number(m.epsilon), python_bool(m.affine));
  const auto set = [&](std::string_view name, const std::vector<double>& values) {
    if (!values.empty()) script.line("layer.{}.data = torch.tensor({}, dtype=torch.float64)", name, list_of(values));
  };
  set("running_mean", m.mean);
  set("running_var", m.variance);
  if (m.affine) set("weight", m.weight);
  if (m.affine) set("bias", m.bias);
  script.line("y = layer(x)");
}

/// The places that the pool's maxima came from, which MaxPool with return_indices gives.
void write_unpooling(const Stage& stage, Script& script) {
  const Mapping& m = *stage.mapping();
  const numerics::Shape output = stage.output_shape();
  const std::int64_t plane = numerics::area(output.size);
  numerics::Map places(m.input.channels, m.input.size);
  for (std::size_t n = 0; n < m.sources.size(); ++n)
    if (m.sources[n] >= 0)
      places.values[static_cast<std::size_t>(m.sources[n])] = static_cast<double>(static_cast<std::int64_t>(n) % plane);
  const Around around{"places = torch.tensor(", ")"};
  script.line("{}", map_line(places, m.dims, around, true));
  Cell padding{};
  for (int a = 0; a < kAxes; ++a) padding[a] = m.padding[a].before;
  script.line("y = nn.MaxUnpool{}d({}, stride={}, padding={})(x, places, output_size={})", m.dims,
              python_tuple(m.kernel, m.dims), python_tuple(m.stride, m.dims), python_tuple(padding, m.dims),
              python_tuple(output.size, m.dims));
}

/// "nn.ReLU()"; empty for those that take more than a call.
std::string call_of(const Stage& stage) {
  const Mapping& m = *stage.mapping();
  switch (m.kind) {
    case MappingKind::relu:
      return "nn.ReLU()";
    case MappingKind::leaky_relu:
      return fmt::format("nn.LeakyReLU({})", python_number(m.slope));
    case MappingKind::clip:
      return fmt::format("nn.Hardtanh({}, {})", python_number(m.low), python_number(m.high));
    case MappingKind::sigmoid:
      return "nn.Sigmoid()";
    case MappingKind::tanh:
      return "nn.Tanh()";
    case MappingKind::identity:
      return "nn.Identity()";
    case MappingKind::dropout:
      return "nn.Dropout().eval()";
    case MappingKind::upsample:
      return fmt::format("nn.Upsample({}, {})", extent(stage), interpolation(m));
    case MappingKind::pixel_shuffle:
      return fmt::format("nn.PixelShuffle({})", m.factor);
    case MappingKind::pixel_unshuffle:
      return fmt::format("nn.PixelUnshuffle({})", m.factor);
    case MappingKind::adaptive_avg_pool:
      return adaptive_call(stage, "Avg");
    case MappingKind::adaptive_max_pool:
      return adaptive_call(stage, "Max");
    case MappingKind::zero_pad:
      return fmt::format("nn.ConstantPad{}d(({}), 0.0)", m.dims, torch_widths(m.padding, m.dims));
    case MappingKind::flatten:
      return "nn.Flatten()";
    case MappingKind::linear:
      return fmt::format("nn.Linear({}, {}, bias={}).double()", m.in_features, m.out_features, python_bool(m.affine));
    case MappingKind::batch_norm:
    case MappingKind::max_unpool:
      return {};
  }
  return {};
}

void write_mapping(const Stage& stage, Script& script) {
  const Mapping& m = *stage.mapping();
  if (m.kind == MappingKind::batch_norm) return write_batch_norm(m, script);
  if (m.kind == MappingKind::max_unpool) return write_unpooling(stage, script);
  if (m.blocks_first)
    cannot_say("PyTorch", "its pixel shuffle counts channels before places",
               "PyTorch's order is that of ONNX with mode=CRD");
  script.line("y = {}(x){}", call_of(stage), m.kind == MappingKind::linear ? "  # with weights of its own" : "");
}

std::size_t numbers(const Stage& stage) {
  return stage.trace() ? stage.trace()->kernel().values.size() : stage.mapping()->sources.size();
}

}  // namespace

std::string pytorch_stack_code(const std::vector<Stage>& stages) {
  const numerics::Map& input = stages.front().input();
  hold_to_a_page(std::accumulate(stages.begin(), stages.end(), input.values.size(),
                                 [](std::size_t sum, const Stage& stage) { return sum + numbers(stage); }));
  Script body;
  for (std::size_t n = 0; n < stages.size(); ++n) {
    body.line("\n# {}: {}", n + 1, stages[n].name());
    if (n > 0) body.line("x = y");
    stages[n].trace() ? write_torch_layer(*stages[n].trace(), body) : write_mapping(stages[n], body);
  }
  return torch_program(map_line(input, stages.front().dims(), kTorchInput, true), body.take());
}

}  // namespace convreel::explain
