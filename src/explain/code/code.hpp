// A layer, or a stack of them, with its numbers as a program of a framework: complete, runnable, with the same result.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "numerics/stage.hpp"
#include "numerics/trace.hpp"

namespace convreel::explain {

struct Language {
  std::string_view name, title;  ///< "keras", "Keras"
  std::string (*write)(const numerics::Trace&);
  std::string (*write_stack)(const std::vector<numerics::Stage>&) = nullptr;  ///< null: one layer at a time
};

std::string pytorch_code(const numerics::Trace& trace);
std::string pytorch_stack_code(const std::vector<numerics::Stage>& stages);
std::string keras_code(const numerics::Trace& trace);
std::string jax_code(const numerics::Trace& trace);
std::string onnx_code(const numerics::Trace& trace);
std::string numpy_code(const numerics::Trace& trace);

/// All write Python that leaves the output in y. They throw Error{impossible} with the reason for a layer that the
/// framework cannot say and no pad, slice or crop makes the same, and for more numbers than a program should hold.
inline constexpr std::array kLanguages{
    Language{"pytorch", "PyTorch", pytorch_code, pytorch_stack_code},
    Language{"keras", "Keras", keras_code},
    Language{"jax", "JAX", jax_code},
    Language{"onnx", "ONNX", onnx_code},
    Language{"numpy", "NumPy", numpy_code},
};

}  // namespace convreel::explain
