// A layer with its numbers as a program of each framework: complete, runnable, with the same result.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "numerics/trace.hpp"

namespace convreel::explain {

struct Language {
  std::string_view name, title;  ///< "keras", "Keras"
  std::string (*write)(const numerics::Trace&);
};

std::string pytorch_code(const numerics::Trace& trace);
std::string keras_code(const numerics::Trace& trace);
std::string jax_code(const numerics::Trace& trace);
std::string onnx_code(const numerics::Trace& trace);
std::string numpy_code(const numerics::Trace& trace);

/// All write Python that leaves the output in y. They throw Error{impossible} with the reason for a layer that the
/// framework cannot say and no pad, slice or crop makes the same, and for more numbers than a program should hold.
inline constexpr std::array kLanguages{
    Language{"pytorch", "PyTorch", pytorch_code},
    Language{"keras", "Keras", keras_code},
    Language{"jax", "JAX", jax_code},
    Language{"onnx", "ONNX", onnx_code},
    Language{"numpy", "NumPy", numpy_code},
};

}  // namespace convreel::explain
