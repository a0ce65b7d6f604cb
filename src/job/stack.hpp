// A stack as written: layers one after the other, as PyTorch prints them. Reading only; resolve_stack() decides.
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "job/job_spec.hpp"
#include "numerics/mapping.hpp"

namespace convreel::job {

/// One layer of a stack: a window layer with what was written of it, or a mapping without its input.
struct StackLayer {
  std::string name;  ///< "Conv2d"
  std::variant<JobSpec, numerics::Mapping> layer;
  int dims = 0;               ///< 0 for a layer of any number of axes
  std::int64_t channels = 0;  ///< that it expects; 0 for any number
};

/// True for a Sequential or another module with layers inside, as PyTorch prints it.
[[nodiscard]] bool looks_like_stack(std::string_view text);

/// Every layer of the text in order, modules opened, one line each: "Conv2d(1, 1, 3) --kernel-values sobel-x". Layers
/// are parted by line breaks, inside of a module by commas or nothing. Throws Error{usage}.
[[nodiscard]] std::vector<std::string> stack_layers(std::string_view text);

/// Reads one of them, options behind it included. Throws Error{usage}.
[[nodiscard]] StackLayer read_stack_layer(std::string_view text);

/// PyTorch's name for a mapping with a call's arguments; empty when there is no such mapping.
struct PythonCall;
[[nodiscard]] std::optional<StackLayer> mapping_of(const PythonCall& call);
/// Names of the mappings, for did-you-mean: "ReLU", "BatchNorm2d", ...
[[nodiscard]] std::vector<std::string> mapping_names();

}  // namespace convreel::job
