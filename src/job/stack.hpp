// A stack as written: layers one after the other, as PyTorch prints them. Reading only; resolve_stack() decides.
#pragma once

#include <cstdint>
#include <optional>
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

/// Reads one of them, options behind it included, each given once; what a sweep sets stands behind "--" and goes over
/// those before. Throws Error{usage}.
[[nodiscard]] StackLayer read_stack_layer(std::string_view text);

/// PyTorch's name for a mapping with a call's arguments; empty when there is no such mapping.
struct PythonCall;
[[nodiscard]] std::optional<StackLayer> mapping_of(const PythonCall& call);
/// A mapping's name and parameters, of every number of axes that it has.
struct MappingName {
  numerics::MappingKind kind = numerics::MappingKind::identity;
  std::string torch_name;
  std::string_view parameters;  ///< in PyTorch's order
  int required = 0;             ///< so many of them, from the first, have no default
  int dims = 0;                 ///< 0 where the name has no number
};
[[nodiscard]] std::vector<MappingName> mapping_words();

/// A mapping as a command of its own.
struct MappingCommand {
  std::string command;     ///< "adaptive-avg-pool2d"
  std::string torch_name;  ///< "AdaptiveAvgPool2d"
  std::string_view summary;
  std::string before;  ///< the layer that it needs before itself, written with its parameters' names: "MaxPool2d"
  int dims = 0;        ///< 0 where the name has no number
  /// What makes a difference, as options: {"scale-factor", "scale_factor"}.
  struct Parameter {
    std::string option;
    std::string_view name;
    std::string_view fallback;  ///< when nothing of it and its like was said; chosen to teach
  };
  std::vector<Parameter> parameters;
};
[[nodiscard]] const std::vector<MappingCommand>& mapping_commands();
/// Null when there is none of this name.
[[nodiscard]] const MappingCommand* mapping_command_named(std::string_view command);
/// The layers of such a command as `stack` takes them; `values` as options have them, in the parameters' order.
/// `channels` are those of the input.
[[nodiscard]] std::vector<std::string> layers_of(const MappingCommand& mapping,
                                                 const std::vector<std::optional<std::string>>& values,
                                                 std::int64_t channels);
/// The call with one parameter set, named as its command names it: "Upsample(scale_factor=2)" with --scale-factor 3.
/// Empty when the call is no mapping's or the mapping has no such parameter.
[[nodiscard]] std::optional<std::string> with_parameter(std::string_view call, std::string_view option,
                                                        const std::string& value);
/// True when the text is a call of a mapping: "Upsample(scale_factor=2)".
[[nodiscard]] bool looks_like_mapping(std::string_view text);
/// Names of the mappings, for did-you-mean: "ReLU", "BatchNorm2d", ...
[[nodiscard]] std::vector<std::string> mapping_names();

}  // namespace convreel::job
