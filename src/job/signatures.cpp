#include "job/signatures.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "base/text.hpp"
#include "job/layer_name.hpp"

namespace convreel::job {

namespace {

using numerics::LayerKind;
using numerics::Rules;
using View = std::string_view;

/// Other frameworks' rows; PyTorch's stand in the table of kinds. {} stands for the number of axes.
struct SignatureRow {
  Rules rules;
  View path, name;
  LayerKind kind;
  View parameters, more;
  int required;
};

// Parameters after those that say something of the layer. Keras 3: keras.io/api/layers, tf.nn:
// tensorflow.org/api_docs/python/tf/nn; input_shape is Keras 2's. Flax: flax.readthedocs.io, the modules of linen and
// nnx; lax: docs.jax.dev. ONNX: docs/Operators.md, inputs first, then attributes.
constexpr View kKeras = "name dtype trainable input_shape batch_size";
constexpr View kKerasWeights =
    "activation use_bias kernel_initializer bias_initializer kernel_regularizer bias_regularizer activity_regularizer "
    "kernel_constraint bias_constraint name dtype trainable input_shape batch_size";
constexpr View kFlax = "use_bias mask dtype param_dtype precision kernel_init bias_init name parent rngs";
constexpr View kFlaxTransposed =
    "use_bias mask dtype param_dtype precision kernel_init bias_init transpose_kernel name parent rngs";
constexpr View kOnnx = "name domain doc_string";

constexpr SignatureRow kRows[] = {
    {Rules::keras, "", "Conv{}D", LayerKind::conv,
     "filters kernel_size strides padding data_format dilation_rate groups", kKerasWeights, 2},
    {Rules::keras, "", "Conv{}DTranspose", LayerKind::conv_transpose,
     "filters kernel_size strides padding output_padding data_format dilation_rate", kKerasWeights, 2},
    {Rules::keras, "", "MaxPooling{}D", LayerKind::max_pool, "pool_size strides padding data_format", kKeras, 0},
    {Rules::keras, "", "MaxPool{}D", LayerKind::max_pool, "pool_size strides padding data_format", kKeras, 0},
    {Rules::keras, "", "AveragePooling{}D", LayerKind::avg_pool, "pool_size strides padding data_format", kKeras, 0},
    {Rules::keras, "", "AvgPool{}D", LayerKind::avg_pool, "pool_size strides padding data_format", kKeras, 0},
    {Rules::keras, "tf.nn", "conv{}d", LayerKind::conv, "input filters strides padding data_format dilations name", "",
     4},
    {Rules::keras, "tf.nn", "conv{}d_transpose", LayerKind::conv_transpose,
     "input filters output_shape strides padding data_format dilations name", "", 4},
    {Rules::keras, "tf.nn", "max_pool{}d", LayerKind::max_pool, "input ksize strides padding data_format name", "", 4},
    {Rules::keras, "tf.nn", "avg_pool{}d", LayerKind::avg_pool, "input ksize strides padding data_format name", "", 4},
    {Rules::jax, "nn", "Conv", LayerKind::conv,
     "features kernel_size strides padding input_dilation kernel_dilation feature_group_count", kFlax, 2},
    {Rules::jax, "nn", "ConvTranspose", LayerKind::conv_transpose,
     "features kernel_size strides padding kernel_dilation", kFlaxTransposed, 2},
    {Rules::jax, "nnx", "Conv", LayerKind::conv,
     "in_features out_features kernel_size strides padding input_dilation kernel_dilation feature_group_count", kFlax,
     3},
    {Rules::jax, "nnx", "ConvTranspose", LayerKind::conv_transpose,
     "in_features out_features kernel_size strides padding kernel_dilation", kFlaxTransposed, 3},
    {Rules::jax, "nn", "max_pool", LayerKind::max_pool, "inputs window_shape strides padding", "", 2},
    {Rules::jax, "nn", "avg_pool", LayerKind::avg_pool, "inputs window_shape strides padding count_include_pad", "", 2},
    {Rules::jax, "lax", "conv_general_dilated", LayerKind::conv,
     "lhs rhs window_strides padding lhs_dilation rhs_dilation dimension_numbers feature_group_count batch_group_count "
     "precision preferred_element_type",
     "", 4},
    {Rules::jax, "lax", "conv_transpose", LayerKind::conv_transpose,
     "lhs rhs strides padding rhs_dilation dimension_numbers transpose_kernel precision preferred_element_type "
     "use_consistent_padding",
     "", 4},
    {Rules::onnx, "", "Conv", LayerKind::conv, "X W B auto_pad dilations group kernel_shape pads strides", kOnnx, 0},
    {Rules::onnx, "", "ConvTranspose", LayerKind::conv_transpose,
     "X W B auto_pad dilations group kernel_shape output_padding output_shape pads strides", kOnnx, 0},
    {Rules::onnx, "", "MaxPool", LayerKind::max_pool,
     "X auto_pad ceil_mode dilations kernel_shape pads storage_order strides", kOnnx, 0},
    {Rules::onnx, "", "AveragePool", LayerKind::avg_pool,
     "X auto_pad ceil_mode count_include_pad dilations kernel_shape pads strides", kOnnx, 0},
};

constexpr View kMakeNode = "make_node";

std::vector<View> torch_parameters(const LayerName& layer) {
  std::vector<View> names = base::split(numerics::row_of(layer.kind).torch_parameters, ' ');
  if (layer.dims == 1) std::erase(names, "divisor_override");  // AvgPool1d is without
  return names;
}

std::vector<View> parameters_of(const SignatureRow& row) {
  std::vector<View> names = base::split(row.parameters, ' ');
  if (!row.more.empty())
    for (const View name : base::split(row.more, ' ')) names.push_back(name);
  return names;
}

std::vector<Signature> all_signatures() {
  std::vector<Signature> all;
  for (const LayerRow& row : layer_rows())
    all.push_back({Rules::pytorch,
                   {},
                   row.torch_name,
                   row.layer.kind,
                   row.layer.dims,
                   torch_parameters(row.layer),
                   numerics::row_of(row.layer.kind).torch_required});
  for (const SignatureRow& row : kRows) {
    const bool axes_in_name = row.name.find("{}") != View::npos;
    for (int dims = axes_in_name ? 1 : 0; dims <= (axes_in_name ? numerics::kAxes : 0); ++dims)
      all.push_back({row.rules, std::string(row.path), fmt::format(fmt::runtime(row.name), dims), row.kind, dims,
                     parameters_of(row), row.required});
  }
  return all;
}

/// "jax.lax" ends in "lax", "flax.linen" is nn's other name.
bool path_fits(const Signature& signature, View path) {
  if (signature.path.empty()) return true;
  if (signature.path == "nn" && path.ends_with("linen")) return true;
  if (!path.ends_with(signature.path)) return false;
  const std::size_t before = path.size() - signature.path.size();
  return before == 0 || path[before - 1] == '.';
}

/// Whether every named argument is one of the signature's, none that comes by its place is of a strange kind (ONNX'
/// first are names of tensors, Flax' are numbers), and one is there of those that must be.
bool arguments_fit(const Signature& signature, const PythonCall& call) {
  if (!call.attributes.empty()) return signature.rules == Rules::onnx;
  const std::span required(signature.parameters.data(), static_cast<std::size_t>(signature.required));
  bool first = true, asked = required.empty();
  for (const View argument : python_arguments(call.arguments)) {
    const auto equals = argument.find('=');
    const bool named = equals != View::npos && argument[0] != '\'' && argument[0] != '"';
    const View name = named ? base::trim(argument.substr(0, equals)) : View{};
    if (named && std::ranges::find(signature.parameters, name) == signature.parameters.end()) return false;
    asked = asked || !named || std::ranges::find(required, name) != required.end();
    const bool number = !argument.empty() && argument[0] >= '0' && argument[0] <= '9';
    if (first && !named && (signature.rules == Rules::onnx) == number) return false;
    first = false;
  }
  return asked;
}

std::vector<const Signature*> called(const PythonCall& call) {
  std::vector<const Signature*> found;
  for (const Signature& signature : signatures())
    if (signature.name == call.name) found.push_back(&signature);
  const bool by_path = std::ranges::any_of(
      found, [&](const Signature* one) { return !one->path.empty() && path_fits(*one, call.path); });
  std::erase_if(found, [&](const Signature* one) {
    const bool capital = one->name[0] >= 'A' && one->name[0] <= 'Z';
    return by_path ? one->path.empty() || !path_fits(*one, call.path) : !capital;
  });
  return found;
}

}  // namespace

std::span<const Signature> signatures() {
  static const std::vector kSignatures = all_signatures();
  return kSignatures;
}

bool names_layer(const PythonCall& call) { return call.name == kMakeNode || !called(call).empty(); }

const Signature& signature_of(const PythonCall& call) {
  const std::vector<const Signature*> found = called(call);
  for (const Signature* one : found)
    if (found.size() == 1 || arguments_fit(*one, call)) return *one;
  if (!found.empty()) return *found.front();  // whose parameters the message then names
  std::vector<View> names;
  for (const Signature& signature : signatures()) names.push_back(signature.name);
  const auto near = base::nearest(call.name, names);
  std::vector<View> known;
  for (const LayerRow& row : layer_rows()) known.push_back(row.torch_name);
  throw base::Error(base::ErrorKind::usage, fmt::format("unknown layer {}", call.name),
                    near ? fmt::format("did you mean {}?", *near) : fmt::format("known: {}", fmt::join(known, ", ")));
}

PythonCall unwrapped_node(const PythonCall& call) {
  if (call.name != kMakeNode) return call;
  const std::vector<View> arguments = python_arguments(call.arguments);
  if (arguments.empty()) fail_in(call.name, "the operator's name is missing");
  PythonCall made = call;
  const View type = arguments.front();
  const auto equals = type.find('=');
  made.name = base::trim(equals == View::npos ? type : type.substr(equals + 1));
  while (!made.name.empty() && (made.name.front() == '"' || made.name.front() == '\'')) made.name.remove_prefix(1);
  while (!made.name.empty() && (made.name.back() == '"' || made.name.back() == '\'')) made.name.remove_suffix(1);
  // Its attributes are what comes by name after the lists of inputs and outputs.
  View rest;
  for (const View argument : arguments) {
    const View name = base::trim(argument.substr(0, argument.find('=')));
    const bool by_place =
        argument.find('=') == View::npos || argument[0] == '\'' || argument[0] == '"' || argument[0] == '[';
    if (by_place || name == "op_type" || name == "inputs" || name == "outputs") continue;
    rest = View(argument.data(),
                static_cast<std::size_t>(call.arguments.data() + call.arguments.size() - argument.data()));
    break;
  }
  made.path = {};
  made.arguments = {};
  made.attributes = rest.empty() ? View(" ") : rest;
  return made;
}

}  // namespace convreel::job
