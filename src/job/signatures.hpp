// Layers' names and parameters in every framework whose lines are read: one row a name.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "job/job_spec.hpp"
#include "job/python_call.hpp"

namespace convreel::job {

struct Signature {
  numerics::Rules rules = numerics::Rules::pytorch;
  std::string path;  ///< what stands before the name, when the name alone would say too little: "tf.nn", "nn"
  std::string name;  ///< "Conv2d", "Conv2DTranspose", "conv_general_dilated"
  numerics::LayerKind kind = numerics::LayerKind::conv;
  int dims = 0;  ///< 0: the arguments' lengths say it
  std::vector<std::string_view> parameters;
  int required = 0;  ///< so many of them, from the first, have no default
};
[[nodiscard]] std::span<const Signature> signatures();

/// Whether any framework has a layer of that name.
[[nodiscard]] bool names_layer(const PythonCall& call);

/// The framework's layer that is called: by name, path, and where two frameworks share those (ONNX' and Flax' Conv) by
/// the arguments. Throws Error{usage} with a near name.
[[nodiscard]] const Signature& signature_of(const PythonCall& call);

/// onnx.helper.make_node("Conv", ["x"], ["y"], strides=[2, 2]) as the call of Conv that it makes.
[[nodiscard]] PythonCall unwrapped_node(const PythonCall& call);

}  // namespace convreel::job
