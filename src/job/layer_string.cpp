// Layers as PyTorch prints them and as people write them: Conv2d(1, 8, 3, padding='same').
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "job/fields.hpp"
#include "job/layer_name.hpp"
#include "job/python_call.hpp"
#include "job/sources.hpp"

namespace convreel::job {

namespace {

using base::Error;
using base::ErrorKind;
using View = std::string_view;

/// They change no number of the picture.
constexpr std::array<View, 3> kWithoutEffect = {"device", "dtype", "return_indices"};
/// What bias=True says not: its values.
constexpr View kSomeBias = "1";

std::vector<View> parameters(const LayerName& layer) {
  std::vector<View> names = base::split(numerics::row_of(layer.kind).torch_parameters, ' ');
  if (layer.dims == 1) std::erase(names, "divisor_override");  // AvgPool1d is without
  return names;
}

bool is_layer(View name) {
  return std::ranges::any_of(layer_rows(), [&](const LayerRow& row) { return row.torch_name == name; });
}

/// A call that can only be meant as a layer: whole, or of a layer's name.
std::optional<PythonCall> layer_call(View text) {
  auto call = python_call(text);
  const bool whole = call && call->closed && call->after.empty();
  return whole || (call && is_layer(call->name)) ? call : std::nullopt;
}

LayerName layer_of(View name) {
  for (const LayerRow& row : layer_rows())
    if (row.torch_name == name) return row.layer;
  std::vector<View> names;
  for (const LayerRow& row : layer_rows()) names.push_back(row.torch_name);
  const auto near = base::nearest(name, names);
  throw Error(ErrorKind::usage, fmt::format("unknown layer {}", name),
              near ? fmt::format("did you mean {}?", *near) : fmt::format("known: {}", fmt::join(names, ", ")));
}

/// A layer that does not tell its bias is shown without one.
void set_bias(View layer, View value, JobSpec& spec) {
  if (value == "True")
    spec.bias = kSomeBias;
  else if (value != "False")
    fail_in(layer, fmt::format("bias is True or False, not {}", value));
}

void leave_open(View layer, View name, std::vector<std::string>* open) {
  if (!open)
    fail_in(layer, fmt::format("{} is left open", name),
            "convreel solve finds what fits: solve 'Conv2d(1, 1, kernel_size=?)' -i 28 --to 14");
  open->emplace_back(name);
}

void set_argument(View layer, const PythonArgument& argument, JobSpec& spec) {
  const bool without_effect =
      std::find(kWithoutEffect.begin(), kWithoutEffect.end(), argument.name) != kWithoutEffect.end();
  if (without_effect || argument.value == "None") return;
  if (argument.name == "bias") return set_bias(layer, argument.value, spec);
  try {
    field_named(argument.name)->parse(spec, option_text(argument.value));
  } catch (const Error& error) {
    const base::Problem& problem = error.problems().front();
    fail_in(layer, problem.message.starts_with("--") ? problem.message.substr(2) : problem.message, problem.hint,
            error.kind());
  }
}

}  // namespace

bool looks_like_layer(std::string_view text) { return layer_call(text).has_value(); }

JobSpec from_layer_string(std::string_view text, std::vector<std::string>* open) {
  const auto call = layer_call(text);
  if (!call)
    throw Error(ErrorKind::usage, fmt::format("\"{}\" is not a layer as PyTorch prints it", text.substr(0, 60)),
                "such as 'Conv2d(1, 1, kernel_size=3, stride=2, padding=1)'");
  if (!call->closed)
    throw Error(ErrorKind::usage, fmt::format("{}( is not closed", call->name), "add the missing bracket");
  if (!call->after.empty())
    throw Error(ErrorKind::usage, fmt::format("\"{}\" stands after {}(...)", call->after.substr(0, 60), call->name),
                "one layer at a time; convreel compare draws several");
  JobSpec spec;
  spec.layer = layer_of(call->name);
  for (const PythonArgument& argument :
       bound_arguments(*call, parameters(*spec.layer), numerics::row_of(spec.layer->kind).torch_required))
    argument.value == "?" ? leave_open(call->name, argument.name, open) : set_argument(call->name, argument, spec);
  return spec;
}

}  // namespace convreel::job
